"use client";
import { useState } from "react";
import { count } from "../format/money.ts";
import { clockSeconds } from "../format/time.ts";
import { ActButton } from "./act-button.tsx";
import { Card } from "./card.tsx";
import { useInnerWords } from "./inner-words.ts";
import { CopyButton } from "./copy-button.tsx";
import type { PageCheck } from "./proof-check.ts";
import { getProof, proofUrl } from "./proof-api.ts";
import { useStore } from "./viewer-context.tsx";

import type { MyDraw, OwnDraw } from "./viewer-data.ts";

/** What is published of a draw and when, and its check in the page. */
export function DrawProof({ draw, mine }: { readonly draw: OwnDraw; readonly mine: MyDraw | null }) {
  const words = useInnerWords();
  const { memory } = useStore();
  const { pledge, seed, lotteryId } = draw;
  if (!pledge) return null;
  const seen = memory.seen(lotteryId);
  const receipt = memory.receipt(lotteryId);
  return (
    <Card title={words.proof}>
      <p className="text-sm">{words.proofText}</p>
      <p className="mt-1 text-sm text-dim">{words.proofLimit}</p>
      <dl>
        <Hash name={words.commitment} hash={pledge.commitment} note={seen ? words.seenAt(clockSeconds(seen.at)) : ""} />
        <Hash name={words.head} hash={pledge.head} note={draw.state === "open" ? words.headMoves : ""} />
        {draw.state === "cancelled" ? null : <Hash name={words.seed} hash={seed} note="" absent={words.seedLater} />}
        {receipt && mine?.n != null ? (
          <Hash name={words.receipt} hash={`${receipt.n}:${receipt.head}`} note="" />
        ) : null}
      </dl>
      {seed === null ? null : <Check draw={draw} />}
    </Card>
  );
}

type HashParts = {
  readonly name: string;
  readonly hash: string | null;
  readonly note: string;
  readonly absent?: string;
};

function Hash({ name, hash, note, absent = "" }: HashParts) {
  return (
    <div className="mt-3">
      <dt className="text-sm font-semibold">
        {name}
        {note ? <span className="ml-2 font-normal text-dim">{note}</span> : null}
      </dt>
      <dd className={hash === null ? "text-sm text-dim" : "font-mono text-sm break-all select-all"}>
        {hash ?? absent}
      </dd>
    </div>
  );
}

type CheckState = PageCheck | "ready" | "checking" | "failed";

function Check({ draw: { lotteryId } }: { readonly draw: OwnDraw }) {
  const words = useInnerWords();
  const { memory, sessionId } = useStore();
  const [state, setState] = useState<CheckState>("ready");
  const known = { seen: memory.seen(lotteryId), receipt: memory.receipt(lotteryId) };
  const run = async () => {
    setState("checking");
    try {
      const [{ checkProof }, proof] = await Promise.all([import("./proof-check.ts"), getProof(sessionId, lotteryId)]);
      setState(proof.ok ? checkProof(proof.value, known) : "failed");
    } catch {
      // The check itself is a file that may not load on a weak network.
      setState("failed");
    }
  };
  const url = proofUrl(sessionId, lotteryId);
  return (
    <div className="mt-4 space-y-3">
      <ActButton wide busy={state === "checking"} onPress={() => void run()}>
        {state === "checking" ? words.checking : words.check}
      </ActButton>
      <div role="status">
        {typeof state === "string" ? (
          state === "failed" ? (
            <p className="text-sm text-brand">{words.checkFailed}</p>
          ) : null
        ) : (
          <Verdict check={state} known={known} />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <a
          href={url}
          download
          className="inline-flex min-h-11 items-center text-base text-act underline underline-offset-4"
        >
          {words.download}
        </a>
        <CopyButton text={new URL(url, window.location.href).href}>{words.copyProof}</CopyButton>
      </div>
    </div>
  );
}

type Known = { readonly seen: unknown; readonly receipt: unknown };

function Verdict({ check, known }: { readonly check: PageCheck; readonly known: Known }) {
  const words = useInnerWords();
  if (check.ok) {
    return (
      <p className="text-base text-sure">
        ✓ {words.checkOk(count(check.entries))} {known.receipt ? words.checkOkReceipt : ""}{" "}
        {known.seen ? words.checkOkSeen : ""}
      </p>
    );
  }
  const problems: Readonly<Record<string, string>> = words.problems;
  return (
    <div className="text-base text-brand">
      <p className="font-semibold">✗ {words.checkBad}</p>
      <ul className="list-disc pl-5">
        {check.codes.map((code) => (
          <li key={code}>{problems[code] ?? code}</li>
        ))}
      </ul>
    </div>
  );
}
