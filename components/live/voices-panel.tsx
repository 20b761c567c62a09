"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { count } from "../format/money.ts";
import { clockTime } from "../format/time.ts";
import { useComments, useNames, useSession } from "../session/session-provider.tsx";
import { IconButton } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { useDesk, useDeskKey } from "./desk.tsx";
import { NumbersPad } from "./numbers-pad.tsx";
import { TallyPad } from "./tally-pad.tsx";
import { useDeed } from "./use-deed.ts";

/** What viewers say, where a source tells it; else the pads on which a hand counts and types. */
export function VoicesPanel({ className }: { className?: string }) {
  const words = useTranslations("voices");
  const hasSource = useSession((show) => show.commentSource.lastSeenAt !== null);
  const [chosen, setChosen] = useState<"comments" | "pads" | null>(null);
  const { readOnly } = useDesk();
  const shown = readOnly ? "comments" : (chosen ?? (hasSource ? "comments" : "pads"));
  const [toNumbers, setToNumbers] = useState(false);
  const pads = () => {
    setToNumbers(true);
    setChosen("pads");
  };
  // The pads bind the key themselves once they are there.
  useDeskKey({
    code: "KeyN",
    key: "N",
    label: words("numbersLabel"),
    section: "people",
    run: pads,
    off: readOnly || shown === "pads",
  });
  return (
    <section aria-label={words("title")} className={cn("flex min-h-0 min-w-0 flex-col", className)}>
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        {readOnly ? (
          <h2 className="text-sm font-semibold text-dim">{words("comments")}</h2>
        ) : (
          <span className="flex">
            <Segmented
              label={words("title")}
              value={shown}
              onChange={(next) => {
                setToNumbers(false);
                setChosen(next);
              }}
              options={[
                { value: "comments", label: words("comments") },
                { value: "pads", label: words("pads") },
              ]}
            />
          </span>
        )}
        {shown === "comments" ? <Keywords /> : null}
      </header>
      {shown === "comments" ? (
        <CommentList />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pb-2">
          <TallyPad />
          <NumbersPad focused={toNumbers} />
        </div>
      )}
    </section>
  );
}

function Keywords() {
  const keywords = useSession((show) => show.keywords);
  const most = keywords.filter(({ count: n }) => n > 0).toSorted((a, b) => b.count - a.count);
  return (
    <span className="flex min-w-0 gap-1.5 overflow-hidden">
      {most.slice(0, 4).map(({ word, count: n }) => (
        <Tag key={word} className="shrink-0 tabular-nums">
          {word} {count(n)}
        </Tag>
      ))}
    </span>
  );
}

const SHOWN = 60;
/** Of a past second: what the panel holds. All of them are other ones at the next second that is dragged to. */
const SHOWN_OF_PAST = 24;

/** Newest first; while the pointer is on the list nothing moves under it. */
function CommentList() {
  const words = useTranslations("voices");
  const { items } = useSession((show) => show.comments);
  const hidden = useSession((show) => show.hiddenComments);
  const { readOnly } = useDesk();
  const [held, setHeld] = useState<typeof items | null>(null);
  const shown = useMemo(() => {
    const list = (held ?? items).slice(readOnly ? -SHOWN_OF_PAST : -SHOWN).toReversed();
    return list.flatMap((item) => (item && !hidden.has(item.commentId) ? [item] : []));
  }, [held, items, hidden, readOnly]);
  const waiting = held ? items.length - held.length : 0;
  if (items.length === 0)
    return <p className="px-3 py-2 text-xs text-faint">{words(readOnly ? "noComments" : "noSource")}</p>;
  return (
    <ul
      onPointerEnter={() => setHeld(items)}
      onPointerLeave={() => setHeld(null)}
      className="relative min-h-0 flex-1 overflow-y-auto px-3 pb-2"
      aria-label={words("comments")}
      tabIndex={0}
    >
      {waiting > 0 ? (
        <li className="sticky top-0 bg-page py-0.5 text-xs text-act-ink">{words("waiting", { count: waiting })}</li>
      ) : null}
      {shown.map((item) => (
        <CommentLine key={item.commentId} item={item} />
      ))}
    </ul>
  );
}

type Item = {
  readonly commentId: string;
  readonly personId: string | null;
  readonly at: number;
  readonly question: boolean;
};

function CommentLine({ item }: { item: Item }) {
  const words = useTranslations("voices");
  const names = useNames();
  const texts = useComments();
  const deed = useDeed();
  const { readOnly } = useDesk();
  const text = texts[item.commentId];
  return (
    <li className="group flex items-baseline gap-2 py-0.5 text-sm" title={clockTime(item.at)}>
      <b className="shrink-0 font-medium">
        {item.personId === null ? words("somebody") : (names(`person:${item.personId}`) ?? words("somebody"))}
      </b>
      <span className={cn("min-w-0 flex-1 truncate", item.question ? "text-ink" : "text-dim")} title={text}>
        {text ?? words("deleted")}
      </span>
      {readOnly ? null : (
        <span className="flex shrink-0 gap-1 self-center opacity-0 group-hover:opacity-100 focus-within:opacity-100">
          <button
            type="button"
            aria-label={words("askHost")}
            title={words("askHost")}
            className="rounded-sm border border-edge px-1 text-xs text-act-ink hover:bg-hover"
            onClick={(event) => {
              event.currentTarget.blur();
              void deed(`ask:${item.commentId}`, "message.ask", { commentId: item.commentId, to: "host" });
            }}
          >
            {words("ask")}
          </button>
          <button
            type="button"
            aria-label={words("askAssistant")}
            title={words("askAssistant")}
            className="rounded-sm border border-edge px-1 text-xs text-dim hover:bg-hover"
            onClick={(event) => {
              event.currentTarget.blur();
              void deed(`ask:${item.commentId}`, "message.ask", { commentId: item.commentId, to: "assistant" });
            }}
          >
            {words("askShort")}
          </button>
          <IconButton
            label={words("hide")}
            size="iconSm"
            className="size-5"
            onClick={() => void deed(`hide:${item.commentId}`, "comment.hide", { commentId: item.commentId })}
          >
            <Icon name="close" size={11} />
          </IconButton>
        </span>
      )}
    </li>
  );
}
