"use client";
import { useTranslations } from "next-intl";
import { useOverTime } from "../live/show-clock.tsx";
import css from "./boards.module.css";
import type { HostMessage } from "./host-slices.ts";
import { useScreenState } from "./screen-state.tsx";
import { sized } from "./sized.ts";
import { emsOf } from "./text-fit.ts";
import { useMessageLevel, useMessageText, useShownMessage } from "./use-board-facts.ts";

const SIZES = [132, 112, 96, 84, 68, 56, 46] as const;
/** Down to this size, words on one line are louder than larger ones on two. */
const ONE_LINE_LEAST = 96;
const WIDE = 1_340;

function messageSizes(text: string) {
  const ems = emsOf(text);
  const wide = { width: WIDE, lines: ems * ONE_LINE_LEAST <= WIDE ? 1 : 2 };
  return sized(text, SIZES, { wide, narrow: { width: 760, lines: 2 } });
}

/** What the desk says to the host: the loudest thing on every board, louder still while nobody has answered. */
export function MessageBanner() {
  const message = useShownMessage();
  return message ? <Banner key={message.messageId} message={message} /> : null;
}

function Banner({ message }: { message: HostMessage }) {
  const words = useTranslations("screen.message");
  const text = useMessageText(message);
  const level = useMessageLevel(message);
  const { answer } = useScreenState();
  const waited = useOverTime((now) => Math.max(0, Math.floor((now - message.at) / 5_000) * 5));
  const hint =
    level === "fresh" || level === "calm" || waited === 0
      ? null
      : words(level === "urgent" ? "urgent" : "waited", { seconds: waited });
  return (
    <section
      className={css["message"]}
      data-level={level}
      role={level === "calm" ? "note" : "alert"}
      data-testid="message"
    >
      <p className={css["messageText"]} style={messageSizes(text)}>
        {text}
      </p>
      <p className={css["messageHint"]}>
        {hint === null ? null : <b>{hint}</b>}
        {answer ? <span>{words("anyKey")}</span> : null}
      </p>
    </section>
  );
}
