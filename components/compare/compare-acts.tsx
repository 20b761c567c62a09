"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { COURSE_LEFT_PX, COURSE_RIGHT_PX } from "../charts/course-sizes.ts";
import { clustered } from "../charts/mark-places.shape.ts";
import { showTime } from "../format/time.ts";
import type { ReviewAct } from "../review/act-steps.ts";
import { useReviewActs } from "../review/acts.ts";
import { ActList } from "../review/axis/act-list.tsx";
import { ceilSecond } from "../review/review-span.ts";
import { PopoverAt } from "../ui/popover.tsx";
import { ROVE, rove } from "../ui/rove.ts";
import { ToneShape, type Tone } from "../ui/tag.tsx";
import { useWidth } from "../ui/use-width.ts";
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

/** A row of signs for each show, on the axis of the lines above. */
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

/** As far as signs stand apart, and as wide as one wants to be pressed. */
const BADGE_PX = 20;

type Opened = { readonly anchor: HTMLElement; readonly acts: readonly ReviewAct[] };

/** Signs that would lie on each other share a badge. Each tells what was done, and leads to its second in that show's review. */
function ActsRow({ show, index, minutes }: Shown & { minutes: number }) {
  const words = useTranslations("compare");
  const router = useRouter();
  const acts = useReviewActs(show.view);
  const [box, widthPx] = useWidth();
  const [stop, setStop] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { startedAt } = show;
  const end = show.endedAt ?? show.view.at;
  const inside = useMemo(
    () => acts.filter(({ at, kind }) => KINDS.has(kind) && at >= startedAt && at <= end),
    [acts, startedAt, end],
  );
  const badges = useMemo(() => {
    const pxPerMs = widthPx / (minutes * MINUTE_MS);
    return clustered(
      inside.map((act) => ({ act, place: (act.at - startedAt) * pxPerMs })),
      BADGE_PX,
    );
  }, [inside, widthPx, minutes, startedAt]);
  const { color } = lookOf(index);
  return (
    <div className="flex h-7 items-center border-b">
      <span className="pr-2 text-right text-xs font-semibold" style={{ color, width: COURSE_LEFT_PX }}>
        {index + 1}
      </span>
      <div
        ref={box}
        role="toolbar"
        className="relative h-full flex-1"
        style={{ marginRight: COURSE_RIGHT_PX }}
        aria-label={words("actsOf", { title: show.title, count: inside.length })}
        onKeyDown={rove}
      >
        {badges.map(({ place, marks }, at) => (
          <Badge
            key={marks[0].act.id}
            place={place}
            acts={marks.map(({ act }) => act)}
            startedAt={startedAt}
            isOpen={opened?.acts[0]?.id === marks[0].act.id}
            tabIndex={at === Math.min(stop, badges.length - 1) ? 0 : -1}
            onFocus={() => setStop(at)}
            onPress={(anchor) =>
              setOpened(opened?.anchor === anchor ? null : { anchor, acts: marks.map(({ act }) => act) })
            }
          />
        ))}
        {inside.length === 0 ? <p className="absolute top-1 left-0 text-xs text-faint">{words("noActs")}</p> : null}
        {opened ? (
          <PopoverAt
            anchor={opened.anchor}
            label={words("actsOf", { title: show.title, count: opened.acts.length })}
            onClose={() => setOpened(null)}
          >
            <ActList
              acts={opened.acts.map(({ id, at, kind, text }) => ({
                id,
                text,
                time: showTime(at - startedAt),
                sign: <Mark kind={kind} />,
              }))}
              onPick={(id) => {
                const act = opened.acts.find((one) => one.id === id);
                if (act) router.push(`/shows/${show.id}/review?at=${ceilSecond(act.at)}`);
              }}
            />
          </PopoverAt>
        ) : null}
      </div>
    </div>
  );
}

type BadgeProps = {
  readonly place: number;
  readonly acts: readonly ReviewAct[];
  readonly startedAt: number;
  readonly isOpen: boolean;
  readonly tabIndex: number;
  readonly onFocus: () => void;
  readonly onPress: (anchor: HTMLElement) => void;
};

function Badge({ place, acts, startedAt, isOpen, tabIndex, onFocus, onPress }: BadgeProps) {
  const [first] = acts;
  if (!first) return null;
  const said = acts.map(({ at, text }) => `${showTime(at - startedAt)} ${text}`).join("\n");
  return (
    <button
      type="button"
      {...ROVE}
      tabIndex={tabIndex}
      onFocus={onFocus}
      title={said}
      aria-label={said}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={(event) => onPress(event.currentTarget)}
      className="absolute inset-y-0 flex -translate-x-1/2 items-center justify-center rounded-sm hover:bg-hover"
      style={{ left: place, width: BADGE_PX }}
    >
      {acts.length === 1 ? (
        <Mark kind={first.kind} />
      ) : (
        <span className="flex h-4 min-w-4 items-center justify-center rounded-full border border-edge bg-raised px-0.5 text-2xs text-ink tabular-nums">
          {acts.length}
        </span>
      )}
    </button>
  );
}
