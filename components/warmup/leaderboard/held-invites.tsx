"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { HeldRow } from "#domain/warmup/invites.ts";
import { count } from "../../format/money.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { useRowKeys } from "../use-row-keys.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { HeldLine } from "./held-line.tsx";
import { HeldScopeField, useHeldScope } from "./held-scope.tsx";
import { LatestDecisions } from "./latest-decisions.tsx";
import { useDecide, type Verdict } from "./use-decide.ts";
import { WordsDialog } from "./words-dialog.tsx";

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
      <LatestDecisions mayDecide={mayDecide} />
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
  const busy = useBusy("held");
  const [asking, setAsking] = useState<Verdict | null>(null);
  const [value, setValue] = useState("");
  const { options, chosen: scope } = useHeldScope(shown, value);
  const { decide, progress } = useDecide(() => onPick(new Set()));
  const number = count(chosen.length);
  const isWhole = scope !== undefined && scope.scope !== null;
  const title = (as: Verdict) =>
    isWhole
      ? words("wholeTitle", { scope: scope.label, verdict: words(as === "count" ? "asCount" : "asReject") })
      : words(as === "count" ? "countTitle" : "rejectTitle", { count: number });
  const disabled = !isWhole && chosen.length === 0;
  return (
    <div className="sticky top-0 z-10 flex flex-wrap items-center gap-3 border-y bg-page py-2">
      <Checkbox
        label={words("pickAll")}
        checked={chosen.length === shown.length}
        onChange={(on) => onPick(new Set(on ? shown.map(({ personId }) => personId) : []))}
      />
      <span className="text-xs text-dim tabular-nums">{words("picked", { count: number })}</span>
      <div className="ml-auto flex flex-wrap gap-2">
        <HeldScopeField options={options} value={scope?.value ?? ""} onChange={setValue} />
        <Button size="sm" disabled={disabled} busy={busy} onClick={() => setAsking("count")}>
          {words("asCount")}
        </Button>
        <Button size="sm" look="danger" disabled={disabled} busy={busy} onClick={() => setAsking("reject")}>
          {words("asReject")}
        </Button>
      </div>
      {asking === null ? null : (
        <WordsDialog
          title={title(asking)}
          text={
            progress ?? `${words(asking === "count" ? "countText" : "rejectText")}${isWhole ? words("wholeText") : ""}`
          }
          label={words("note")}
          placeholder={words("notePlaceholder")}
          hint={words("noteHint")}
          submit={words(asking === "count" ? "asCount" : "asReject")}
          danger={asking === "reject"}
          onSubmit={(note) => decide(scope?.scope ? { filter: scope.scope } : { rows: chosen }, asking, note)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
