"use client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { dayTime, duration } from "../format/time.ts";
import type { Failure } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import type { Show } from "../shows/show-list.ts";
import { useList } from "../ui/use-list.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState, ErrorState, SkeletonRows } from "../ui/states.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { notify } from "../ui/toast.tsx";
import { matchLengths, type LengthRow } from "./measured-match.ts";
import { loadMeasured, loadRunShows } from "./measured-show.ts";
import { useMayPlan, usePlan } from "./plan-context.tsx";

/** `/plan?lengthsFrom=<show>#rundown` opens with that show chosen: the way from a walk-through that is over. */
export const LENGTHS_FROM = "lengthsFrom";

/** A cue that went by as fast was passed over, not rehearsed; it is left to the person to take it. */
const PASSED_OVER_MS = 10_000;

/** 用实测时长: planned lengths from what a walk-through or an earlier show of the room took. */
export function MeasuredLengths() {
  const words = useTranslations("plan.measured");
  const mayPlan = useMayPlan();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const from = new URLSearchParams(location.search).get(LENGTHS_FROM);
    if (from === null || !mayPlan) return;
    setAsked(from);
    setOpen(true);
    // Asked once: a reload shows the plan.
    history.replaceState(history.state, "", location.pathname + location.hash);
  }, [mayPlan]);
  return (
    <>
      <Button disabled={!mayPlan} onClick={() => setOpen(true)}>
        {words("button")}
      </Button>
      {open ? <LengthsDialog asked={asked} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function LengthsDialog({ asked, onClose }: { asked: string | null; onClose: () => void }) {
  const words = useTranslations("plan.measured");
  const { room } = usePlan();
  const { value: shows, failure, reload } = useLoaded(room.id, (signal) => loadRunShows(room.id, signal));
  const [chosen, setChosen] = useState(asked);
  // Rehearsals are held for this; without one the last show tells.
  const showId = chosen ?? (shows?.find(({ rehearsal }) => rehearsal) ?? shows?.[0])?.id ?? null;
  if (!shows || showId === null) {
    return (
      <Dialog open onOpenChange={onClose} width="lg" title={words("title")}>
        {failure ? (
          <Unreachable failure={failure} onRetry={reload} />
        ) : shows ? (
          <EmptyState compact title={words("noShowsTitle")} text={words("noShowsText")} />
        ) : (
          <SkeletonRows rows={4} />
        )}
      </Dialog>
    );
  }
  return <ChosenShow key={showId} shows={shows} showId={showId} onChoose={setChosen} onClose={onClose} />;
}

function Unreachable({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  return (
    <ErrorState
      compact
      title={words("titleLoad")}
      text={explain(failure)}
      actions={<Button onClick={onRetry}>{ui("retry")}</Button>}
    />
  );
}

type ChosenProps = {
  shows: readonly Show[];
  showId: string;
  onChoose: (showId: string) => void;
  onClose: () => void;
};

function ChosenShow({ shows, showId, onChoose, onClose }: ChosenProps) {
  const words = useTranslations("plan.measured");
  const ui = useTranslations("ui");
  const list = useList();
  const act = useAct();
  const { loaded, rows, leftOver } = useMatch(showId);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const usable = rows.filter(isUsable);
  const taken = usable.filter((row) => isTaken(row) !== turned.has(row.cueId));
  const apply = async () => {
    setBusy(true);
    const lengths = taken.map(({ cueId, measuredMs }) => ({ cueId, plannedMs: measuredMs }));
    const seen = taken.map(({ cueId, plannedMs }) => ({ cueId, plannedMs }));
    const done = await act("rundown.setLengths", { lengths }, { expect: { lengths: seen } });
    setBusy(false);
    if (!done) return;
    notify({ tone: "sure", title: words("applied", { count: lengths.length }) });
    onClose();
  };
  const turn = (cueId: string) => {
    const next = new Set(turned);
    if (!next.delete(cueId)) next.add(cueId);
    setTurned(next);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={words("title")}
      description={words("hint")}
      footer={
        <>
          <Totals rows={rows} taken={taken} />
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={taken.length === 0} onClick={() => void apply()}>
            {words("apply", { count: taken.length })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={words("from")}>
          <ShowSelect shows={shows} value={showId} onChange={onChoose} />
        </Field>
        {loaded.value ? (
          <LengthTable rows={rows} taken={new Set(taken.map(({ cueId }) => cueId))} onTurn={turn} />
        ) : loaded.failure ? (
          <Unreachable failure={loaded.failure} onRetry={loaded.reload} />
        ) : (
          <SkeletonRows rows={4} />
        )}
        {leftOver.length > 0 ? (
          <p className="text-xs text-faint">
            {words("leftOver", { count: leftOver.length, titles: list(leftOver.map(({ title }) => title)) })}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}

type Usable = LengthRow & { readonly measuredMs: number };
const isUsable = (row: LengthRow): row is Usable => row.measuredMs !== null && row.measuredMs !== row.plannedMs;
const isTaken = (row: Usable) => row.measuredMs >= PASSED_OVER_MS;

/** The plan as it is now beside what the chosen show took. */
function useMatch(showId: string) {
  const loaded = useLoaded(showId, (signal) => loadMeasured(showId, signal));
  const sessionId = useSession((show) => show.session.sessionId);
  const cues = useSession((show) => show.cues);
  const order = useSession((show) => show.cueOrder.order);
  const products = useSession((show) => show.products);
  const measured = loaded.value;
  const match = useMemo(() => {
    if (!measured) return { rows: [], leftOver: [] };
    const inOrder = order.flatMap((cueId) => cues.get(cueId) ?? []);
    const { rows, leftOver } = matchLengths({ sessionId, cues: inOrder, products: [...products.values()] }, measured);
    return { rows, leftOver: measured.sessionId === sessionId ? [] : leftOver };
  }, [measured, sessionId, cues, order, products]);
  return { loaded, ...match };
}

function ShowSelect({
  shows,
  value,
  onChange,
}: {
  shows: readonly Show[];
  value: string;
  onChange: (id: string) => void;
}) {
  const words = useTranslations("plan.measured");
  const own = useSession((show) => show.session.sessionId);
  return (
    <Select
      value={value}
      onChange={onChange}
      options={shows.map(({ id, title, rehearsal, startedAt, plannedStartAt, phase }) => ({
        value: id,
        label: [
          dayTime(startedAt ?? plannedStartAt),
          title,
          ...(id === own ? [words("thisShow")] : []),
          ...(rehearsal ? [words("rehearsal")] : []),
          ...(phase === "ended" ? [] : [words("running")]),
        ].join(" · "),
      }))}
    />
  );
}

type TableProps = { rows: readonly LengthRow[]; taken: ReadonlySet<string>; onTurn: (cueId: string) => void };

function LengthTable({ rows, taken, onTurn }: TableProps) {
  const words = useTranslations("plan.measured");
  if (!rows.some(({ measuredMs }) => measuredMs !== null))
    return <EmptyState compact title={words("noneTitle")} text={words("noneText")} />;
  return (
    <Table label={words("title")}>
      <Head>
        <Th>{words("cue")}</Th>
        <Th numeric className="w-24">
          {words("planned")}
        </Th>
        <Th numeric className="w-24">
          {words("took")}
        </Th>
        <Th numeric className="w-24">
          {words("difference")}
        </Th>
      </Head>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.cueId}>
            <Td>
              {isUsable(row) ? (
                <Checkbox
                  label={row.title}
                  hint={isTaken(row) ? undefined : words("passedOver")}
                  checked={taken.has(row.cueId)}
                  onChange={() => onTurn(row.cueId)}
                />
              ) : (
                <span className="block truncate pl-6 text-dim">{row.title}</span>
              )}
            </Td>
            <Td numeric>{duration(row.plannedMs)}</Td>
            <Td numeric>
              {row.measuredMs === null ? <span className="text-faint">–</span> : duration(row.measuredMs)}
            </Td>
            <Td numeric className="text-dim">
              {isUsable(row) ? signed(row.measuredMs - row.plannedMs) : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const signed = (ms: number) => (ms > 0 ? `+${duration(ms)}` : duration(ms));

function Totals({ rows, taken }: { rows: readonly LengthRow[]; taken: readonly Usable[] }) {
  const words = useTranslations("plan.measured");
  const before = rows.reduce((sum, { plannedMs }) => sum + plannedMs, 0);
  const after = before + taken.reduce((sum, { measuredMs, plannedMs }) => sum + measuredMs - plannedMs, 0);
  if (taken.length === 0) return null;
  return (
    <span className="mr-auto text-xs text-faint tabular-nums">
      {words("totals", { before: duration(before), after: duration(after) })}
    </span>
  );
}
