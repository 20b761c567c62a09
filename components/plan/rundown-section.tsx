"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { Cue } from "#domain/cue.ts";
import type { CommandInput } from "#domain/ops/index.ts";
import { RUNDOWN_TEMPLATE } from "#domain/presets.ts";
import { clockTime, duration } from "../format/time.ts";
import { randomId } from "../http/random-id.ts";
import { TakeCues } from "../compare/take-cues.tsx";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { CueNotes } from "../lessons/cue-notes.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { SortableItem, SortableList } from "../ui/sortable-list.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { CueEditor } from "./cue-editor.tsx";
import { MeasuredLengths } from "./measured-lengths.tsx";
import { useMayPlan } from "./plan-context.tsx";

type NewCue = CommandInput<"rundown.setCues">["cues"][number];
const EXPLAIN_MS = 5 * 60_000;
/** As many as the rules take; a show that explains more than this has no time for it. */
const CUES_MAX = 200;

/** The cues in order, each with the clock time at which it would begin. */
function useCues() {
  const cues = useSession((show) => show.cues);
  const { order, version } = useSession((show) => show.cueOrder);
  const from = useSession((show) => show.session.startedAt ?? show.session.plannedStartAt);
  return useMemo(() => ({ ...laidOut(order, cues, from), version }), [cues, order, version, from]);
}

type Row = { readonly cue: Cue; readonly at: number };

/** Cue after cue from `from` on; a skipped one takes no time. */
function laidOut(order: readonly string[], cues: ReadonlyMap<string, Cue>, from: number) {
  const rows: Row[] = [];
  let at = from;
  for (const cueId of order) {
    const cue = cues.get(cueId);
    if (!cue) continue;
    rows.push({ cue, at });
    if (cue.state !== "skipped") at += cue.plannedMs;
  }
  return { rows, totalMs: at - from, endsAt: at };
}

export function RundownSection() {
  const words = useTranslations("plan.rundown");
  const { rows, version, totalMs, endsAt } = useCues();
  const plannedEndAt = useSession((show) => show.session.plannedEndAt);
  const act = useAct();
  const mayPlan = useMayPlan();
  const fill = useFill();
  const [chosen, setChosen] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const ids = useMemo(() => rows.map(({ cue }) => cue.cueId), [rows]);
  const current = rows.find(({ cue }) => cue.cueId === chosen)?.cue ?? null;
  const add = async () => {
    const cueId = `cue_${randomId().slice(0, 12)}`;
    const cue = { cueId, kind: "talk", title: words("newCue") } as const;
    if (!(await act("rundown.addCue", { cue, ...(current ? { afterCueId: current.cueId } : {}) }))) return;
    setChosen(cueId);
    setAdded(cueId);
  };
  const addButton = (
    <Button disabled={!mayPlan} onClick={() => void add()}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        icon="calendar"
        title={words("emptyTitle")}
        text={words("emptyText")}
        actions={
          <>
            <Button
              look="primary"
              disabled={!mayPlan || fill.products === 0}
              title={fill.products === 0 ? words("fromProductsNone") : undefined}
              onClick={() => void fill.fromProducts()}
            >
              {words("fromProducts", { count: fill.products })}
            </Button>
            <Button disabled={!mayPlan} onClick={() => void fill.fromTemplate()}>
              {words("fromTemplate")}
            </Button>
            <TakeCues />
            {addButton}
          </>
        }
      />
    );
  }
  const over = endsAt - plannedEndAt;
  return (
    <div className="grid h-full grid-cols-[minmax(420px,1fr)_minmax(380px,480px)] max-[860px]:grid-cols-1 max-[860px]:has-[[data-editor]]:grid-rows-2">
      <div className="flex min-h-0 min-w-0 flex-col border-r max-[860px]:border-r-0 max-[860px]:border-b">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
          {addButton}
          <TakeCues />
          <MeasuredLengths />
          <span className="text-xs whitespace-nowrap text-faint">
            {words("total", { count: rows.length, length: duration(totalMs) })}
          </span>
          {over > 60_000 ? <Tag tone="wait">{words("over", { length: duration(over) })}</Tag> : null}
          {over < -60_000 ? (
            <span className="text-xs text-faint">{words("under", { length: duration(-over) })}</span>
          ) : null}
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto border-t">
          <SortableList
            ids={ids}
            disabled={!mayPlan}
            onMove={({ id, ids: next }) =>
              void act(
                "rundown.moveCue",
                { cueId: id, afterCueId: next[next.indexOf(id) - 1] ?? null },
                { expect: { version } },
              )
            }
          >
            {rows.map(({ cue, at }) => (
              <SortableItem
                key={cue.cueId}
                id={cue.cueId}
                label={words("drag", { name: cue.title })}
                className="border-b hover:bg-hover"
              >
                <CueLine cue={cue} at={at} chosen={cue.cueId === chosen} onChoose={() => setChosen(cue.cueId)} />
              </SortableItem>
            ))}
          </SortableList>
        </div>
      </div>
      <div
        {...(current ? { "data-editor": "" } : {})}
        className={cn("min-h-0 overflow-y-auto px-5 py-4", !current && "max-[860px]:hidden")}
      >
        {current ? (
          <CueEditor
            key={current.cueId}
            cue={current}
            isNew={current.cueId === added}
            onRemoved={() => setChosen(null)}
          />
        ) : (
          <EmptyState compact title={words("chooseTitle")} text={words("chooseText")} />
        )}
      </div>
    </div>
  );
}

function CueLine({ cue, at, chosen, onChoose }: { cue: Cue; at: number; chosen: boolean; onChoose: () => void }) {
  const words = useTranslations("plan.rundown");
  const kinds = useTranslations("cueKind");
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        "flex min-h-11 w-full items-center gap-3 border-l-2 border-transparent px-2 py-1 text-left text-sm -outline-offset-2",
        chosen && "border-act-ink bg-picked",
        cue.state === "done" && "text-faint",
      )}
    >
      <span className="w-11 shrink-0 text-dim">{clockTime(cue.from ?? at)}</span>
      <Tag shape={false}>{kinds(cue.kind)}</Tag>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{cue.title}</span>
        <CueNotes cueId={cue.cueId} />
      </span>
      {cue.acts.length > 0 ? (
        <span className="text-xs text-faint">{words("acts", { count: cue.acts.length })}</span>
      ) : null}
      {cue.state === "waiting" ? null : (
        <Tag tone={cue.state === "current" ? "air" : "plain"}>{words(`state.${cue.state}`)}</Tag>
      )}
      <span className="w-14 shrink-0 text-right text-dim">{duration(cue.plannedMs)}</span>
    </button>
  );
}

/** Ways to begin an empty rundown: a cue for each product of the sheet, or the trade's usual course. */
function useFill() {
  const products = useSession((show) => show.products);
  const version = useSession((show) => show.cueOrder.version);
  const act = useAct();
  const words = useTranslations("plan.rundown");
  const set = async (cues: NewCue[]) => {
    const isDone = await act("rundown.setCues", { cues: cues.slice(0, CUES_MAX) }, { expect: { version } });
    const left = cues.length - CUES_MAX;
    // What is left out is said: nobody counts two hundred rows.
    if (isDone && left > 0) notify({ tone: "wait", title: words("cut", { max: CUES_MAX, left }) });
  };
  return {
    products: Math.min(CUES_MAX, products.size),
    fromProducts: () =>
      set(
        [...products.values()]
          .toSorted((a, b) => a.position - b.position)
          .map(({ productId, linkNo, name, explainMs }) => ({
            kind: "explain" as const,
            title: `${linkNo} · ${name}`.slice(0, 80),
            productId,
            plannedMs: explainMs ?? EXPLAIN_MS,
            acts: [{ type: "explain" as const, productId }],
          })),
      ),
    fromTemplate: () => set(RUNDOWN_TEMPLATE.map((cue) => ({ ...cue }))),
  };
}
