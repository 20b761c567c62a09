"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { EffectsReport, Reason } from "#domain/effects/report.ts";
import { count, percent, yuanRound } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { Callout, EmptyState, ErrorState, SkeletonRows } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { useReview } from "../review-context.tsx";
import { MoneyCells, MoneyRange, OtherMeasures, WordCell } from "./effect-cells.tsx";
import {
  effectLines,
  explainedLines,
  helpedOf,
  reasonOfAll,
  scaleOf,
  togetherOf,
  type EffectLine,
  type ExplainedLine,
  type Scale,
} from "./effects.shape.ts";
import { KindsTable } from "./kinds-table.tsx";
import { useEffectActName } from "./use-effect-words.ts";
import { useEffectsReport, type EffectsState } from "./use-effects-report.ts";

/** What each act did, against what the show's other minutes let expect without it. */
export function EffectsTab() {
  const words = useTranslations("effects");
  const { last } = useReview();
  const effects = useEffectsReport(last);
  if (effects.state === "computing") return <SkeletonRows rows={8} />;
  if (effects.state === "failed") return <ErrorState title={words("state.failed")} />;
  if (effects.state === "notBegun") return <EmptyState title={words("state.notBegun")} />;
  return <Computed effects={effects} />;
}

function Computed({ effects: { report, input } }: { effects: EffectsState & { state: "ready" } }) {
  const words = useTranslations("effects");
  const { last } = useReview();
  const isNarrow = useNarrow();
  const lines = effectLines(input, report);
  const rounds = explainedLines(input, report, slicesOf(last).roundFigures.values());
  const forAll = reasonOfAll(report);
  const scale = scaleOf(lines.map(({ effect }) => effect.measures.paidFen));
  // In the order of time, as the show went.
  const rows = [
    ...lines.map((line) => ({
      at: line.act.at,
      id: line.act.id,
      node: <ActRow line={line} scale={scale} said={forAll} minutes={report.windowMinutes} />,
    })),
    ...rounds.map((line) => ({
      at: line.at,
      id: `${line.productId}:${line.round}`,
      node: <ExplainedRow line={line} mean={report.explained.mean.paidFen} />,
    })),
  ].toSorted((a, b) => a.at - b.at);
  return (
    <section aria-label={words("title")} className="px-4 pb-6 max-md:px-3">
      <About report={report} />
      {forAll ? (
        <div className="pb-2">
          <Callout>{words("forAll", { reason: words(`reason.${forAll}`) })}</Callout>
        </div>
      ) : null}
      {lines.length > 0 && !forAll ? (
        <>
          <KindsTable report={report} />
          <SingleActs report={report} />
        </>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState compact title={words("none")} text={words("noneText")} />
      ) : (
        <Table label={words("title")}>
          <Head>
            <Th>{words("column.word")}</Th>
            <Th>{words("column.act")}</Th>
            {isNarrow ? null : (
              <>
                <Th>{words("column.at")}</Th>
                <Th>{words("column.effect", { minutes: report.windowMinutes })}</Th>
                <Th className="w-[22%]">{words("column.range")}</Th>
                <Th>{words("column.more")}</Th>
              </>
            )}
          </Head>
          <tbody>
            {rows.map(({ id, at, node }) => (
              <GoRow key={id} at={at}>
                {node}
              </GoRow>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

/** The method in two sentences, and what there was to compare with. */
function About({ report }: { report: EffectsReport }) {
  const words = useTranslations("effects");
  const { comparable } = report;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pt-3 pb-2">
      <h2 className="text-sm font-semibold">{words("title")}</h2>
      <div className="max-w-[88ch] min-w-0 flex-1 text-xs text-dim max-md:basis-full">
        {words("method")}
        <details className="inline-block align-top">
          <summary className="ml-1 cursor-pointer text-act-ink">{words("more")}</summary>
          <span className="block max-w-[88ch] pt-1 whitespace-pre-line">{words("limits")}</span>
        </details>
      </div>
      <p className="text-xs text-faint">
        {words("comparable", { minutes: count(Math.round(comparable.minutes)), windows: count(comparable.windows) })}
      </p>
    </div>
  );
}

/** Above the single acts: how many 有效 chance alone gives, and how often a true effect is seen at all. */
function SingleActs({ report }: { report: EffectsReport }) {
  const words = useTranslations("effects");
  return (
    <div className="pb-1">
      <h3 className="text-sm font-semibold">{words("actsTitle")}</h3>
      {report.byChance > 0 ? (
        <p className="text-xs text-dim">
          {words("chance", { helped: helpedOf(report), count: report.byChance.toFixed(1) })}
        </p>
      ) : null}
      <p className="text-xs text-dim">{words("power")}</p>
    </div>
  );
}

function GoRow({ at, children }: { at: number; children: ReactNode }) {
  const { seek } = useReview();
  return (
    <Tr className="cursor-pointer" onClick={() => seek(at)} data-at={at}>
      {children}
    </Tr>
  );
}

/** The name takes the focus, so that the keyboard goes to the second too. */
function Name({ at, name }: { at: number; name: string }) {
  const { seek } = useReview();
  return (
    <button
      type="button"
      title={name}
      className="block max-w-[38ch] truncate text-left hover:underline max-md:py-1 max-md:whitespace-normal"
      onClick={(event) => {
        event.stopPropagation();
        seek(at);
      }}
    >
      {name}
    </button>
  );
}

type ActRowProps = { line: EffectLine; scale: Scale; said: Reason | undefined; minutes: number };

/** On a phone everything stands below the act's name: its figures are what one has come for. */
function ActRow({ line: { act, effect, beside }, scale, said, minutes }: ActRowProps) {
  const words = useTranslations("effects");
  const list = useList();
  const { last } = useReview();
  const isNarrow = useNarrow();
  const nameOf = useEffectActName(last);
  const together = togetherOf(effect);
  const reasons = effect.reasons
    .filter((reason) => reason !== "withinChance" && reason !== said)
    .map((reason) => words(`reason.${reason}`));
  const more = (
    <>
      <OtherMeasures orders={effect.measures.orders} online={effect.measures.online} />
      {reasons.length > 0 ? <span className="block text-xs text-wait-ink">{reasons.join(";")}</span> : null}
      {together ? (
        <span className="block text-xs text-dim">{words("together", { word: words(`word.${together}`) })}</span>
      ) : null}
    </>
  );
  return (
    <>
      <WordCell word={effect.word} headline={effect.headline} />
      <Td>
        <Name at={act.at} name={nameOf(act)} />
        {beside.length > 0 ? (
          <span
            className="block max-w-[42ch] truncate text-xs text-faint max-md:whitespace-normal"
            title={list(beside.map(({ act: other }) => nameOf(other)))}
          >
            {words("overlaps", {
              names: list(beside.map(({ act: other, minutes }) => words("overlap", { name: nameOf(other), minutes }))),
            })}
          </span>
        ) : null}
        {isNarrow ? (
          <div className="pb-1.5">
            <span className="block text-xs text-dim">{words("phoneAt", { time: clockTime(act.at), minutes })}</span>
            <MoneyRange money={effect.measures.paidFen} />
            {more}
          </div>
        ) : null}
      </Td>
      {isNarrow ? null : (
        <>
          <Td className="tabular-nums">{clockTime(act.at)}</Td>
          <MoneyCells money={effect.measures.paidFen} scale={scale} />
          <Td>{more}</Td>
        </>
      )}
    </>
  );
}

function ExplainedRow({
  line: { productId, round, at, paidFen, againstMean },
  mean,
}: {
  line: ExplainedLine;
  mean: number;
}) {
  const words = useTranslations("effects.explained");
  const { last } = useReview();
  const isNarrow = useNarrow();
  const product = slicesOf(last).products.get(productId);
  const value = (
    <>
      {words("value", { value: yuanRound(paidFen) })}{" "}
      <span className="text-dim">
        {words("meanIs", { value: yuanRound(mean) })}
        {againstMean === null ? "" : ` · ${againstMean >= 0 ? "+" : "−"}${percent(Math.abs(againstMean), 0)}`}
      </span>
    </>
  );
  return (
    <>
      <Td className="max-md:pt-1.5 max-md:align-top">
        <Tooltip text={words("note")}>
          <button
            type="button"
            className="text-left text-xs text-faint underline max-md:w-20 md:whitespace-nowrap decoration-dotted underline-offset-2"
            onClick={(event) => event.stopPropagation()}
          >
            {words("noWord")}
          </button>
        </Tooltip>
      </Td>
      <Td>
        <Name at={at} name={words("act", { link: product?.linkNo ?? "?", name: product?.name ?? "", round })} />
        {isNarrow ? (
          <div className="pb-1.5 text-xs">
            <span className="text-dim">{clockTime(at)}</span> {value}
          </div>
        ) : null}
      </Td>
      {isNarrow ? null : (
        <>
          <Td className="tabular-nums">{clockTime(at)}</Td>
          <Td className="tabular-nums" colSpan={3}>
            {value}
          </Td>
        </>
      )}
    </>
  );
}
