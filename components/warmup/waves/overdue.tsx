"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Cell } from "#domain/wave/shapes.ts";
import { isLate, spreadLate, type Retimed } from "#domain/wave/spread.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Callout } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { useCells } from "../plan-words.ts";
import { undoableKey, useUndoable } from "../use-undoable.ts";

const MINUTE_MS = 60_000;

/** What is past by the time that a template counts back to: spread over what is left, or left out, by one press. */
export function Overdue({ mayPlan }: { mayPlan: boolean }) {
  const words = useTranslations("warmupPlan.waves.overdue");
  const cells = useCells();
  const { startsAt, quietHours } = useSession((show) => show.waves);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  const now = useShowNow(MINUTE_MS);
  const [asking, setAsking] = useState(false);
  const undoable = useUndoable();
  const late = [...cells.values()].filter((cell) => isLate(cell, now));
  const wanted = { cellIds: late.map(({ cellId }) => cellId) };
  const busy = useBusy(undoableKey("wave.clear", wanted));
  if (late.length === 0) return null;
  const moves = hasBegun ? [] : spreadLate([...cells.values()], { now, startsAt, quietHours });
  const clear = () => void undoable("wave.clear", wanted, { title: words("cleared", { count: late.length }) });
  return (
    <>
      <Callout
        tone="wait"
        actions={
          <>
            {moves.length === 0 ? null : (
              <Button size="sm" disabled={!mayPlan} onClick={() => setAsking(true)}>
                {words("spread")}
              </Button>
            )}
            <Button size="sm" look="ghost" disabled={!mayPlan} busy={busy} onClick={clear}>
              {words("clear", { count: late.length })}
            </Button>
          </>
        }
      >
        <b className="font-semibold">{words("some", { count: late.length })}</b>{" "}
        <span className="text-xs">{words(moves.length === 0 ? "noRoom" : "text")}</span>
      </Callout>
      {asking ? <SpreadDialog moves={moves} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

/** The times are those of the moment in which they were asked for: what is pressed is what stands there. */
function SpreadDialog({ moves: now, onClose }: { moves: readonly Retimed[]; onClose: () => void }) {
  const words = useTranslations("warmupPlan.waves.overdue");
  const channels = useTranslations("warmupPlan.waves.channel");
  const ui = useTranslations("ui");
  const [moves] = useState(now);
  const cells = useCells();
  const { startsAt } = useSession((show) => show.waves);
  const undoable = useUndoable();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const command = moves.map(({ cellId, from, to }) => ({ cellId, from, to }));
    const done = await undoable("wave.retime", { cells: command }, { title: words("done", { count: moves.length }) });
    setBusy(false);
    if (done) onClose();
  };
  const lines = moves.flatMap((move) => {
    const cell = cells.get(move.cellId);
    return cell ? [{ move, cell }] : [];
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("title")}
      description={words("hint", { until: dayTime(nextAfter([...cells.values()], moves, startsAt)) })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>
            {words("submit")}
          </Button>
        </>
      }
    >
      <Table label={words("title")}>
        <Head>
          <Th className="pl-0">{words("cell")}</Th>
          <Th className="w-24 max-sm:hidden">{words("from")}</Th>
          <Th className="w-24 pr-0">{words("to")}</Th>
        </Head>
        <tbody>
          {lines.map(({ move, cell }) => (
            <Tr key={move.cellId}>
              <Td className="max-w-0 truncate pl-0" title={cell.title}>
                {cell.title} <span className="text-xs text-faint">{channels(cell.channel)}</span>
              </Td>
              <Td className="whitespace-nowrap text-dim tabular-nums line-through max-sm:hidden">{dayTime(cell.at)}</Td>
              <Td className="pr-0 font-semibold whitespace-nowrap tabular-nums">{dayTime(move.at)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Dialog>
  );
}

/** What comes next after the moved ones: another cell, or the start. */
function nextAfter(cells: readonly Cell[], moves: readonly Retimed[], startsAt: number): number {
  const last = Math.max(...moves.map(({ at }) => at));
  const later = cells.flatMap(({ at, cellId }) =>
    at > last && !moves.some((one) => one.cellId === cellId) ? [at] : [],
  );
  return Math.min(startsAt, ...later);
}
