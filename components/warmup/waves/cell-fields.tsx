"use client";
import { useTranslations } from "next-intl";
import { PUSH_KIND_OF, WAVE_CHANNELS, type CellPlan } from "#domain/wave/shapes.ts";
import { count } from "../../format/money.ts";
import { CopyWords } from "../../push/editor/copy-field.tsx";
import { freshDraft } from "../../push/editor/draft.ts";
import { PhonePreview } from "../../push/editor/phone-preview.tsx";
import { PictureField } from "../../push/editor/picture-field.tsx";
import { useLiveValues } from "../../push/editor/use-live-values.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { useBeats } from "../plan-words.ts";
import { OwnerField } from "../owner-field.tsx";
import { CellWhenField } from "./cell-when-field.tsx";

export type CellDraft = CellPlan;

type Props = {
  draft: CellDraft;
  disabled: boolean;
  asked: boolean;
  change: (part: Partial<CellDraft>) => void;
};

export function CellFields({ draft, disabled, asked, change }: Props) {
  const words = useTranslations("warmupPlan.waves");
  const cell = useTranslations("warmupPlan.waves.cell");
  const beats = useBeats();
  const untitled = draft.title.trim() === "";
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label={cell("beat")}>
          <Select
            disabled={disabled}
            value={draft.beatId}
            onChange={(beatId) => change({ beatId })}
            options={beats.map(({ beatId, title }) => ({ value: beatId, label: title }))}
          />
        </Field>
        <Field label={cell("channel")} hint={cell(PUSH_KIND_OF[draft.channel] ? "api" : "task")}>
          <Select
            disabled={disabled}
            value={draft.channel}
            onChange={(channel) => change({ channel })}
            options={WAVE_CHANNELS.map((channel) => ({ value: channel, label: words(`channel.${channel}`) }))}
          />
        </Field>
      </div>
      <Field label={cell("title")} required error={asked && untitled ? cell("titleMissing") : undefined}>
        <Input
          autoFocus={untitled}
          maxLength={60}
          disabled={disabled}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <CellWhenField when={draft.when} disabled={disabled} onChange={(when) => change({ when })} />
      <Field label={cell("segment")} hint={cell("segmentHint")}>
        <Input
          maxLength={80}
          disabled={disabled}
          value={draft.segment}
          onChange={(event) => change({ segment: event.target.value })}
        />
      </Field>
      <Copy draft={draft} disabled={disabled} change={change} />
      {disabled ? null : (
        <PictureField
          mediaKey={draft.mediaKey ?? ""}
          onChange={(mediaKey) => change({ mediaKey: mediaKey === "" ? null : mediaKey })}
        />
      )}
      <Rest draft={draft} disabled={disabled} change={change} />
    </>
  );
}

type PartProps = Omit<Props, "asked">;

/** With live figures and the room that WeCom leaves, where it goes by a push; else as many words as it takes. */
function Copy({ draft, disabled, change }: PartProps) {
  const words = useTranslations("warmupPlan.waves.cell");
  const chars = useTranslations("warmupPlan.waves");
  const kind = PUSH_KIND_OF[draft.channel];
  const push = freshDraft(kind ?? "groups");
  const card = draft.mediaKey === null ? null : ({ kind: "image", mediaKey: draft.mediaKey } as const);
  const asPush = { ...push, title: draft.title, copy: { ...push.copy, text: draft.copy, card } };
  const live = useLiveValues(asPush.about);
  if (!kind) {
    return (
      <Field
        label={words("copy")}
        aside={
          <span className="text-xs text-faint tabular-nums">
            {chars("chars", { count: count(Array.from(draft.copy).length) })}
          </span>
        }
      >
        <Textarea
          className="min-h-28"
          maxLength={4_000}
          disabled={disabled}
          value={draft.copy}
          onChange={(event) => change({ copy: event.target.value })}
        />
      </Field>
    );
  }
  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_280px]">
      <CopyWords
        draft={asPush}
        live={live}
        disabled={disabled}
        problem={null}
        onChange={({ text }) => text !== undefined && change({ copy: text })}
      />
      <PhonePreview draft={asPush} live={live} />
    </div>
  );
}

function Rest({ draft, disabled, change }: PartProps) {
  const words = useTranslations("warmupPlan.waves.cell");
  const sources = useSession((show) => show.sources);
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <OwnerField ownerId={draft.ownerId} disabled={disabled} onChange={(ownerId) => change({ ownerId })} />
        <Field label={words("source")} hint={words("sourceHint")}>
          <Select
            disabled={disabled}
            value={draft.sourceId ?? ""}
            onChange={(id) => change({ sourceId: id === "" ? null : id })}
            options={[
              { value: "", label: words("sourceNone") },
              ...[...sources.values()]
                .filter(({ archived, sourceId }) => !archived || sourceId === draft.sourceId)
                .map(({ sourceId, name }) => ({ value: sourceId, label: name })),
            ]}
          />
        </Field>
      </div>
      <Field label={words("note")}>
        <Input
          maxLength={200}
          disabled={disabled}
          value={draft.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Field>
    </>
  );
}
