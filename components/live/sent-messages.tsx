"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { loudest, messageLevel, type MessageLevel } from "#domain/message-text.ts";
import type { Message } from "#domain/ops/message.ts";
import { clockSeconds, duration } from "../format/time.ts";
import { useComments, useNames, useSession, useSessionSource } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { useDesk, useDeskKey } from "./desk.tsx";
import { slicesNow } from "./product-acts.ts";
import { useShowNow } from "./show-clock.tsx";
import { useDeed } from "./use-deed.ts";

/** Who stands near enough to see a nod. */
const WITNESSES = ["host", "floor", "assistant"] as const;
/** Lines in all; those that wait stand before those that were seen, and none of them is left out. */
const SHOWN = 3;
const WAITING_SHOWN = 6;

/** What waits, and what waits longest rises. */
const LOUDNESS: readonly MessageLevel[] = ["urgent", "late", "fresh", "calm"];

const waits = ({ seen, clearedAt }: Message): boolean => seen === null && clearedAt === null;

/** How many lines wait for longer than they should, for the head of the panel; `short` beside a tab's name. */
export function Waiting({ short = false }: { short?: boolean }) {
  const words = useTranslations("lines");
  const now = useShowNow();
  const messages = useSession((show) => show.messages);
  const endedAt = useSession((show) => show.session.endedAt);
  const levels = [...messages.values()].map((message) => messageLevel(message, now, endedAt));
  const urgent = levels.filter((level) => level === "urgent").length;
  const late = levels.filter((level) => level === "late").length;
  const said =
    urgent > 0 ? words("urgentCount", { count: urgent }) : late > 0 ? words("lateCount", { count: late }) : null;
  if (said === null) return null;
  return (
    <Tag tone={urgent > 0 ? "air" : "wait"}>
      {short ? <span aria-label={said}>{urgent > 0 ? urgent : late}</span> : said}
    </Tag>
  );
}

/** What was said to host and assistant, and whether it was seen, by whom. `Y` stamps the one that a screen shows now. */
export function SentMessages() {
  const words = useTranslations("lines");
  const { may } = useDesk();
  const messages = useSession((show) => show.messages);
  const seen = useSeen();
  const now = useShowNow();
  const endedAt = useSession((show) => show.session.endedAt);
  const shown = useMemo(() => {
    const all = [...messages.values()].toReversed();
    const loudness = (message: Message) => LOUDNESS.indexOf(messageLevel(message, now, endedAt));
    const waiting = all
      .filter(waits)
      .toSorted((a, b) => loudness(a) - loudness(b))
      .slice(0, WAITING_SHOWN);
    const rest = all.filter((message) => !waits(message));
    return [...waiting, ...rest.slice(0, Math.max(0, SHOWN - waiting.length))];
  }, [messages, now, endedAt]);
  useDeskKey({
    code: "KeyY",
    key: "Y",
    label: words("seenLabel"),
    section: "people",
    run: () => seen(null),
    off: !may(WITNESSES),
  });
  if (shown.length === 0) return <p className="px-1 text-xs text-faint">{words("none")}</p>;
  return shown.map((message) => <SentMessage key={message.messageId} message={message} onSeen={seen} />);
}

/** Stamps a line as seen; without one that which the host's screen shows, else the assistant's. */
function useSeen(): (messageId: string | null) => void {
  const deed = useDeed();
  const source = useSessionSource();
  const words = useTranslations("lines");
  return (messageId) => {
    const all = [...(slicesNow(source)?.messages.values() ?? [])];
    const loud = loudest(all.filter(({ to }) => to === "host")) ?? loudest(all);
    const id = messageId ?? loud?.messageId;
    if (id === undefined) return notify({ title: words("nothingWaits") });
    return void deed(`seen:${id}`, "message.seen", { messageId: id });
  };
}

function SentMessage({ message, onSeen }: { message: Message; onSeen: (messageId: string) => void }) {
  const words = useTranslations("lines");
  const names = useNames();
  const { may, readOnly } = useDesk();
  const deed = useDeed();
  const isLoud = useSession((show) => {
    const all = [...show.messages.values()];
    return (loudest(all.filter(({ to }) => to === "host")) ?? loudest(all))?.messageId === message.messageId;
  });
  const endedAt = useSession((show) => show.session.endedAt);
  const now = useShowNow();
  const level = messageLevel(message, now, endedAt);
  const waiting = waits(message);
  return (
    <div
      className={cn(
        "rounded-md border bg-raised px-2.5 py-1.5",
        level === "urgent" && "border-air-edge",
        level === "late" && "border-wait-edge",
        !waiting && "opacity-70",
      )}
    >
      <p className="text-sm break-words" title={`${names(message.by) ?? ""} ${clockSeconds(message.at)}`}>
        <MessageText message={message} />
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-1.5">
        {message.to === "assistant" ? <Tag>{words("toAssistant")}</Tag> : null}
        {message.commentId === null ? null : <Tag>{words("question")}</Tag>}
        {message.blink && waiting ? <Tag tone="wait">{words("blink")}</Tag> : null}
        <Standing message={message} level={level} now={now} />
        {waiting && may(WITNESSES) ? (
          <button
            type="button"
            title={words("seenHint")}
            className="ml-auto flex items-center gap-1 text-xs whitespace-nowrap text-act-ink"
            onClick={() => onSeen(message.messageId)}
          >
            {words("stamp")} {isLoud ? <Kbd>Y</Kbd> : null}
          </button>
        ) : null}
        {waiting && !readOnly ? (
          <button
            type="button"
            className={cn("text-xs text-faint hover:text-ink", !may(WITNESSES) && "ml-auto")}
            onClick={() => void deed(`clear:${message.messageId}`, "message.clear", { messageId: message.messageId })}
          >
            {words("clear")}
          </button>
        ) : null}
      </p>
    </div>
  );
}

/** A question passed on has its words beside the view, as long as they were not deleted. */
function MessageText({ message }: { message: Message }) {
  const words = useTranslations("voices");
  const texts = useComments();
  const { commentId, text } = message;
  if (commentId === null) return `「${text}」`;
  const question = texts[commentId];
  return question === undefined ? words("deleted") : `「${question}」`;
}

function Standing({ message, level, now }: { message: Message; level: MessageLevel; now: number }) {
  const words = useTranslations("lines");
  const names = useNames();
  const waited = duration(now - message.at);
  switch (level) {
    case "cleared":
      return <Tag>{words("cleared")}</Tag>;
    case "seen": {
      const { at = 0, by = "" } = message.seen ?? {};
      const name = names(by);
      const time = clockSeconds(at);
      return <Tag tone="sure">{name === undefined ? words("seen", { time }) : words("seenBy", { time, name })}</Tag>;
    }
    case "calm":
      return <Tag>{words("neverSeen")}</Tag>;
    case "fresh":
      return <Tag>{words("unseen", { time: waited })}</Tag>;
    case "late":
      return <Tag tone="wait">{words("unseen", { time: waited })}</Tag>;
    case "urgent":
      return <Tag tone="air">{words("urgent", { time: waited })}</Tag>;
    default:
      return level satisfies never;
  }
}
