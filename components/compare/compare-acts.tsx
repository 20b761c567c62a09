"use client";
import { useTranslations } from "next-intl";
import { COURSE_LEFT_PX, COURSE_RIGHT_PX } from "../charts/course-sizes.ts";
import { showTime } from "../format/time.ts";
import type { ReviewAct } from "../review/act-steps.ts";
import { useReviewActs } from "../review/acts.ts";
import { ToneShape, type Tone } from "../ui/tag.tsx";
import { lookOf } from "./line-looks.ts";
import type { ComparedShow } from "./load-compare.ts";

type Shown = { readonly show: ComparedShow; readonly index: number };

/** What is laid under the lines: acts that may have moved them. Cues go with the explaining, marks are of one show alone. */
const KINDS: ReadonlySet<ReviewAct["kind"]> = new Set(["explain", "coupon", "lottery", "shelf", "show"]);
const SHAPES: { readonly [K in ReviewAct["kind"]]?: Tone } = {
  explain: "sure",
  coupon: "wait",
  lottery: "public",
  shelf: "act",
  show: "air",
};
const MINUTE_MS = 60_000;

/** A row of ticks for each show, on the axis of the lines above. */
export function ActsRows({ shown, minutes }: { shown: readonly Shown[]; minutes: number }) {
  const words = useTranslations("compare");
  return (
    <section aria-label={words("acts")} className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-4 text-xs text-faint">
        {words("acts")}
        {(["explain", "coupon", "lottery", "shelf", "show"] as const).map((kind) => (
          <span key={kind} className="flex items-center gap-1">
            <Mark kind={kind} />
            {words(`act.${kind}`)}
          </span>
        ))}
      </p>
      <div>
        {shown.map(({ show, index }) => (
          <ActsRow key={show.id} show={show} index={index} minutes={minutes} />
        ))}
      </div>
    </section>
  );
}

const MARK_INK: Readonly<Record<Tone, string>> = {
  plain: "text-dim",
  air: "text-air-ink",
  wait: "text-wait-ink",
  sure: "text-sure-ink",
  private: "text-private-ink",
  public: "text-public-ink",
  act: "text-act-ink",
};

function Mark({ kind }: { kind: ReviewAct["kind"] }) {
  const tone = SHAPES[kind] ?? "plain";
  return (
    <span className={MARK_INK[tone]}>
      <ToneShape tone={tone} size={8} />
    </span>
  );
}

function ActsRow({ show, index, minutes }: Shown & { minutes: number }) {
  const words = useTranslations("compare");
  const acts = useReviewActs(show.view);
  const end = show.endedAt ?? show.view.at;
  const inside = acts.filter(({ at, kind }) => KINDS.has(kind) && at >= show.startedAt && at <= end);
  const { color } = lookOf(index);
  return (
    <div className="flex h-6 items-center border-b">
      <span className="pr-2 text-right text-xs font-semibold" style={{ color, width: COURSE_LEFT_PX }}>
        {index + 1}
      </span>
      <ul
        className="relative h-full flex-1"
        style={{ marginRight: COURSE_RIGHT_PX }}
        aria-label={words("actsOf", { title: show.title, count: inside.length })}
      >
        {inside.map((act) => {
          const text = `${showTime(act.at - show.startedAt)} ${act.text}`;
          return (
            <li
              key={act.id}
              title={text}
              className="absolute top-1/2 -translate-x-1/2 -translate-y-1/2 p-0.5"
              style={{ left: `${((act.at - show.startedAt) / (minutes * MINUTE_MS)) * 100}%` }}
            >
              <Mark kind={act.kind} />
              <span className="sr-only">{text}</span>
            </li>
          );
        })}
        {inside.length === 0 ? <li className="absolute left-0 top-0.5 text-xs text-faint">{words("noActs")}</li> : null}
      </ul>
    </div>
  );
}
