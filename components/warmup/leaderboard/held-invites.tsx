"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { count } from "../../format/money.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useLoaded, type Loaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { WhenLoaded } from "../board/board-part.tsx";
import { useFollowed } from "../use-followed.ts";
import { loadHeld, type Held } from "../warmup-data.ts";
import { useRowKeys } from "../use-row-keys.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { HeldLine } from "./held-line.tsx";
import { HeldScopeField, useHeldScope } from "./held-scope.tsx";
import { LatestDecisions } from "./latest-decisions.tsx";
import { useDecide, type Verdict, type What } from "./use-decide.ts";
import { WordsDialog } from "./words-dialog.tsx";

/** As many as a list is worked off; the next come up as these are decided. */
const SHOWN = 200;

/** Invites that look odd, with what makes them so: a person decides, one by one or many at once. */
export function HeldInvites() {
  const words = useTranslations("invites.held");
  const { show } = usePlan();
  const total = useSession((show) => show.invites.held);
  const loaded = useLoaded(`held ${show.id}`, (signal) => loadHeld(show.id, SHOWN, signal));
  useFollowed(loaded.reload);
  useCaughtUp(loaded, Math.min(total, SHOWN));
  const mayDecide = useDesk().may(PAGE_PLANNERS);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  // The count is of now, rows follow by a second.
  const shown = total === 0 ? [] : (loaded.value ?? []);
  // What somebody else has decided meanwhile is picked no more.
  const chosen = shown.filter(({ personId }) => picked.has(personId));
  // The table follows by a second: what was decided here waits no more.
  const done = (what: What) => {
    setPicked(new Set());
    loaded.set(shown.filter((row) => !isOf(row, what)));
  };
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
      {total === 0 ? (
        <EmptyState compact icon="check" title={words("emptyTitle")} text={words("emptyText")} />
      ) : (
        <WhenLoaded loaded={loaded}>
          {() => (
            <>
              <p className="text-xs text-dim">{words("text")}</p>
              {mayDecide ? <Decide shown={shown} chosen={chosen} onPick={setPicked} onDone={done} /> : null}
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
              {shown.length === SHOWN && total > SHOWN ? (
                <p className="text-xs text-faint">{words("behind", { count: count(total - SHOWN) })}</p>
              ) : null}
            </>
          )}
        </WhenLoaded>
      )}
      <LatestDecisions mayDecide={mayDecide} />
    </section>
  );
}

const BEHIND_MS = 1_500;

/** The count is of now: while the table tells another, it has not followed yet and is asked again. */
function useCaughtUp({ value, reload }: Loaded<readonly Held[]>, rows: number): void {
  const isBehind = value !== null && value.length !== rows;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(reload, BEHIND_MS);
    return () => clearTimeout(timer);
  }, [isBehind, value, reload]);
}

function isOf(row: Held, what: What): boolean {
  if ("rows" in what) return what.rows.includes(row);
  const { kind, inviterId } = what.filter;
  const { suspicions } = row.invite;
  const fits =
    kind === undefined ||
    (kind === "newUnknown" ? suspicions.length === 0 : suspicions.some((odd) => odd.kind === kind));
  return fits && (inviterId === undefined || inviterId === row.invite.inviterId);
}

type DecideProps = {
  readonly shown: readonly Held[];
  readonly chosen: readonly Held[];
  readonly onPick: (picked: ReadonlySet<string>) => void;
  readonly onDone: (what: What) => void;
};

function Decide({ shown, chosen, onPick, onDone }: DecideProps) {
  const words = useTranslations("invites.held");
  const busy = useBusy("held");
  const [asking, setAsking] = useState<Verdict | null>(null);
  const [value, setValue] = useState("");
  const { options, chosen: scope } = useHeldScope(shown, value);
  const { decide, progress } = useDecide(onDone);
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
      <div className="ml-auto flex gap-2">
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
