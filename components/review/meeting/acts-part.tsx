"use client";
import { useTranslations } from "next-intl";
import { clockTime } from "../../format/time.ts";
import { Skeleton } from "../../ui/states.tsx";
import { MoneyRange, OtherMeasures, WordTag } from "../effects/effect-cells.tsx";
import { askedFirst, effectLines, reasonOfAll, type EffectLine } from "../effects/effects.shape.ts";
import { useEffectActName } from "../effects/use-effect-words.ts";
import { useEffectsReport, type EffectsState } from "../effects/use-effects-report.ts";
import { useReview } from "../review-context.tsx";
import { Part } from "./meeting-table.tsx";

/** More can't be talked about on one page. */
const ACTS_MAX = 5;

/** "Did that lottery help?": the word of each act, with what it may have brought. */
export function ActsPart() {
  const words = useTranslations("meeting.acts");
  const { last } = useReview();
  const effects = useEffectsReport(last);
  if (effects.state === "notBegun") return null;
  return (
    <Part title={words("title")}>
      {effects.state === "ready" ? (
        <Acts effects={effects} />
      ) : effects.state === "failed" ? (
        <p className="text-wait-ink">{words("failed")}</p>
      ) : (
        <div aria-busy aria-label={words("computing")}>
          <Skeleton className="h-32" />
        </div>
      )}
    </Part>
  );
}

function Acts({ effects: { report, input } }: { effects: EffectsState & { state: "ready" } }) {
  const words = useTranslations("meeting.acts");
  const effects = useTranslations("effects");
  const lines = effectLines(input, report);
  if (lines.length === 0) return <p className="text-faint">{words("none")}</p>;
  const forAll = reasonOfAll(report);
  if (forAll) return <p className="text-dim">{words("cannot", { reason: effects(`reason.${forAll}`) })}</p>;
  const rest = lines.length - ACTS_MAX;
  return (
    <>
      <ul className="flex flex-col">
        {askedFirst(lines, ACTS_MAX).map((line) => (
          <Act key={line.act.id} line={line} />
        ))}
      </ul>
      <p className="text-[0.75em] text-faint">
        {words("note")} {rest > 0 ? words("more", { count: rest }) : null}
      </p>
    </>
  );
}

function Act({ line: { act, effect } }: { line: EffectLine }) {
  const words = useTranslations("effects");
  const { last } = useReview();
  const nameOf = useEffectActName(last);
  const { paidFen, orders, online } = effect.measures;
  const reasons = effect.reasons.filter((reason) => reason !== "withinChance").map((each) => words(`reason.${each}`));
  return (
    <li className="flex flex-col border-b py-[0.35em]">
      <span className="flex min-w-0 items-center gap-[0.6em]">
        <span className="text-dim tabular-nums">{clockTime(act.at)}</span>
        <span className="min-w-0 flex-1 truncate" title={nameOf(act)}>
          {nameOf(act)}
        </span>
        <WordTag word={effect.word} />
      </span>
      <span className="text-[0.8em]">
        {paidFen ? <MoneyRange money={paidFen} /> : <span className="text-dim">{reasons.join(";")}</span>}
      </span>
      {effect.headline === "online" ? <OtherMeasures orders={orders} online={online} /> : null}
    </li>
  );
}
