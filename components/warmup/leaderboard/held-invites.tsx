"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { HeldRow } from "#domain/warmup/invites.ts";
import { count } from "../../format/money.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useDeed } from "../../live/use-deed.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";
import { useRowKeys } from "../use-row-keys.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { HeldLine } from "./held-line.tsx";
import { WordsDialog } from "./words-dialog.tsx";

type Verdict = "count" | "reject";
export type HeldShown = Omit<HeldRow, "open">;

/** Invites that look odd, with what makes them so: a person decides, one by one or many at once. */
export function HeldInvites() {
  const words = useTranslations("invites.held");
  const rows = useSession((show) => show.heldInvites);
  const total = useSession((show) => show.invites.held);
  const mayDecide = useDesk().may(PAGE_PLANNERS);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  const shown = [...rows.values()].toSorted((a, b) => a.at - b.at);
  // What somebody else has decided meanwhile is picked no more.
  const chosen = shown.filter(({ personId }) => picked.has(personId));
  const turn = (personId: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(personId)) next.add(personId);
      return next;
    });
  return (
    <section aria-label={words("title")} className="flex flex-col gap-2">
      <header className="flex items-baseline gap-3">
        <h2 className="text-sm font-semibold text-dim">{words("title")}</h2>
        <span className="text-xs text-faint tabular-nums">{words("count", { count: count(total) })}</span>
        {shown.length > 0 ? <span className="ml-auto text-xs text-faint max-sm:hidden">{words("keys")}</span> : null}
      </header>
      {shown.length === 0 ? (
        <EmptyState compact icon="check" title={words("emptyTitle")} text={words("emptyText")} />
      ) : (
        <>
          <p className="text-xs text-dim">{words("text")}</p>
          {mayDecide ? <Decide shown={shown} chosen={chosen} onPick={setPicked} /> : null}
          <ul ref={list} aria-label={words("list")}>
            {shown.map((row) => (
              <HeldLine
                key={row.personId}
                row={row}
                picked={picked.has(row.personId)}
                {...(mayDecide ? { onTurn: () => turn(row.personId) } : {})}
              />
            ))}
          </ul>
          {total > shown.length ? (
            <p className="text-xs text-faint">{words("behind", { count: count(total - shown.length) })}</p>
          ) : null}
        </>
      )}
    </section>
  );
}

type DecideProps = {
  readonly shown: readonly HeldShown[];
  readonly chosen: readonly HeldShown[];
  readonly onPick: (picked: ReadonlySet<string>) => void;
};

function Decide({ shown, chosen, onPick }: DecideProps) {
  const words = useTranslations("invites.held");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const busy = useBusy("held");
  const [asking, setAsking] = useState<Verdict | null>(null);
  const number = count(chosen.length);
  const decide = async (as: Verdict, note: string) => {
    const personIds = chosen.map(({ personId }) => personId);
    const sent = await deed("held", "invite.decide", { personIds, as, note });
    if (sent?.status !== "ok") return false;
    onPick(new Set());
    offerUndo(sent, words(as === "count" ? "doneCount" : "doneReject", { count: number }));
    return true;
  };
  return (
    <div className="sticky top-0 z-10 flex flex-wrap items-center gap-3 border-y bg-page py-2">
      <Checkbox
        label={words("pickAll")}
        checked={chosen.length === shown.length}
        onChange={(on) => onPick(new Set(on ? shown.map(({ personId }) => personId) : []))}
      />
      <span className="text-xs text-dim tabular-nums">{words("picked", { count: number })}</span>
      <div className="ml-auto flex gap-2">
        <Button size="sm" disabled={chosen.length === 0} busy={busy} onClick={() => setAsking("count")}>
          {words("asCount")}
        </Button>
        <Button size="sm" look="danger" disabled={chosen.length === 0} busy={busy} onClick={() => setAsking("reject")}>
          {words("asReject")}
        </Button>
      </div>
      {asking === null ? null : (
        <WordsDialog
          title={words(asking === "count" ? "countTitle" : "rejectTitle", { count: number })}
          text={words(asking === "count" ? "countText" : "rejectText")}
          label={words("note")}
          placeholder={words("notePlaceholder")}
          hint={words("noteHint")}
          submit={words(asking === "count" ? "asCount" : "asReject")}
          danger={asking === "reject"}
          onSubmit={(note) => decide(asking, note)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
