"use client";
import { useTranslations } from "next-intl";
import type { Cell } from "#domain/wave/shapes.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { pictureOf } from "../../push/editor/picture-field.tsx";
import { usePushDesk } from "../../push/push-desk.tsx";
import { useNames } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { undoableKey, useUndoable } from "../use-undoable.ts";
import { DOERS } from "./cell-card.tsx";

/** Who ticked it, when it was, and what shows it. */
export function CellDone({ cell: { cellId, done } }: { cell: Cell }) {
  const words = useTranslations("warmupPlan.waves");
  const ui = useTranslations("ui");
  const names = useNames();
  const undoable = useUndoable();
  const busy = useBusy(undoableKey("wave.untick", { cellId }));
  const mayTick = useDesk().may(DOERS);
  const { roomId } = usePushDesk();
  if (!done) return null;
  const { by, happenedAt, proof } = done;
  const untick = () => void undoable("wave.untick", { cellId }, { title: words("undone") });
  return (
    <section className="flex flex-col gap-2 rounded-md border border-sure-edge bg-sure-soft px-3 py-2 text-sm text-sure-ink">
      <div className="flex flex-wrap items-center gap-3">
        <span>{words("cell.done", { by: names(by) ?? ui("unknownPerson"), time: dayTime(happenedAt) })}</span>
        <Button size="sm" look="ghost" className="ml-auto" disabled={!mayTick} busy={busy} onClick={untick}>
          {words("untick")}
        </Button>
      </div>
      {proof.note === "" ? null : <p className="text-xs [overflow-wrap:anywhere]">{proof.note}</p>}
      {/^https?:\/\//.test(proof.link) ? (
        <a className="self-start text-xs underline" href={proof.link} target="_blank" rel="noopener noreferrer">
          {words("proofLink")}
        </a>
      ) : proof.link === "" ? null : (
        <p className="text-xs [overflow-wrap:anywhere]">{proof.link}</p>
      )}
      {proof.mediaKey === null ? null : (
        <img
          src={pictureOf(roomId, proof.mediaKey)}
          alt={words("cell.evidence")}
          className="max-h-64 max-w-full self-start rounded-md"
        />
      )}
    </section>
  );
}
