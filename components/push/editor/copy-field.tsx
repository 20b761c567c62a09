"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { complianceHits } from "#domain/compliance-words.ts";
import { fieldsOfCopy, fieldsOfKind, fillCopy, textRoom, type CopyField, type CopyValues } from "#domain/push/copy.ts";
import { isMass, type PushCopy, type PushKind } from "#domain/push/shapes.ts";
import { instant } from "#domain/units.ts";
import { count } from "../../format/money.ts";
import { DEFAULT_ZONE } from "../../format/time.ts";
import { useList } from "../../ui/use-list.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { CardField } from "./card-field.tsx";
import type { PushDraft } from "./draft.ts";
import { useMembers } from "./load-choices.ts";
import { ManySelect } from "./many-select.tsx";

export type Live = { readonly values: CopyValues; readonly now: number };

type Props = {
  draft: PushDraft;
  live: Live;
  disabled: boolean;
  problems: { readonly text: string | null; readonly card: string | null; readonly link: string | null };
  onChange: (part: Partial<PushDraft>) => void;
};

/** The words, with what is filled in when they are handed over; card, link, mentions. */
export function CopyField({ draft, live, disabled, problems, onChange }: Props) {
  const words = useTranslations("push.copy");
  const { kind, copy } = draft;
  const change = (part: Partial<PushCopy>) => onChange({ copy: { ...copy, ...part } });
  const isRobot = kind === "robot";
  return (
    <div className="flex flex-col gap-4">
      <CopyWords draft={draft} live={live} disabled={disabled} problem={problems.text} onChange={change} />
      <Flagged copy={copy} />
      {isRobot ? (
        <div className="flex flex-wrap items-center gap-4">
          <Segmented
            label={words("format")}
            value={copy.format}
            onChange={(format) => !disabled && change({ format })}
            options={(["text", "markdown"] as const).map((value) => ({ value, label: words(`formatOf.${value}`) }))}
          />
          {copy.format === "text" ? (
            <Switch
              checked={copy.mentionAll}
              disabled={disabled}
              onChange={(mentionAll) => change({ mentionAll })}
              label={words("mentionAll")}
            />
          ) : null}
        </div>
      ) : null}
      {isMass(kind) ? null : <Mentions copy={copy} disabled={disabled} onChange={change} />}
      <CardField kind={kind} copy={copy} disabled={disabled} problem={problems.card} onChange={change} />
      {kind === "forward" ? (
        <p className="text-xs text-faint">{words("forwardLink")}</p>
      ) : (
        <LinkField kind={kind} copy={copy} disabled={disabled} problem={problems.link} onChange={change} />
      )}
    </div>
  );
}

type Part = { copy: PushCopy; disabled: boolean; onChange: (part: Partial<PushCopy>) => void };

/** The text with what can be filled in, and the room that is left of what WeCom takes. */
export function CopyWords({
  draft,
  live,
  disabled,
  problem,
  onChange,
}: Pick<Props, "draft" | "live" | "disabled"> & { problem: string | null; onChange: Part["onChange"] }) {
  const words = useTranslations("push.copy");
  const field = useRef<HTMLTextAreaElement>(null);
  const { kind, copy } = draft;
  const { filled } = fillCopy(copy, live.values, { at: instant(live.now), zone: DEFAULT_ZONE });
  const { left } = textRoom(kind, { ...copy, text: filled.text });
  const insert = (name: CopyField) => {
    const at = field.current;
    const [from, to] = at ? [at.selectionStart, at.selectionEnd] : [copy.text.length, copy.text.length];
    const chip = `{{${name}}}`;
    onChange({ text: copy.text.slice(0, from) + chip + copy.text.slice(to) });
    requestAnimationFrame(() => {
      at?.focus();
      at?.setSelectionRange(from + chip.length, from + chip.length);
    });
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={words("text")}
        required
        error={problem ?? undefined}
        aside={
          <span
            className={
              left < 0
                ? "text-xs text-air-ink tabular-nums"
                : left < 200
                  ? "text-xs text-wait-ink tabular-nums"
                  : "text-xs text-faint tabular-nums"
            }
          >
            {words(left < 0 ? "bytesOver" : "bytesLeft", { count: count(Math.abs(left)) })}
          </span>
        }
      >
        <Textarea
          ref={field}
          className="min-h-36"
          maxLength={4_000}
          disabled={disabled}
          value={copy.text}
          placeholder={words("placeholder")}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </Field>
      <div role="group" aria-label={words("fields")} className="flex flex-wrap gap-1.5">
        {fieldsOfKind(kind).map((name) => (
          <Chip
            key={name}
            name={name}
            value={live.values[name] ?? null}
            disabled={disabled}
            onInsert={() => insert(name)}
          />
        ))}
      </div>
      <EmptyFields copy={copy} values={live.values} />
    </div>
  );
}

function Chip({
  name,
  value,
  disabled,
  onInsert,
}: {
  name: CopyField;
  value: string | null;
  disabled: boolean;
  onInsert: () => void;
}) {
  const words = useTranslations("push.copy");
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onInsert}
      title={words("insert", { name: words(`field.${name}`) })}
      className="flex max-w-full items-center gap-1.5 rounded-md border border-edge bg-raised px-2 py-0.5 text-xs hover:bg-hover disabled:opacity-45"
    >
      <span>{words(`field.${name}`)}</span>
      <span className={value === null ? "truncate text-wait-ink" : "truncate text-dim"}>
        {value ?? words("noValue")}
      </span>
    </button>
  );
}

/** A name that stands for nothing now refuses the push at its time: that is said while there is time. */
function EmptyFields({ copy, values }: { copy: PushCopy; values: CopyValues }) {
  const words = useTranslations("push.copy");
  const list = useList();
  const empty = fieldsOfCopy(copy).filter((name) => (values[name] ?? null) === null);
  if (empty.length === 0) return null;
  return (
    <p role="status" className="text-xs text-wait-ink">
      {words("emptyFields", { names: list(empty.map((name) => words(`field.${name}`))) })}
    </p>
  );
}

/** Words to think twice about; a person decides. */
function Flagged({ copy: { text, card } }: { copy: PushCopy }) {
  const words = useTranslations("push.copy");
  const rest = card?.kind === "link" ? `${card.title}\n${card.desc}` : card?.kind === "miniprogram" ? card.title : "";
  const hits = complianceHits(`${text}\n${rest}`);
  if (hits.length === 0) return null;
  const byKind = Map.groupBy(hits, ({ kind }) => kind);
  return (
    <div role="status" className="rounded-md border border-wait-edge bg-wait-soft px-3 py-2 text-xs text-wait-ink">
      {[...byKind].map(([kind, found]) => (
        <p key={kind}>
          <b>{[...new Set(found.map(({ word }) => word))].map((word) => `「${word}」`).join("")}</b>{" "}
          {words(`compliance.${kind}`)}
        </p>
      ))}
    </div>
  );
}

const MENTIONS_MAX = 100;

function Mentions({ copy, disabled, onChange }: Part) {
  const words = useTranslations("push.copy");
  const { corpId } = usePushDesk();
  const { value: members } = useMembers(corpId ?? null);
  if (!members || members.length === 0) return null;
  return (
    <Field label={words("mention")}>
      <ManySelect
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
        value={copy.mentionStaffIds}
        max={MENTIONS_MAX}
        placeholder={words("mentionNobody")}
        disabled={disabled}
        onChange={(mentionStaffIds) => onChange({ mentionStaffIds })}
      />
    </Field>
  );
}

function LinkField({ kind, copy, disabled, problem, onChange }: Part & { kind: PushKind; problem: string | null }) {
  const words = useTranslations("push.copy");
  const { link, card } = copy;
  const way = link === "viewer" || link === "none" || link === "report" ? link : "url";
  const known = [
    "viewer" as const,
    ...(card?.kind === "link" ? [] : ["none" as const]),
    ...(kind === "robot" ? ["report" as const] : []),
    "url" as const,
  ];
  const ways = known.map((value) => ({ value, label: words(`linkOf.${value}`) }));
  return (
    <div className="flex flex-col gap-2">
      <span className="text-xs text-dim">{words("link")}</span>
      <Segmented
        label={words("link")}
        value={way}
        onChange={(next) => !disabled && onChange({ link: next === "url" ? "https://" : next })}
        options={ways}
      />
      {way === "url" ? (
        <Field label={words("url")} error={problem ?? undefined} hint={words("urlHint")}>
          <Input
            type="url"
            maxLength={1_500}
            disabled={disabled}
            value={link}
            onChange={(event) => onChange({ link: event.target.value.trim() })}
          />
        </Field>
      ) : (
        <p className="text-xs text-faint">{problem ?? words(`linkHint.${way}`)}</p>
      )}
    </div>
  );
}
