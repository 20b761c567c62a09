"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { methodIn } from "#domain/method/in-language.ts";
import type { MethodPlan, MethodRow } from "#domain/ops/method.ts";
import { useDesk } from "../../live/desk.tsx";
import { Clashes, useWholeDraft } from "../../plan/clashes.tsx";
import { RecordDrawer } from "../../plan/record-drawer.tsx";
import { useAct } from "../../session/use-act.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { Callout } from "../../ui/states.tsx";
import { OwnerField } from "../owner-field.tsx";
import { asStored } from "../as-stored.ts";
import { usePlanLanguage } from "../plan-words.ts";
import { useUndoable } from "../use-undoable.ts";
import { SOURCE_PLANNERS } from "../warmup-roles.ts";

type Draft = Pick<MethodPlan, "title" | "motive" | "ability" | "trigger" | "steps" | "carrier" | "ownerId" | "note">;

const FRESH: Draft = {
  title: "",
  motive: "",
  ability: "",
  trigger: "",
  steps: null,
  carrier: "wecom",
  ownerId: null,
  note: "",
};

const draftOf = ({ title, motive, ability, trigger, steps, carrier, ownerId, note }: MethodRow): Draft => ({
  title,
  motive,
  ability,
  trigger,
  steps,
  carrier,
  ownerId,
  note,
});

const CARRIERS = ["miniProgram", "wecom", "offline", "h5"] as const;

/** `methodId: null`: one of the room's own. */
export function MethodDrawer({ methodId, onClose }: { methodId: string | null; onClose: () => void }) {
  const words = useTranslations("warmupPlan.methods");
  const stored = useSession((show) => (methodId === null ? undefined : show.methods.get(methodId)));
  const language = usePlanLanguage();
  const method = stored && methodIn(stored, language);
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  const form = useWholeDraft<Draft>(method && draftOf(method), FRESH);
  const { rebased, draft, change, settle } = form;
  const act = useAct();
  const undoable = useUndoable();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const untitled = draft.title.trim() === "";
  const submit = async () => {
    setAsked(true);
    if (untitled || rebased.clashes.length > 0) return;
    setBusy(true);
    const done = await save();
    setBusy(false);
    if (done) onClose();
  };
  const save = async () => {
    if (methodId === null) return act("method.add", { ...draft, kind: "other", title: draft.title.trim() });
    const { to, from } = form.edit();
    return (
      Object.keys(to).length === 0 || act("method.edit", { methodId, to }, { expect: asStored(from, method, stored) })
    );
  };
  const remove = async () => {
    if (methodId === null) return;
    const title = words("removed", { title: method?.title ?? "" });
    if (await undoable("method.remove", { methodId }, { title })) onClose();
  };
  return (
    <RecordDrawer
      title={method ? method.title : words("newTitle")}
      disabled={!mayPlan}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        method ? (
          <Button look="danger" className="mr-auto" disabled={!mayPlan} onClick={() => void remove()}>
            {words("remove")}
          </Button>
        ) : null
      }
      onSave={() => void submit()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <Clashes
          rebased={rebased}
          who={undefined}
          label={(field) => words(field === "ownerId" ? "owner" : field)}
          show={(of, field) => String(of[field] ?? "")}
          onSettle={settle}
        />
        <Field label={words("title")} required error={asked && untitled ? words("titleMissing") : undefined}>
          <Input
            autoFocus={methodId === null}
            maxLength={40}
            disabled={!mayPlan}
            value={draft.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <p className="text-xs text-faint">{words("behaviour")}</p>
        {(["motive", "ability", "trigger"] as const).map((name) => (
          <Field key={name} label={words(name)} hint={words(`${name}Hint`)}>
            <Input
              maxLength={120}
              disabled={!mayPlan}
              value={draft[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          </Field>
        ))}
        <Where draft={draft} blocked={method?.h5 === "blocked"} disabled={!mayPlan} change={change} />
        <Field label={words("note")}>
          <Textarea
            maxLength={400}
            disabled={!mayPlan}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </Field>
      </div>
    </RecordDrawer>
  );
}

type WhereProps = { draft: Draft; blocked: boolean; disabled: boolean; change: (part: Partial<Draft>) => void };

function Where({ draft, blocked, disabled, change }: WhereProps) {
  const words = useTranslations("warmupPlan.methods");
  return (
    <>
      <div className="grid grid-cols-3 gap-4">
        <Field label={words("carrier")}>
          <Select
            disabled={disabled}
            value={draft.carrier}
            onChange={(carrier) => change({ carrier })}
            options={CARRIERS.map((carrier) => ({ value: carrier, label: words(`carrierOf.${carrier}`) }))}
          />
        </Field>
        <Field label={words("steps")}>
          <NumberField
            min={1}
            max={20}
            disabled={disabled}
            value={draft.steps}
            onCommit={(steps) => change({ steps })}
          />
        </Field>
        <OwnerField ownerId={draft.ownerId} disabled={disabled} onChange={(ownerId) => change({ ownerId })} />
      </div>
      {blocked && draft.carrier === "h5" ? <Callout tone="wait">{words("blockedCarrier")}</Callout> : null}
    </>
  );
}
