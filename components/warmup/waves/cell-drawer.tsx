"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Cell, WaveChannel } from "#domain/wave/shapes.ts";
import { cellIn } from "#domain/wave/template-words.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { useDesk } from "../../live/desk.tsx";
import { Clashes, useWholeDraft } from "../../plan/clashes.tsx";
import { RecordDrawer } from "../../plan/record-drawer.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useRefusal } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Callout } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import { asStored } from "../as-stored.ts";
import { usePlanLanguage } from "../plan-words.ts";
import { useOfferUndo } from "../use-offer-undo.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { CellDone } from "./cell-done.tsx";
import { CellFields, type CellDraft } from "./cell-fields.tsx";
import { hasApi } from "./cell-state.shape.ts";
import { PlanPushDialog } from "./plan-push-dialog.tsx";

export type NewCell = { readonly beatId: string; readonly channel: WaveChannel };
export type CellOpening = ({ readonly as: "new" } & NewCell) | { readonly as: "edit"; readonly cellId: string };

const H_MS = 3_600_000;

const fresh = ({ beatId, channel }: NewCell): CellDraft => ({
  beatId,
  channel,
  title: "",
  segment: "",
  copy: "",
  mediaKey: null,
  ownerId: null,
  when: { by: "start", offsetMs: -24 * H_MS },
  sourceId: null,
  note: "",
});

const draftOf = ({
  beatId,
  channel,
  title,
  segment,
  copy,
  mediaKey,
  ownerId,
  when,
  sourceId,
  note,
}: Cell): CellDraft => ({
  beatId,
  channel,
  title,
  segment,
  copy,
  mediaKey,
  ownerId,
  when,
  sourceId,
  note,
});

/** A cell is written as a whole; once its push is planned, words and time are the push's. */
export function CellDrawer({ opening, onClose }: { opening: CellOpening; onClose: () => void }) {
  const words = useTranslations("warmupPlan.waves.cell");
  const cellId = opening.as === "edit" ? opening.cellId : null;
  const stored = useSession((show) => (cellId === null ? undefined : show.waveCells.get(cellId)));
  const language = usePlanLanguage();
  const cell = stored && cellIn(stored, language);
  const first = opening.as === "new" ? fresh(opening) : fresh({ beatId: "", channel: "store" });
  const form = useWholeDraft<CellDraft>(cell && draftOf(cell), first);
  const { rebased, draft, change, settle } = form;
  const mayPlan = useDesk().may(PAGE_PLANNERS);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const [asked, setAsked] = useState(false);
  const [planning, setPlanning] = useState(false);
  const { busy, save, remove } = useSaving({
    cellId,
    form,
    onClose,
    expected: (from) => asStored<CellDraft>(from, cell, stored),
  });
  const hasPush = cell !== undefined && cell.pushId !== null;
  const disabled = !mayPlan || hasPush;
  const untitled = draft.title.trim() === "";
  const submit = () => {
    setAsked(true);
    if (!untitled && rebased.clashes.length === 0) void save();
  };
  return (
    <RecordDrawer
      width="lg"
      title={cell ? cell.title : words("newTitle")}
      disabled={disabled}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        <>
          {cell ? (
            <Button
              look="danger"
              className="mr-auto"
              disabled={disabled || cell.done !== null}
              onClick={() => void remove()}
            >
              {words("remove")}
            </Button>
          ) : null}
          {cell && !hasPush && !cell.done && !hasEnded && hasApi(cell.channel) ? (
            <PlanButton disabled={disabled} onPlan={() => setPlanning(true)} />
          ) : null}
        </>
      }
      onSave={submit}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <Clashes
          rebased={rebased}
          who={undefined}
          label={(field) => words(LABELS[field])}
          show={(of, field) => (field === "when" ? JSON.stringify(of.when) : String(of[field] ?? ""))}
          onSettle={settle}
        />
        {cell ? <Standing cell={cell} /> : null}
        {cell?.done ? <CellDone cell={cell} /> : null}
        <CellFields draft={draft} disabled={disabled} asked={asked} change={change} />
      </div>
      {planning && cell ? <PlanPushDialog cell={cell} onClose={() => setPlanning(false)} /> : null}
    </RecordDrawer>
  );
}

const LABELS = {
  beatId: "beat",
  channel: "channel",
  title: "title",
  segment: "segment",
  copy: "copy",
  mediaKey: "picture",
  ownerId: "owner",
  when: "when",
  sourceId: "source",
  note: "note",
} as const;

function PlanButton({ disabled, onPlan }: { disabled: boolean; onPlan: () => void }) {
  const words = useTranslations("warmupPlan.waves");
  return (
    <Button disabled={disabled} onClick={onPlan}>
      {words("planPush")}
    </Button>
  );
}

function Standing({ cell: { pushId, refused } }: { cell: Cell }) {
  const words = useTranslations("warmupPlan.waves");
  const explain = useRefusal();
  const sessionId = useSession((show) => show.session.sessionId);
  if (pushId !== null) {
    return (
      <Callout
        actions={
          <Button asChild size="sm">
            <Link href={`/shows/${sessionId}/pushes#board=${encodeURIComponent(pushId)}`}>{words("openPush")}</Link>
          </Button>
        }
      >
        {words("cell.hasPush")}
      </Callout>
    );
  }
  if (refused) return <Callout tone="wait">{words("pushForm.refused", { reason: explain(refused.code) })}</Callout>;
  return null;
}

type Saving = {
  cellId: string | null;
  form: ReturnType<typeof useWholeDraft<CellDraft>>;
  onClose: () => void;
  /** What the screen saw of fields, as it is stored. */
  expected: (from: Partial<CellDraft>) => Partial<CellDraft>;
};

function useSaving({ cellId, form, onClose, expected }: Saving) {
  const words = useTranslations("warmupPlan.waves");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    save: async () => {
      const { to, from } = form.edit();
      if (cellId !== null && Object.keys(to).length === 0) return onClose();
      setBusy(true);
      const sent =
        cellId === null
          ? await deed("wave:new", "wave.plan", { ...form.draft, title: form.draft.title.trim() })
          : await deed(`wave:${cellId}`, "wave.edit", { cellId, to }, { expect: expected(from) });
      setBusy(false);
      if (!wasDone(sent)) return;
      notify({ tone: "sure", title: words("cell.saved", { title: form.draft.title }) });
      onClose();
    },
    remove: async () => {
      if (cellId === null) return;
      const sent = await deed(`wave:${cellId}`, "wave.remove", { cellId });
      if (sent?.status !== "ok") return;
      offerUndo(sent, words("cellRemoved", { title: form.draft.title }));
      onClose();
    },
  };
}
