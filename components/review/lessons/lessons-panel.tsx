"use client";
import { useTranslations } from "next-intl";
import { useRuleWords } from "../../lessons/rule-words.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { EmptyState } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";
import { LessonForm } from "./lesson-form.tsx";
import { RealToo } from "./real-too.tsx";
import { useReviewAct } from "../review-send.ts";

/** 踩坑 that this show wrote, each with the rule that runs in later ones. */
export function LessonsPanel({ large = false }: { large?: boolean }) {
  const words = useTranslations("lessons");
  const ruleWords = useRuleWords();
  const { last, canEdit } = useReview();
  const send = useReviewAct();
  const rows = [...slicesOf(last).lessons.values()].toSorted((a, b) => a.at - b.at);
  return (
    <section aria-label={words("lessons")} className="flex flex-col gap-3">
      <header className="flex items-baseline gap-3">
        <h2 className={large ? "text-2xl font-semibold" : "text-base font-semibold"}>{words("lessons")}</h2>
        <p className="text-xs text-faint">{words("lessonsHint")}</p>
      </header>
      {rows.length === 0 ? <EmptyState compact title={words(canEdit ? "noLessons" : "noLessonsReadOnly")} /> : null}
      <ul className="flex flex-col">
        {rows.map(({ lessonId, text, rule, retired, forReal }) => (
          <li key={lessonId} className="flex items-start gap-3 border-b py-2 max-sm:flex-wrap last:border-b-0">
            <div className={cn("flex min-w-0 flex-1 flex-col gap-0.5 max-sm:basis-full", retired && "text-faint")}>
              <p className={large ? "text-xl break-words" : "text-sm break-words"}>{text}</p>
              <p className="flex flex-wrap items-center gap-2 text-xs text-dim">
                <Tag shape={false}>{words(`kind.${rule.kind}`)}</Tag>
                {ruleWords(rule)}
              </p>
            </div>
            {retired ? (
              <Tag>{words("retired")}</Tag>
            ) : (
              <RealToo
                forReal={forReal}
                onChange={(next) => void send("lesson.setForReal", { lessonId, forReal: next })}
              />
            )}
            {canEdit ? (
              <Button
                size="sm"
                look="ghost"
                onClick={() => void send(retired ? "lesson.reinstate" : "lesson.retire", { lessonId })}
              >
                {words(retired ? "reinstate" : "retire")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {canEdit ? <LessonForm /> : null}
    </section>
  );
}
