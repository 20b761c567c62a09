"use client";
import { useTranslations } from "next-intl";
import { memo, useMemo, useState } from "react";
import type { TapeEntry } from "#domain/ops/tape.ts";
import { clockSeconds, duration } from "../format/time.ts";
import { useNames, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useMe } from "../shell/me-provider.tsx";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { VirtualRows } from "../ui/virtual-rows.tsx";
import { HANDS, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { slicesNow } from "./product-acts.ts";
import { decisionOf, toldLateMs, UNDOABLE, undoneSeqs, UNSHOWN } from "./tape-entry.ts";
import { useTapeWords } from "./tape-words.ts";
import { useDeed, wasDone } from "./use-deed.ts";
import { takeBackKey, useTakeBackDecision } from "./use-take-back-decision.ts";

/** Everything done, by whom, newest first; what has a way back can be taken back. */
export function TapePanel({ className }: { className?: string }) {
  const words = useTranslations("desk");
  const { items: all } = useSession((show) => show.tape);
  // While the pointer is on the list nothing moves under it: what comes meanwhile waits.
  const [held, setHeld] = useState<typeof all | null>(null);
  const items = held ?? all;
  const undone = useMemo(() => undoneSeqs(all), [all]);
  const shown = useMemo(
    () => items.flatMap((item) => (item && !UNSHOWN.has(item.type) ? [item] : [])).toReversed(),
    [items],
  );
  const undoLast = useUndoLast();
  const { may } = useDesk();
  const off = !may(HANDS);
  useDeskKey({ code: "Ctrl+KeyZ", key: "Ctrl Z", label: words("undoLast"), section: "show", run: undoLast, off });
  return (
    <section
      aria-label={words("tape")}
      className={cn("flex min-h-0 min-w-0 flex-col", className)}
      onPointerEnter={() => setHeld(all)}
      onPointerLeave={() => setHeld(null)}
    >
      <header className="flex h-9 shrink-0 items-center justify-between px-4">
        <h2 className="text-sm font-semibold text-dim">
          {words("tape")}
          {all.length > items.length ? (
            <span className="ml-2 text-xs font-normal text-act-ink">
              {words("waiting", { count: all.length - items.length })}
            </span>
          ) : null}
        </h2>
        {off ? null : (
          <button
            type="button"
            className="flex items-center gap-1.5 text-xs text-dim hover:text-ink"
            onClick={undoLast}
          >
            {words("undo")} <Kbd>Ctrl Z</Kbd>
          </button>
        )}
      </header>
      {shown.length === 0 ? <p className="px-4 text-xs text-faint">{words("tapeEmpty")}</p> : null}
      <VirtualRows
        label={words("tape")}
        className="flex-1"
        rowHeight={28}
        items={shown}
        idOf={({ seq }) => String(seq)}
        renderRow={(entry) => <TapeRow entry={entry} isUndone={undone.has(entry.seq)} />}
      />
    </section>
  );
}

/** My own last act that can be taken back and was not. */
function useUndoLast() {
  const words = useTranslations("desk");
  const say = useTapeWords();
  const me = useMe();
  const source = useSessionSource();
  const deed = useDeed();
  const takeBack = useTakeBackDecision();
  return () => {
    const items = slicesNow(source)?.tape.items ?? [];
    const undone = undoneSeqs(items);
    const by = `staff:${me.person.id}`;
    const last = items.findLast((item) => item && item.by === by && UNDOABLE.has(item.type) && !undone.has(item.seq));
    if (!last) return notify({ title: words("nothingToUndo") });
    const decision = decisionOf(last);
    if (decision !== null) return void takeBack(decision);
    void deed(`undo:${last.seq}`, "tape.undo", { seq: last.seq }).then((sent) => {
      if (wasDone(sent)) notify({ tone: "sure", title: words("undone", { act: say(last) }) });
    });
  };
}

const TapeRow = memo(function TapeRow({ entry, isUndone }: { entry: TapeEntry; isUndone: boolean }) {
  const words = useTranslations("desk");
  const say = useTapeWords();
  const late = toldLateMs(entry.at, entry.data);
  const text = say(entry);
  return (
    <div className="group flex h-7 items-center gap-2.5 px-4 text-sm">
      <span className="shrink-0 text-xs text-faint tabular-nums">{clockSeconds(entry.at)}</span>
      <span className={cn("min-w-0 flex-1 truncate", isUndone && "text-faint line-through")} title={text}>
        {text}
        {late >= 5_000 ? (
          <span className="text-xs text-faint"> ({words("toldLate", { time: duration(late) })})</span>
        ) : null}
      </span>
      <UndoOne entry={entry} isUndone={isUndone} />
      <Who by={entry.by} />
    </div>
  );
});

function UndoOne({ entry, isUndone }: { entry: TapeEntry; isUndone: boolean }) {
  const words = useTranslations("desk");
  const { may } = useDesk();
  const deed = useDeed();
  const takeBack = useTakeBackDecision();
  const decision = decisionOf(entry);
  const key = decision === null ? `undo:${entry.seq}` : takeBackKey(decision);
  const busy = useBusy(key);
  if (isUndone || !UNDOABLE.has(entry.type) || !may(HANDS)) return null;
  return (
    <button
      type="button"
      disabled={busy}
      className="shrink-0 text-xs text-act-ink opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
      onClick={() => void (decision === null ? deed(key, "tape.undo", { seq: entry.seq }) : takeBack(decision))}
    >
      {words("undo")}
    </button>
  );
}

function Who({ by }: { by: string }) {
  const words = useTranslations("desk");
  const names = useNames();
  const kind = by.split(":", 1)[0];
  const name = names(by);
  if (kind === "system") return <Tag>{words("auto")}</Tag>;
  if (kind === "screen") return <Tag tone="sure">{words("screen")}</Tag>;
  if (kind === "program") return <Tag tone="public">{name ?? words("program")}</Tag>;
  if (kind === "person") return <Tag>{words("viewer")}</Tag>;
  return (
    <span title={name ?? ""} className="shrink-0">
      <Tag>{name ? (name.length > 3 ? name.slice(-2) : name) : "–"}</Tag>
    </span>
  );
}
