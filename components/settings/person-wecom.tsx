"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { dayTime } from "../format/time.ts";
import { AnyAnswer, request } from "../http/request.ts";
import { useLoaded, type Loaded } from "../http/use-loaded.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Field } from "../ui/field.tsx";
import { Callout } from "../ui/states.tsx";

const WecomMember = z.object({
  memberId: z.string(),
  corpName: z.string(),
  name: z.string(),
  personId: z.nullable(z.string()),
  askedAt: z.nullable(z.number()),
});
export type WecomMember = z.infer<typeof WecomMember>;
const Mapped = z.object({ members: z.array(WecomMember) });
export type MappedMembers = Loaded<z.infer<typeof Mapped>>;
const Choices = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Who of WeCom is whom here, and who asked to be. */
export const useMappedMembers = (): MappedMembers =>
  useLoaded("people/wecom", (signal) => request("/api/v1/people/wecom", { shape: Mapped, signal }));

export const namesOf = ({ value }: MappedMembers, personId: string): readonly string[] =>
  (value?.members ?? []).flatMap((member) => (member.personId === personId ? [member.name] : []));

/** Those who stood at the door: somebody has to say who they are. */
export function WecomAskers({ mapped }: { mapped: MappedMembers }) {
  const words = useTranslations("wecomSignIn");
  const askers = (mapped.value?.members ?? []).filter(({ personId }) => personId === null);
  if (askers.length === 0) return null;
  return (
    <div className="pb-3">
      <Callout tone="wait">
        <strong className="block">{words("askersTitle")}</strong>
        <ul>
          {askers.map(({ memberId, name, corpName, askedAt }) => (
            <li key={memberId}>
              {name} · {corpName}
              {askedAt === null ? null : ` · ${words("askedAt", { at: dayTime(askedAt) })}`}
            </li>
          ))}
        </ul>
        {words("askersHint")}
      </Callout>
    </div>
  );
}

type Props = { readonly personId: string; readonly hasAccount: boolean; readonly mapped: MappedMembers };

/** Acts at once, unlike the rest of the drawer: it is no field of the person. */
export function PersonWecom({ personId, hasAccount, mapped }: Props) {
  const words = useTranslations("wecomSignIn");
  const explain = useFailure();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choices = useLoaded("wecom/members", (signal) =>
    request("/api/v1/wecom/members?limit=500&all=true", { shape: Choices, signal }),
  );
  const known = mapped.value?.members ?? [];
  const own = known.filter((member) => member.personId === personId);
  const taken = new Set(known.flatMap((member) => (member.personId === null ? [] : [member.memberId])));
  const named = (choices.value?.members ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const asked = known.flatMap(({ memberId, name, personId: of, askedAt }) =>
    of === null && askedAt !== null
      ? [{ value: memberId, label: name, hint: words("askedAt", { at: dayTime(askedAt) }) }]
      : [],
  );
  const askedIds = new Set(asked.map(({ value }) => value));
  const options = [...asked, ...named.filter(({ value }) => !taken.has(value) && !askedIds.has(value))];
  const act = async (path: string, method: "PUT" | "DELETE", body?: object) => {
    setBusy(true);
    setProblem(null);
    const reply = await request(`/api/v1/people/${personId}/wecom${path}`, { method, body, shape: AnyAnswer });
    setBusy(false);
    if (!reply.ok) setProblem(explain(reply.failure));
    mapped.reload();
  };
  return (
    <div className="flex flex-col gap-2">
      {problem ? <Callout tone="air">{problem}</Callout> : null}
      {own.map(({ memberId, name, corpName }) => (
        <p key={memberId} className="flex items-center gap-3 text-sm">
          <span className="min-w-0 flex-1 truncate">
            {name} <span className="text-dim">{corpName}</span>
          </span>
          <Button
            size="sm"
            busy={busy}
            aria-label={words("unmapOf", { name })}
            onClick={() => void act(`/${encodeURIComponent(memberId)}`, "DELETE")}
          >
            {words("unmap")}
          </Button>
        </p>
      ))}
      <Field label={words("field")} hint={hintOf(hasAccount, options.length > 0, words)}>
        <Combobox
          options={options}
          value={null}
          label={words("field")}
          placeholder={words("choose")}
          disabled={busy || !hasAccount || options.length === 0}
          onChange={(memberId) => void (memberId !== null && act("", "PUT", { memberId }))}
        />
      </Field>
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<"wecomSignIn">>;
const hintOf = (hasAccount: boolean, hasChoices: boolean, words: Words): string =>
  words(hasAccount ? (hasChoices ? "fieldHint" : "noMembers") : "needAccount");
