"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import { request, type Reply } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { IconButton } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { loadGroups, noFilter } from "../groups/group-data.ts";
import type { CodeKind, Picked } from "./code-data.ts";

const TYPING_MS = 250;
/** More than fit in the box; beyond it a person types. */
const FOUND_MAX = 50;

const Members = z.object({
  members: z.array(z.object({ id: z.string(), name: z.string(), groups: z.number() })),
});

/** `people`: in the group. */
type Candidate = Picked & { readonly people: number | null };

async function search(
  corpId: string,
  kind: CodeKind,
  of: { q: string; signal: AbortSignal },
): Promise<Reply<readonly Candidate[]>> {
  if (kind === "group") {
    const reply = await loadGroups({ ...noFilter(corpId), q: of.q }, null, of.signal);
    if (!reply.ok) return reply;
    return { ok: true, value: reply.value.groups.map(({ id, name, size }) => ({ id, name, people: size })) };
  }
  const wishes = new URLSearchParams({ corp: corpId, limit: String(FOUND_MAX), ...(of.q === "" ? {} : { q: of.q }) });
  const reply = await request(`/api/v1/wecom/members?${wishes}`, { shape: Members, signal: of.signal });
  if (!reply.ok) return reply;
  return { ok: true, value: reply.value.members.map(({ id, name }) => ({ id, name, people: null })) };
}

type Props = {
  corpId: string;
  kind: CodeKind;
  chosen: readonly Picked[];
  max: number;
  onChange: (chosen: readonly Picked[]) => void;
};

/** Groups or colleagues of thousands, found by name. The order is the order in which they are filled. */
export function TargetPicker({ corpId, kind, chosen, max, onChange }: Props) {
  const words = useTranslations("wecomDesk.codes");
  const explain = useFailure();
  const unnamed = useTranslations("wecomDesk.groups")("unnamed");
  const [text, setText] = useState("");
  const [q, setQ] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useLoaded(`targets ${kind} ${corpId} ${q}`, (signal) => search(corpId, kind, { q, signal }));
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const left = (found.value ?? []).filter(({ id }) => !chosenIds.has(id)).slice(0, FOUND_MAX);
  const isFull = chosen.length >= max;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={words(kind === "group" ? "targetGroups" : "targetMembers")}
        hint={words(kind === "group" ? "targetGroupsHint" : "targetMembersHint", { max })}
        required
      >
        <Input
          value={text}
          maxLength={40}
          placeholder={words(kind === "group" ? "searchGroups" : "searchMembers")}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {chosen.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5" aria-label={words("chosen")}>
          {chosen.map(({ id, name }) => (
            <li key={id} className="flex max-w-full items-center gap-1 rounded-sm bg-[#1f2937] pl-2 text-sm">
              <span className="max-w-56 truncate">{name === "" ? unnamed : name}</span>
              <IconButton
                size="iconSm"
                label={words("unchoose", { name })}
                onClick={() => onChange(chosen.filter((one) => one.id !== id))}
              >
                <Icon name="close" size={12} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <ul className="max-h-44 overflow-y-auto rounded-md border" aria-label={words("found")}>
        {found.failure ? <li className="px-3 py-2 text-xs text-air-ink">{explain(found.failure)}</li> : null}
        {found.value && left.length === 0 ? (
          <li className="px-3 py-2 text-xs text-faint">{words("nothingFound")}</li>
        ) : null}
        {left.map(({ id, name, people }) => (
          <li key={id}>
            <button
              type="button"
              disabled={isFull}
              onClick={() => onChange([...chosen, { id, name }])}
              className="flex h-8 w-full items-center justify-between gap-3 px-3 text-left text-sm -outline-offset-2 hover:bg-hover disabled:opacity-45"
            >
              <span className="truncate">{name === "" ? unnamed : name}</span>
              {people === null ? null : (
                <span className="text-xs text-faint tabular-nums">{words("peopleIn", { count: people })}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
