"use client";
import { useTranslations } from "next-intl";
import { useRef, type ReactNode } from "react";
import { useSession } from "../session/session-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { cn } from "../ui/cn.ts";
import { ToneShape } from "../ui/tag.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useShowNow } from "./show-clock.tsx";
import { paceOf } from "./rehearsal.ts";
import { heard, isLate, NO_GAPS, type Gaps } from "./usual-gap.ts";

type Age = { readonly name: string; readonly at: number | null; readonly late: boolean };

/**
 * What each source said last, and how long ago; late ones say so in colour, shape and word. They stand first, and what has no room in one
 * line is left out whole: the keys at the end of the header must not be pushed out of it. Pointing at it tells all.
 */
export function DataAges() {
  const words = useTranslations("control");
  const list = useList();
  const ageOf = useAgeWords();
  const { ages, now } = useAges();
  const late = ages.filter((age) => age.late);
  const told = ({ name, at }: Age) => (at === null ? words("noSource", { name }) : `${name} ${ageOf(now - at)}`);
  const inOrder = [...late, ...ages.filter((age) => !age.late)];
  const all = inOrder.map((age) => (age.late ? `${told(age)} · ${words("stale")}` : told(age)));
  return (
    <Tooltip text={list(all)} side="bottom">
      <button
        type="button"
        data-ages=""
        className="flex h-5 min-w-0 shrink-[9] cursor-default flex-wrap justify-end gap-x-2 overflow-hidden text-xs leading-5 text-dim"
      >
        {/* Takes the first line where not even one fits into it: what is left of a cut one would be read as another age. */}
        <span className="-mr-2 h-5" />
        {late.length > 1 ? (
          <LateWord>
            <b className="font-semibold">{words("staleCount", { count: late.length })}</b>
          </LateWord>
        ) : null}
        {inOrder.map((age) =>
          age.late ? (
            <LateWord key={age.name}>
              {told(age)}
              {late.length > 1 ? "" : ` · ${words("stale")}`}
            </LateWord>
          ) : (
            <span key={age.name} className={cn("whitespace-nowrap tabular-nums", age.at === null && "text-faint")}>
              {told(age)}
            </span>
          ),
        )}
      </button>
    </Tooltip>
  );
}

function LateWord({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-center gap-1 whitespace-nowrap text-wait-ink tabular-nums">
      <ToneShape tone="wait" />
      <span>{children}</span>
    </span>
  );
}

/** All sources of the show; their usual gaps are learnt while watching. Nothing is late for a show that is over. */
function useAges(): { readonly ages: readonly Age[]; readonly now: number } {
  const words = useTranslations("control");
  const now = useShowNow();
  const isOver = useSession((show) => show.session.phase === "ended");
  const pace = useSession((show) => paceOf(show.rehearsal));
  const ordersAt = useSession((show) => (show.figures.headline.source === "orders" ? show.figures.headline.at : null));
  const sources = useSession((show) => show.audience.sources);
  const commentsAt = useSession((show) => show.commentSource.lastSeenAt);
  const learnt = useRef(new Map<string, Gaps>());
  const known = [
    { name: words("source.orders"), at: ordersAt },
    ...sources.map(({ source, lastAt }) => ({ name: words(`source.${source}`), at: lastAt })),
    ...(commentsAt === null ? [] : [{ name: words("source.comments"), at: commentsAt }]),
  ];
  const ages = known.map(({ name, at }) => {
    if (at === null) return { name, at, late: false };
    const gaps = heard(learnt.current.get(name) ?? NO_GAPS, at);
    learnt.current.set(name, gaps);
    return { name, at, late: !isOver && isLate(gaps, now, pace) };
  });
  return { ages, now };
}

export function useAgeWords(): (ms: number) => string {
  const words = useTranslations("control");
  return (ms) => {
    if (ms < 1_500) return words("justNow");
    if (ms < 90_000) return words("secondsAgo", { count: Math.round(ms / 1_000) });
    if (ms < 90 * 60_000) return words("minutesAgo", { count: Math.round(ms / 60_000) });
    return words("hoursAgo", { count: Math.round(ms / 3_600_000) });
  };
}
