"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DEFAULT_LEAD_MS, isMass } from "#domain/push/shapes.ts";
import { durationMs } from "#domain/units.ts";
import { PUSH_KIND_OF, type Cell } from "#domain/wave/shapes.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { AudienceField } from "../../push/editor/audience-field.tsx";
import { freshDraft, type PushDraft } from "../../push/editor/draft.ts";
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
  const deed = useDeed();
  const nobody = Object.values(draft.audience).every((ids) => ids.length === 0);
  const submit = async () => {
    setAsked(true);
    if (nobody) return;
    setBusy(true);
    const sent = await deed(`planPush:${cell.cellId}`, "wave.planPush", {
      cellId: cell.cellId,
      audience: draft.audience,
      ...(isMass(kind) ? { leadMs: durationMs(lead * MINUTE_MS) } : {}),
    });
    setBusy(false);
    if (!wasDone(sent)) return;
    // What the push itself was refused for stands on the cell.
    notify({ tone: "sure", title: words("pushForm.done", { title: cell.title }) });
    onClose();
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
          problem={asked && nobody ? words("pushForm.nobody") : null}
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
