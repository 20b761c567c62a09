"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { DEFAULT_LEAD_MS, isMass } from "#domain/push/shapes.ts";
import { durationMs } from "#domain/units.ts";
import { PUSH_KIND_OF, type Cell } from "#domain/wave/shapes.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { AudienceField } from "../../push/editor/audience-field.tsx";
import { freshDraft, type PushDraft } from "../../push/editor/draft.ts";
import { usePushDesk } from "../../push/push-desk.tsx";
import { useRefusal } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { notify } from "../../ui/toast.tsx";

const MINUTE_MS = 60_000;

/** What a push needs beyond what the cell says: for whom, and how long before its time the members get it. */
export function PlanPushDialog({ cell, onClose }: { cell: Cell; onClose: () => void }) {
  const words = useTranslations("warmupPlan.waves");
  const ui = useTranslations("ui");
  const kind = PUSH_KIND_OF[cell.channel] ?? "groups";
  const [draft, setDraft] = useState<PushDraft>(() => freshDraft(kind));
  const [lead, setLead] = useState(DEFAULT_LEAD_MS / MINUTE_MS);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const { corpId } = usePushDesk();
  const deed = useDeed();
  const explain = useRefusal();
  /** `undefined`: nothing is asked for; else the refusal that stood at the cell when it was. */
  const [before, setBefore] = useState<Cell["refused"]>();
  const refused = before === undefined || cell.refused === before ? null : cell.refused;
  const { pushId } = cell;
  const said = useEffectEvent(() => {
    if (pushId !== null) {
      notify({ tone: "sure", title: words("pushForm.done", { title: cell.title }) });
      onClose();
    }
    setBusy(false);
  });
  useEffect(() => {
    if (pushId !== null || refused) said();
  }, [pushId, refused]);
  const nobody = Object.values(draft.audience).every((ids) => ids.length === 0);
  const submit = async () => {
    setAsked(true);
    if (nobody) return;
    setBefore(cell.refused);
    setBusy(true);
    const sent = await deed(`planPush:${cell.cellId}`, "wave.planPush", {
      cellId: cell.cellId,
      audience: draft.audience,
      ...(isMass(kind) ? { leadMs: durationMs(lead * MINUTE_MS) } : {}),
    });
    // Done is the asking: the cell says a moment later whether a push came of it, or why none did.
    if (!wasDone(sent)) setBusy(false);
  };
  return (
    <Drawer
      open
      onOpenChange={onClose}
      width="lg"
      title={words("pushForm.title", { title: cell.title })}
      description={words("pushForm.text")}
      footer={
        <>
          <span role="status" className="mr-auto min-w-0 text-xs text-wait-ink">
            {asked && nobody ? words(corpId ? "pushForm.nobodyYet" : "pushForm.connectFirst") : null}
            {refused ? words("pushForm.refused", { reason: explain(refused.code) }) : null}
          </span>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>
            {words("pushForm.submit")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <AudienceField
          draft={draft}
          disabled={false}
          problem={asked && nobody && corpId ? words("pushForm.nobody") : null}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
        />
        {isMass(kind) ? (
          <Field label={words("pushForm.lead")} className="max-w-48">
            <NumberField max={1_440} value={lead} onCommit={(minutes) => setLead(minutes ?? 0)} />
          </Field>
        ) : null}
        <p className="text-xs text-faint">{words("pushForm.mentioned")}</p>
      </div>
    </Drawer>
  );
}
