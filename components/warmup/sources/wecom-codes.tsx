"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Source } from "#domain/source/state.ts";
import { count } from "../../format/money.ts";
import { useBusy } from "../../live/desk.tsx";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { Section } from "../../plan/section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Callout, EmptyState, SkeletonRows } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import type { Code } from "../../wecom/codes/code-data.ts";
import { useWecomCodes } from "./wecom-code-list.ts";

type Props = { sources: ReadonlyMap<string, Source>; mayPlan: boolean };

/** Codes that lead into a group or to a member, beside the sources that they count for. */
export function WecomCodes({ sources, mayPlan }: Props) {
  const words = useTranslations("warmupPlan.sources.codes");
  const ui = useTranslations("ui");
  const { codes, state, failure, again } = useWecomCodes();
  const explain = useFailure();
  return (
    <Section
      title={words("heading")}
      hint={words("hint")}
      aside={
        state === "denied" ? null : (
          <Button asChild size="sm" look="ghost">
            <Link href="/wecom/codes">{words("open")}</Link>
          </Button>
        )
      }
    >
      {state === "denied" ? <Callout>{words("notYours")}</Callout> : null}
      {state === "failed" && failure ? (
        <Callout
          tone="wait"
          actions={
            <Button size="sm" onClick={again}>
              {ui("retry")}
            </Button>
          }
        >
          {words("loadFailed", { reason: explain(failure) })}
        </Callout>
      ) : null}
      {state === "loading" ? <SkeletonRows rows={2} /> : null}
      {(state === "there" || state === "noCompany") && codes.length === 0 ? (
        <EmptyState
          compact
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={
            <Button asChild size="sm">
              <Link href="/wecom/codes">{words("toCodes")}</Link>
            </Button>
          }
        />
      ) : null}
      {codes.length === 0 ? null : <CodeRows codes={codes} sources={sources} mayPlan={mayPlan} />}
    </Section>
  );
}

function CodeRows({ codes, sources, mayPlan }: Props & { codes: readonly Code[] }) {
  const words = useTranslations("warmupPlan.sources.codes");
  const kinds = useTranslations("wecomDesk.codes.kind");
  const ofCode = (id: string) => [...sources.values()].filter(({ wecomCodeId }) => wecomCodeId === id);
  return (
    <WideTable label={words("heading")}>
      <Head>
        <Th>{words("name")}</Th>
        <Th className="w-24">{words("kind")}</Th>
        <Th numeric className="w-24">
          {words("joins")}
        </Th>
        <Th numeric className="w-24">
          {words("leaves")}
        </Th>
        <Th numeric className="w-24">
          {words("orders")}
        </Th>
        <Th className="w-72">{words("source")}</Th>
      </Head>
      <tbody>
        {codes.map((code) => {
          const mine = ofCode(code.id);
          return (
            <Tr key={code.id}>
              <Td className="max-w-0 truncate font-medium" title={code.name}>
                {code.name}
              </Td>
              <Td className="text-dim">{kinds(code.kind)}</Td>
              <Td numeric>{count(code.figures.joins)}</Td>
              <Td numeric>{count(code.figures.leaves)}</Td>
              <Td numeric>{count(code.figures.orders)}</Td>
              <Td>
                {mine.length > 0 ? (
                  <span className="flex flex-wrap gap-1">
                    {mine.map(({ sourceId, name }) => (
                      <Tag key={sourceId} shape={false}>
                        {name}
                      </Tag>
                    ))}
                  </span>
                ) : (
                  <Make code={code} disabled={!mayPlan} />
                )}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}

function Make({ code: { id, name, kind }, disabled }: { code: Code; disabled: boolean }) {
  const words = useTranslations("warmupPlan.sources.codes");
  const deed = useDeed();
  const key = `source:ofCode:${id}`;
  const busy = useBusy(key);
  const make = async () => {
    // A group's code brings into groups; a member's counts for the members.
    const plan = { kind: kind === "group" ? "group" : "staff", name: Array.from(name).slice(0, 40).join("") } as const;
    if (wasDone(await deed(key, "source.plan", { ...plan, wecomCodeId: id })))
      notify({ tone: "sure", title: words("made", { name }) });
  };
  return (
    <Button
      size="sm"
      look="ghost"
      disabled={disabled}
      busy={busy}
      aria-label={words("makeOf", { name })}
      onClick={() => void make()}
    >
      {words("make")}
    </Button>
  );
}
