"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sayKey, sayLinesAt, type SayLine } from "#domain/say-lines.ts";
import { count, yuanRound } from "../format/money.ts";
import { clockSeconds, clockTime } from "../format/time.ts";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { notify } from "../ui/toast.tsx";
import { HANDS, useDesk, useDeskKey } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { slicesNow } from "./product-acts.ts";
import { useShowClock, useShowNow } from "./show-clock.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

/**
 * Lines worth saying, each with the figure behind it; `F` sends the first to the host, `2 F` the second. The host's screen shows them
 * small by itself: sending makes one loud.
 */
export function SayLines() {
  const words = useTranslations("saying");
  const { may, entry } = useDesk();
  const deed = useDeed();
  const source = useSessionSource();
  const clock = useShowClock();
  const now = useShowNow();
  const standing = useSession((show) => show.saying);
  const [sentAt, setSentAt] = useState<ReadonlyMap<string, number>>(new Map());
  const say = useSayWords();
  const lines = sayLinesAt(standing, now);
  const off = !may([...HANDS, "assistant"]);
  const send = async (line: SayLine) => {
    const key = sayKey(line);
    const sent = await deed(`say:${key}`, "message.send", { to: "host", text: say(line).text });
    if (wasDone(sent)) setSentAt((before) => new Map(before).set(key, clock()));
  };
  const run = () => {
    const at = (numberOf(entry.read()) ?? 1) - 1;
    entry.write({ ...entry.read(), number: "" });
    // As they stand at the press, not as they were drawn.
    const line = sayLinesAt(slicesNow(source)?.saying ?? [], clock())[at];
    if (line) void send(line);
    else notify({ tone: "wait", title: words("noSuchLine", { number: at + 1 }) });
  };
  useDeskKey({ code: "KeyF", key: "F", label: words("label"), section: "people", run, off });
  if (lines.length === 0) return null;
  return (
    <section aria-label={words("title")} className="flex flex-col px-3 pt-2">
      <h2 className="px-1 pb-0.5 text-sm font-semibold text-dim">{words("title")}</h2>
      {lines.map((line, index) => {
        const { text, behind } = say(line);
        const sent = sentAt.get(sayKey(line));
        return (
          <button
            key={sayKey(line)}
            type="button"
            disabled={off}
            title={
              line.at === null ? words("send") : `${words("send")} · ${words("asOf", { time: clockSeconds(line.at) })}`
            }
            onClick={(event) => {
              event.currentTarget.blur();
              void send(line);
            }}
            className="flex h-6.5 items-center gap-2 rounded-sm px-1 text-left text-xs hover:bg-hover disabled:hover:bg-transparent"
          >
            <span className="min-w-0 flex-1 truncate">{text}</span>
            <span className="shrink-0 text-faint tabular-nums">
              {sent === undefined ? behind : words("sent", { time: clockTime(sent) })}
            </span>
            {off ? null : <Kbd className="shrink-0">{index === 0 ? "F" : `${index + 1} F`}</Kbd>}
          </button>
        );
      })}
    </section>
  );
}

/** A line in words, as it is sent, and the figure behind it. No amount of money goes into what is sent: a screen may hide it. */
function useSayWords(): (line: SayLine) => { readonly text: string; readonly behind: string } {
  const words = useTranslations("saying");
  return ({ kind, linkNo, name, value, of }) => {
    const shown = kind === "target" ? yuanRound : count;
    const fields = { linkNo: linkNo ?? 0, name: name ?? "", value: shown(value), of: shown(of ?? 0) };
    return { text: words(`text.${kind}`, fields), behind: words(`behind.${kind}`, fields) };
  };
}
