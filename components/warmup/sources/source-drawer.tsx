"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { SOURCE_KINDS, SourceCode, type Source, type SourceKind } from "#domain/source/state.ts";
import { useDesk } from "../../live/desk.tsx";
import { Clashes, useWholeDraft } from "../../plan/clashes.tsx";
import { RecordDrawer } from "../../plan/record-drawer.tsx";
import { useWhoDid } from "../../plan/plan-context.tsx";
import { useAct } from "../../session/use-act.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { OwnerField } from "../owner-field.tsx";
import { useUndoable } from "../use-undoable.ts";
import { SOURCE_PLANNERS } from "../warmup-roles.ts";
import { useWecomCodes } from "./wecom-code-list.ts";

type Draft = Required<Omit<Source, "sourceId" | "archived" | "opened" | "joined">>;

const fresh = (kind: SourceKind): Draft => ({
  code: "",
  kind,
  name: "",
  costFen: null as Draft["costFen"],
  targetSignups: null,
  ownerId: null,
  wecomCodeId: null,
  note: "",
});

const draftOf = ({ code, kind, name, costFen, targetSignups, ownerId, wecomCodeId, note }: Source): Draft => ({
  code,
  kind,
  name,
  costFen,
  targetSignups,
  ownerId,
  wecomCodeId,
  note,
});

/** `sourceId: null`: a new one. */
export function SourceDrawer({ sourceId, onClose }: { sourceId: string | null; onClose: () => void }) {
  const words = useTranslations("warmupPlan.sources");
  const source = useSession((show) => (sourceId === null ? undefined : show.sources.get(sourceId)));
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  const whoDid = useWhoDid();
  const form = useWholeDraft<Draft>(source && draftOf(source), fresh("store"));
  const { rebased, draft, change, settle } = form;
  const [asked, setAsked] = useState(false);
  const { busy, save, archive } = useSaving({ sourceId, form, onClose });
  const nameless = draft.name.trim() === "";
  const badCode = draft.code !== "" && !SourceCode.safeParse(draft.code).success;
  const submit = () => {
    // Enter in a field comes here too, and twice when it is held.
    if (busy) return;
    setAsked(true);
    if (!nameless && !badCode && rebased.clashes.length === 0) void save();
  };
  return (
    <RecordDrawer
      title={source ? source.name : words("drawer.newTitle")}
      disabled={!mayPlan}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        source ? (
          <Button
            className="mr-auto"
            disabled={!mayPlan}
            title={words("drawer.archiveHint")}
            onClick={() => void archive(!source.archived)}
          >
            {words(source.archived ? "drawer.unarchive" : "drawer.archive")}
          </Button>
        ) : null
      }
      onSave={submit}
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Clashes
          rebased={rebased}
          who={whoDid(({ type, data }) => type === "source.edited.v1" && isOf(data, sourceId))}
          label={(field) => words(LABELS[field])}
          show={(of, field) => String(of[field] ?? "")}
          onSettle={settle}
        />
        <Field label={words("drawer.kind")}>
          <Select
            value={draft.kind}
            disabled={!mayPlan}
            onChange={(kind) => change({ kind })}
            options={SOURCE_KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
          />
        </Field>
        <Field
          label={words("drawer.name")}
          required
          error={asked && nameless ? words("drawer.nameMissing") : undefined}
        >
          <Input
            autoFocus={sourceId === null}
            maxLength={40}
            disabled={!mayPlan}
            value={draft.name}
            placeholder={words("drawer.namePlaceholder")}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <CodeField draft={draft} opened={source?.opened ?? 0} bad={badCode} disabled={!mayPlan} change={change} />
        <div className="grid grid-cols-2 gap-4">
          <Field label={words("drawer.cost")} hint={words("drawer.costHint")}>
            <MoneyField
              disabled={!mayPlan}
              value={draft.costFen}
              onCommit={(fen) => change({ costFen: fen as Draft["costFen"] })}
            />
          </Field>
          <Field label={words("drawer.target")}>
            <NumberField
              max={100_000_000}
              disabled={!mayPlan}
              value={draft.targetSignups}
              onCommit={(targetSignups) => change({ targetSignups })}
            />
          </Field>
        </div>
        <People draft={draft} disabled={!mayPlan} change={change} />
        <Field label={words("drawer.note")}>
          <Textarea
            maxLength={200}
            disabled={!mayPlan}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </Field>
        <button type="submit" hidden />
      </form>
    </RecordDrawer>
  );
}

const LABELS = {
  code: "drawer.code",
  kind: "drawer.kind",
  name: "drawer.name",
  costFen: "drawer.cost",
  targetSignups: "drawer.target",
  ownerId: "drawer.owner",
  wecomCodeId: "drawer.wecomCode",
  note: "drawer.note",
} as const;

const isOf = (data: unknown, sourceId: string | null): boolean =>
  typeof data === "object" && data !== null && "sourceId" in data && data.sourceId === sourceId;

type Change = (part: Partial<Draft>) => void;
type CodeProps = { draft: Draft; opened: number; bad: boolean; disabled: boolean; change: Change };

/** Printed somewhere: once somebody came by it, it stays. */
function CodeField({ draft, opened, bad, disabled, change }: CodeProps) {
  const words = useTranslations("warmupPlan.sources.drawer");
  const fixed = opened > 0;
  return (
    <Field
      label={words("code")}
      hint={words(fixed ? "codeFixed" : "codeHint")}
      error={bad ? words("codeBad") : undefined}
    >
      <Input
        className="font-mono"
        maxLength={16}
        disabled={disabled || fixed}
        value={draft.code}
        onChange={(event) => change({ code: event.target.value.trim().toLowerCase() })}
      />
    </Field>
  );
}

function People({ draft, disabled, change }: { draft: Draft; disabled: boolean; change: Change }) {
  const words = useTranslations("warmupPlan.sources");
  const { codes } = useWecomCodes();
  const none = { value: "", label: words("drawer.wecomCodeNone") };
  const known = codes.some(({ id }) => id === draft.wecomCodeId);
  return (
    <div className="grid grid-cols-2 gap-4">
      <OwnerField ownerId={draft.ownerId} disabled={disabled} onChange={(ownerId) => change({ ownerId })} />
      <Field label={words("drawer.wecomCode")} hint={words("drawer.wecomCodeHint")}>
        <Select
          disabled={disabled}
          value={draft.wecomCodeId ?? ""}
          onChange={(id) => change({ wecomCodeId: id === "" ? null : id })}
          options={[
            none,
            ...codes.map(({ id, name }) => ({ value: id, label: name })),
            ...(draft.wecomCodeId === null || known ? [] : [{ value: draft.wecomCodeId, label: draft.wecomCodeId }]),
          ]}
        />
      </Field>
    </div>
  );
}

type Saving = {
  sourceId: string | null;
  form: ReturnType<typeof useWholeDraft<Draft>>;
  onClose: () => void;
};

function useSaving({ sourceId, form, onClose }: Saving) {
  const words = useTranslations("warmupPlan.sources");
  const act = useAct();
  const undoable = useUndoable();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<boolean> => {
    const { code, ...plan } = form.draft;
    if (sourceId === null) {
      const input: CommandInput<"source.plan"> = { ...plan, name: plan.name.trim(), ...(code === "" ? {} : { code }) };
      return act("source.plan", input);
    }
    const { to, from } = form.edit();
    return Object.keys(to).length === 0 || (await act("source.edit", { sourceId, to }, { expect: from }));
  };
  return {
    busy,
    save: async () => {
      setBusy(true);
      const done = await send();
      setBusy(false);
      if (done) onClose();
    },
    archive: async (archived: boolean) => {
      if (sourceId === null) return;
      const title = words(archived ? "archivedDone" : "unarchivedDone", { name: form.draft.name });
      if (await undoable("source.archive", { sourceId, archived }, { title })) onClose();
    },
  };
}
