"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { METHOD_CATALOGUE, type MethodEntry, type MethodWords } from "#domain/method/catalogue.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useDeed } from "../../live/use-deed.ts";
import { Section } from "../../plan/section.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { SOURCE_PLANNERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { useMethods } from "../plan-words.ts";
import { H5Tag } from "./h5-tag.tsx";
import { MethodDrawer } from "./method-drawer.tsx";
import { MethodCards } from "./method-cards.tsx";
import { MethodTable } from "./method-table.tsx";
import { ranked } from "./ranked.shape.ts";

/** 裂变 methods laid out, scored and chosen before the launch. */
export function MethodsTab() {
  const words = useTranslations("warmupPlan.methods");
  const methods = useMethods();
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  const { thing, open } = useWarmupPlace();
  const Listed = useNarrow() ? MethodCards : MethodTable;
  const [adding, setAdding] = useState(false);
  const rows = useMemo(() => ranked([...methods.values()]), [methods]);
  const chosen = rows.filter(({ method }) => method.chosen).length;
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col gap-6 px-6 pt-4 pb-24 max-sm:px-3">
      <Section
        title={<span className="whitespace-nowrap">{words("heading")}</span>}
        hint={<span className="max-sm:hidden">{words("behaviour")}</span>}
        aside={
          <>
            {chosen === 0 ? null : <span className="text-xs text-dim">{words("chosenCount", { count: chosen })}</span>}
            <Button size="sm" disabled={!mayPlan} onClick={() => setAdding(true)}>
              <Icon name="plus" size={13} />
              {words("add")}
            </Button>
          </>
        }
      >
        {rows.length === 0 ? (
          <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
        ) : (
          <Listed rows={rows} mayPlan={mayPlan} onOpen={(methodId) => open("methods", methodId)} />
        )}
      </Section>
      <Catalogue mayPlan={mayPlan} />
      {adding ? <MethodDrawer methodId={null} onClose={() => setAdding(false)} /> : null}
      {thing !== null && methods.has(thing) ? (
        <MethodDrawer key={thing} methodId={thing} onClose={() => open("methods")} />
      ) : null}
    </div>
  );
}

const wordsOf = (entry: MethodEntry, readsChinese: boolean): MethodWords => (readsChinese ? entry : entry.en);

function Catalogue({ mayPlan }: { mayPlan: boolean }) {
  const words = useTranslations("warmupPlan.methods");
  const methods = useSession((show) => show.methods);
  const readsChinese = useLocale() === "zh-CN";
  const there = new Set([...methods.values()].map(({ kind }) => kind));
  return (
    <Section title={words("catalogue")} hint={words("catalogueHint")}>
      <ul className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {METHOD_CATALOGUE.map((entry) => (
          <EntryCard
            key={entry.kind}
            entry={entry}
            said={wordsOf(entry, readsChinese)}
            isThere={there.has(entry.kind)}
            disabled={!mayPlan}
          />
        ))}
      </ul>
    </Section>
  );
}

type EntryProps = { entry: MethodEntry; said: MethodWords; isThere: boolean; disabled: boolean };

function EntryCard({ entry: { kind, h5, steps }, said, isThere, disabled }: EntryProps) {
  const words = useTranslations("warmupPlan.methods");
  const deed = useDeed();
  const key = `method:${kind}`;
  const busy = useBusy(key);
  const { title, motive, ability, trigger } = said;
  return (
    <li className="flex items-start gap-3 rounded-md border bg-raised px-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">{title}</p>
        <p className="text-xs text-dim first-letter:uppercase">
          {motive} · {trigger} · {words("stepsOf", { count: steps })}
        </p>
        <div className="pt-1">
          <H5Tag h5={h5} />
        </div>
      </div>
      <Button
        size="sm"
        aria-label={isThere ? undefined : words("includeOf", { title })}
        disabled={disabled || isThere}
        busy={busy}
        onClick={() => void deed(key, "method.add", { kind, title, motive, ability, trigger })}
      >
        {words(isThere ? "included" : "include")}
      </Button>
    </li>
  );
}
