"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Improvement } from "#domain/ops/improvement.ts";
import { IMPROVEMENTS_MAX } from "#domain/outcomes.ts";
import { useMemberName } from "../../lessons/carried-row.tsx";
import { useMeasureWords } from "../../lessons/measure-words.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ShowSlices } from "../../session/show-slices.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useReview } from "../review-context.tsx";
import { dayTime } from "../../format/time.ts";
import { useDueShows, type DueShows } from "./due-shows.ts";
import { ImprovementForm } from "./improvement-form.tsx";
import { RealToo } from "./real-too.tsx";
import { useReviewAct, useUndoableReviewAct } from "../review-send.ts";

/** What the next show shall do otherwise: at most three, written and changed on the spot. */
export function ImprovementsPanel({ large = false }: { large?: boolean }) {
  const words = useTranslations("lessons");
  const { last, canEdit, shared } = useReview();
  const { improvements }: Pick<ShowSlices, "improvements"> = slicesOf(last);
  const send = useReviewAct();
  const [edited, setEdited] = useState<string | null>(null);
  const rows = [...improvements.values()].toSorted((a, b) => a.at - b.at);
  const due = useDueShows(rows, shared);
  const isFull = rows.length >= IMPROVEMENTS_MAX;
  return (
    <section aria-label={words("improvements")} className="flex flex-col gap-3">
      <header className="flex items-baseline gap-3">
        <h2 className={large ? "text-2xl font-semibold" : "text-base font-semibold"}>{words("improvements")}</h2>
        <p className="text-xs text-faint">{words("improvementsHint", { max: IMPROVEMENTS_MAX })}</p>
      </header>
      {rows.length === 0 ? <EmptyState compact title={words(canEdit ? "noneYet" : "noneReadOnly")} /> : null}
      <ol className="flex flex-col gap-2">
        {rows.map((row, index) => (
          <li key={row.improvementId} className="rounded-md border bg-raised px-3 py-2.5">
            {edited === row.improvementId ? (
              <ImprovementForm
                start={row}
                onCancel={() => setEdited(null)}
                onSave={async ({ text, ownerId, measure, dueSessionId }) => {
                  const { improvementId, version } = row;
                  const input = { improvementId, text, ownerId, measure, dueSessionId };
                  const done = await send("improvement.edit", input, { version });
                  if (done) setEdited(null);
                  return done;
                }}
              />
            ) : (
              <WrittenRow
                row={row}
                place={index + 1}
                due={due}
                large={large}
                onEdit={() => setEdited(row.improvementId)}
              />
            )}
          </li>
        ))}
      </ol>
      {!canEdit ? null : isFull ? (
        <p className="text-xs text-faint">{words("full", { max: IMPROVEMENTS_MAX })}</p>
      ) : (
        <ImprovementForm
          onSave={({ text, ownerId, measure, dueSessionId }) =>
            send("improvement.add", { text, ownerId, measure, dueSessionId })
          }
        />
      )}
    </section>
  );
}

type WrittenRowProps = {
  row: Improvement;
  place: number;
  due: DueShows | null;
  large: boolean;
  onEdit: () => void;
};

function WrittenRow({ row, place, due, large, onEdit }: WrittenRowProps) {
  const words = useTranslations("lessons");
  const { canEdit, shared } = useReview();
  const send = useUndoableReviewAct();
  const act = useReviewAct();
  const measure = useMeasureWords();
  const memberName = useMemberName();
  const { improvementId, version, forReal } = row;
  return (
    <div className="flex items-start gap-3 max-sm:flex-wrap">
      <span aria-hidden className={large ? "text-2xl text-faint tabular-nums" : "text-sm text-faint tabular-nums"}>
        {place}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1 max-sm:basis-4/5">
        <p className={large ? "text-xl break-words" : "text-sm break-words"}>{row.text}</p>
        <p className={large ? "flex flex-wrap gap-x-5 text-base text-dim" : "flex flex-wrap gap-x-4 text-xs text-dim"}>
          {shared ? null : (
            <span>
              {words("owner")} {memberName(row.ownerId) ?? words("nobody")}
            </span>
          )}
          {row.measure ? <span>{measure.target(row.measure)}</span> : null}
          {shared ? null : <DueWords due={due} dueSessionId={row.dueSessionId} />}
        </p>
      </div>
      <RealToo
        forReal={forReal}
        onChange={(next) => void act("improvement.setForReal", { improvementId, forReal: next })}
      />
      {canEdit ? (
        <span className="flex shrink-0 gap-1">
          <Button size="sm" look="ghost" onClick={onEdit}>
            {words("edit")}
          </Button>
          <IconButton
            label={words("remove")}
            size="iconSm"
            onClick={() => {
              const offer = {
                done: words("removed", { text: row.text }),
                undo: words("takeBack"),
                undone: words("restored"),
              };
              void send("improvement.remove", { improvementId }, { version }, offer);
            }}
          >
            <Icon name="trash" size={13} />
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}

function DueWords({ due, dueSessionId }: { due: DueShows | null; dueSessionId: string | null }) {
  const words = useTranslations("lessons");
  if (dueSessionId === null) return <span>{words("dueAtShow", { title: words("dueNext") })}</span>;
  if (!due) return null;
  const show = due.get(dueSessionId);
  const title = show ? `${dayTime(show.startedAt ?? show.plannedStartAt)} ${show.title}` : words("leftShow");
  return <span>{words("dueAtShow", { title })}</span>;
}
