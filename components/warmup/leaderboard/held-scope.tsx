"use client";
import { useTranslations } from "next-intl";
import type { CommandInput } from "#domain/ops/index.ts";
import { HELD_KINDS, type HeldKind } from "#domain/warmup/invites.ts";
import { count } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Select } from "../../ui/select.tsx";
import type { Held } from "../warmup-data.ts";

/** What a decision is about: the rows that were picked (`null`), or all that are held for one thing, or brought by one person. */
export type HeldScope = CommandInput<"invite.decideHeld">["filter"] | null;

type Option = { readonly value: string; readonly label: string; readonly scope: HeldScope };
const PICKED = "picked";

/** As many people as the list shows several of. */
const INVITERS_MAX = 10;

function useScopes(shown: readonly Held[]): readonly Option[] {
  const words = useTranslations("invites");
  const heldFor = useSession((show) => show.invites.heldFor);
  const kindWords = (kind: HeldKind) => (kind === "newUnknown" ? words(kind) : words(`suspicion.${kind}`));
  const kinds = HELD_KINDS.filter((kind) => heldFor[kind] > 0).map((kind): Option => {
    const label = words("held.scopeKind", { kind: kindWords(kind), count: count(heldFor[kind]) });
    return { value: `kind:${kind}`, label, scope: { kind } };
  });
  const byInviter = [...Map.groupBy(shown, ({ invite }) => invite.inviterId)].filter(([, rows]) => rows.length > 1);
  const inviters = byInviter
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, INVITERS_MAX)
    .flatMap(([inviterId, [first]]): Option[] => {
      if (inviterId === null || !first) return [];
      const inviter = first.invite.inviterName ?? words("unnamedOf", { n: first.invite.inviterN });
      return [{ value: `by:${inviterId}`, label: words("held.scopeInviter", { inviter }), scope: { inviterId } }];
    });
  return [{ value: PICKED, label: words("held.scopePicked"), scope: null }, ...kinds, ...inviters];
}

/** The choice, and what it is called; what was chosen and is gone by now is the picked rows again. */
export function useHeldScope(shown: readonly Held[], value: string) {
  const options = useScopes(shown);
  return { options, chosen: options.find((option) => option.value === value) ?? options[0] };
}

export function HeldScopeField({
  options,
  value,
  onChange,
}: {
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
}) {
  const words = useTranslations("invites.held");
  return (
    <Select
      size="sm"
      className="w-52 max-sm:w-40"
      aria-label={words("scope")}
      options={options.map(({ value: own, label }) => ({ value: own, label }))}
      value={value}
      onChange={onChange}
    />
  );
}
