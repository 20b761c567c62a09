"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PushAudience } from "#domain/push/shapes.ts";
import { count } from "../../format/money.ts";
import { useList } from "../../ui/use-list.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { PURPOSES } from "../../wecom/groups/group-data.ts";
import { LeadOn, NotConnected } from "../not-connected.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { RobotsUnread } from "../robots-unread.tsx";
import { usePushNames } from "../push-names.ts";
import type { PushDraft } from "./draft.ts";
import { GroupPicker, NoGroups } from "./group-picker.tsx";
import { useContactTags, useGroupWords, useMembers } from "./load-choices.ts";
import { ManySelect } from "./many-select.tsx";
import { ReachedLine } from "./reached-line.tsx";

type Props = {
  draft: PushDraft;
  disabled: boolean;
  problem: string | null;
  onChange: (part: Partial<PushDraft>) => void;
};
type Part = {
  corpId: string;
  audience: PushAudience;
  disabled: boolean;
  onChange: (part: Partial<PushAudience>) => void;
};

/** Who is to be reached, and what that comes to. */
export function AudienceField({ draft, disabled, problem, onChange }: Props) {
  const words = useTranslations("push.audience");
  const { corpId } = usePushDesk();
  const { kind, audience } = draft;
  const change = (part: Partial<PushAudience>) => onChange({ audience: { ...audience, ...part } });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-xs text-dim">
        {words("label")}
        <span aria-hidden className="text-air-ink">
          {" "}
          *
        </span>
      </legend>
      {corpId ? (
        <>
          {kind === "groups" || kind === "forward" ? (
            <ByGroups corpId={corpId} audience={audience} disabled={disabled} onChange={change} />
          ) : null}
          {kind === "customers" ? (
            <ByCustomers corpId={corpId} audience={audience} disabled={disabled} onChange={change} />
          ) : null}
          {kind === "forward" ? (
            <Forwarders corpId={corpId} audience={audience} disabled={disabled} onChange={change} />
          ) : null}
          {kind === "robot" || kind === "forward" ? (
            <Robots
              audience={audience}
              disabled={disabled}
              label={words(kind === "robot" ? "robots" : "tellBy")}
              onChange={change}
            />
          ) : null}
          {kind === "robot" ? null : <ReachedLine corpId={corpId} kind={kind} audience={audience} />}
        </>
      ) : (
        <NotConnected />
      )}
      {problem ? (
        <p role="alert" className="text-xs text-air-ink">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

function ByGroups({ corpId, audience, disabled, onChange }: Part) {
  const words = useTranslations("push.audience");
  const list = useList();
  const nameOf = usePushNames();
  const { value: known } = useGroupWords(corpId);
  const [picking, setPicking] = useState(false);
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map());
  if (known && known.owners.length === 0) return <NoGroups />;
  const hint = (groups: number) => words("groupsOf", { count: count(groups) });
  const choices = (rows: readonly { word: string | null; name: string | null; groups: number }[]) =>
    rows.flatMap(({ word, name, groups }) =>
      word === null ? [] : [{ value: word, label: name ?? word, hint: hint(groups) }],
    );
  const purposes = choices(known?.purposes ?? []).map((one) => ({ ...one, label: purposeName(one.value, words) }));
  const first = audience.groupIds.slice(0, 3).map((id) => picked.get(id) || nameOf(id));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={words("owners")}>
          <ManySelect
            options={choices(known?.owners ?? [])}
            value={audience.ownerIds}
            max={300}
            placeholder={words("anyOwner")}
            disabled={disabled}
            onChange={(ownerIds) => onChange({ ownerIds })}
          />
        </Field>
        <Field label={words("purposes")}>
          <ManySelect
            options={purposes}
            value={audience.purposes}
            max={20}
            placeholder={words("anyPurpose")}
            disabled={disabled}
            onChange={(chosen) => onChange({ purposes: chosen })}
          />
        </Field>
        <Field label={words("tags")}>
          <ManySelect
            options={choices(known?.tags ?? [])}
            value={audience.tags}
            max={50}
            placeholder={words("anyTag")}
            disabled={disabled}
            onChange={(tags) => onChange({ tags })}
          />
        </Field>
      </div>
      <p className="-mt-1.5 text-xs text-faint">{words("narrowHint")}</p>
      <div className="flex min-w-0 items-center gap-3">
        <Button size="sm" disabled={disabled} onClick={() => setPicking(true)}>
          {words("pickGroups")}
        </Button>
        <span className="min-w-0 truncate text-xs text-dim" title={list(first)}>
          {audience.groupIds.length === 0
            ? words("noNamedGroups")
            : words("namedGroups", { count: count(audience.groupIds.length), names: list(first) })}
        </span>
      </div>
      {picking ? (
        <GroupPicker
          corpId={corpId}
          value={audience.groupIds}
          onClose={() => setPicking(false)}
          onDone={(groupIds, names) => {
            setPicking(false);
            setPicked(new Map([...picked, ...names]));
            onChange({ groupIds });
          }}
        />
      ) : null}
    </>
  );
}

type AudienceWords = ReturnType<typeof useTranslations<"push.audience">>;
function purposeName(purpose: string, words: AudienceWords): string {
  const known = PURPOSES.find((one) => one === purpose);
  return known ? words(`purpose.${known}`) : purpose;
}

function ByCustomers({ corpId, audience, disabled, onChange }: Part) {
  const words = useTranslations("push.audience");
  const { value: members } = useMembers(corpId);
  const { value: tags } = useContactTags(corpId);
  const staff = (members ?? []).map(({ id, name, customers }) => ({
    value: id,
    label: name,
    hint: customers === null ? undefined : words("customersOf", { count: count(customers) }),
  }));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={words("ofStaff")}>
          <ManySelect
            options={staff}
            value={audience.ownerIds}
            max={300}
            placeholder={words("anyStaff")}
            disabled={disabled}
            onChange={(ownerIds) => onChange({ ownerIds })}
          />
        </Field>
        <Field label={words("contactTags")}>
          <ManySelect
            options={(tags?.tags ?? []).map(({ tagId, name, groupName }) => ({
              value: tagId,
              label: name,
              hint: groupName,
            }))}
            value={audience.contactTagIds}
            max={100}
            placeholder={words("anyTag")}
            disabled={disabled}
            onChange={(contactTagIds) => onChange({ contactTagIds })}
          />
        </Field>
      </div>
      <p className="-mt-1.5 text-xs text-faint">{words("customersHint")}</p>
    </>
  );
}

function Forwarders({ corpId, audience, disabled, onChange }: Part) {
  const words = useTranslations("push.audience");
  const { value: members } = useMembers(corpId);
  return (
    <Field label={words("forwarders")} hint={words("forwardersHint")}>
      <ManySelect
        options={(members ?? []).map(({ id, name, groups }) => ({
          value: id,
          label: name,
          hint: words("groupsOf", { count: count(groups) }),
        }))}
        value={audience.staffIds}
        max={300}
        placeholder={words("allOwners")}
        disabled={disabled}
        onChange={(staffIds) => onChange({ staffIds })}
      />
    </Field>
  );
}

function Robots({ audience, disabled, label, onChange }: Omit<Part, "corpId"> & { label: string }) {
  const words = useTranslations("push.audience");
  const { robots, unread } = usePushDesk();
  const { robotIds } = audience;
  if (unread) return <RobotsUnread unread={unread} />;
  if (robots.length === 0) {
    return <LeadOn text={words("noRobots")} action={words("toRobots")} />;
  }
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs text-dim">{label}</legend>
      {robots.map(({ id, name, groupName }) => (
        <Checkbox
          key={id}
          checked={robotIds.includes(id)}
          disabled={disabled}
          onChange={(on) => onChange({ robotIds: on ? [...robotIds, id] : robotIds.filter((other) => other !== id) })}
          label={groupName}
          hint={name}
        />
      ))}
    </fieldset>
  );
}
