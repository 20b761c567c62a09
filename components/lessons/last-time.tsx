"use client";
import { useTranslations } from "next-intl";
import { isBreachLine, lessonLineId } from "#domain/lesson-line.ts";
import type { AdoptedLesson } from "#domain/lesson-rule.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { useAutoCheckWords } from "../strings/use-refusal.ts";
import { cn } from "../ui/cn.ts";
import { Tag, type Tone } from "../ui/tag.tsx";
import { CarriedRow } from "./carried-row.tsx";
import { useRuleWords } from "./rule-words.ts";

/** What the show begins with: last time's improvements and whether they worked, and the lessons that watch it. Nothing where there is none, and once it has begun. */
export function LastTime({ className }: { className?: string }) {
  const words = useTranslations("lessons");
  const carried = useSession((show) => show.carriedImprovements);
  const adopted = useSession((show) => show.adoptedLessons);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  if (hasBegun) return null;
  if (carried.size === 0 && adopted.size === 0) return null;
  // What is still to be tried comes before what was found.
  const rows = [...carried.values()].toSorted((a, b) => Number(a.settled !== null) - Number(b.settled !== null));
  return (
    // Where it scrolls, the keys must reach it: there may be nothing in it to press.
    <div
      role="group"
      aria-label={words("lastTime")}
      tabIndex={0}
      className={cn("grid gap-x-8 gap-y-4 md:grid-cols-2", className)}
    >
      <section aria-label={words("lastTime")} className="flex min-w-0 flex-col gap-1">
        <h3 className="text-sm font-semibold text-dim">{words("lastTime")}</h3>
        {rows.length === 0 ? (
          <p className="py-2 text-xs text-faint">{words("lastTimeNone")}</p>
        ) : (
          <ul className="flex flex-col">
            {rows.map((row) => (
              <CarriedRow key={row.improvementId} row={row} />
            ))}
          </ul>
        )}
      </section>
      {adopted.size === 0 ? null : <RunningLessons lessons={[...adopted.values()]} />}
    </div>
  );
}

function RunningLessons({ lessons }: { lessons: readonly AdoptedLesson[] }) {
  const words = useTranslations("lessons");
  const broken = useSession((show) => checkedLines(show)?.filter(isOpenBreach).length ?? 0);
  return (
    <section aria-label={words("running")} className="flex min-w-0 flex-col gap-1">
      <h3 className="flex items-center gap-2 text-sm font-semibold text-dim">
        {words("running")}
        {broken > 0 ? <Tag tone="wait">{words("broken", { count: broken })}</Tag> : null}
      </h3>
      <ul className="flex flex-col">
        {lessons.map((lesson) => (
          <LessonRow key={lesson.lessonId} lesson={lesson} />
        ))}
      </ul>
    </section>
  );
}

/** A review has no check before going live. */
const checkedLines = ({ goLiveCheck }: Partial<ShowSlices>) => goLiveCheck?.lines;

const isOpenBreach = ({ lineId, waived }: { readonly lineId: string; readonly waived: unknown }) =>
  isBreachLine(lineId) && !waived;

function LessonRow({ lesson }: { lesson: AdoptedLesson }) {
  const words = useTranslations("lessons");
  const ruleWords = useRuleWords();
  const explain = useAutoCheckWords();
  const { lessonId, rule, text } = lesson;
  const checked = useSession(checkedLines);
  const lines = (checked ?? []).filter(({ lineId }) => isBreachLine(lineId, lessonId));
  const line = useSession((show) => show.checkLines.get(lessonLineId(lessonId)));
  const open = lines.filter(({ waived }) => !waived);
  const state = (): { tone: Tone; word: string } => {
    if (rule.kind === "cueNote") return { tone: "act", word: words("noteTag") };
    if (open.length > 0) return { tone: "wait", word: words("fail") };
    if (lines.length > 0 || line?.waived) return { tone: "plain", word: words("waived") };
    if (rule.kind === "check" && !line?.done) return { tone: "wait", word: words("toDo") };
    return { tone: "sure", word: words("pass") };
  };
  const { tone, word } = state();
  return (
    <li className="flex flex-col gap-0.5 border-b py-2 last:border-b-0">
      <div className="flex min-w-0 items-start gap-2">
        <Tag tone={tone}>{word}</Tag>
        <span className="min-w-0 flex-1 text-sm break-words">{ruleWords(rule)}</span>
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-faint">
        <span className="text-dim">{text}</span>
        <span>{words("from", { title: lesson.from.title })}</span>
      </p>
      {open.map((broken) => (
        <p key={broken.lineId} className="text-xs text-wait-ink">
          {explain(broken.code, broken.data)}
        </p>
      ))}
    </li>
  );
}
