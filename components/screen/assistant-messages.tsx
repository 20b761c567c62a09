"use client";
import { useTranslations } from "next-intl";
import { useHost, type HostMessage } from "./host-slices.ts";
import { useScreenState } from "./screen-state.tsx";
import { useMessageLevel, useMessageText, useShownMessage } from "./use-board-facts.ts";

const NO_MESSAGES: readonly HostMessage[] = [];

/** Lines to the assistant; and the one to the host that nobody has answered for long, so that somebody walks up to the host. */
export function AssistantMessages() {
  const own = useHost((show) => show.assistantMessages ?? NO_MESSAGES);
  const { answered } = useScreenState();
  const forHost = useShownMessage();
  const hostLevel = useMessageLevel(forHost);
  return (
    <>
      {forHost && hostLevel === "urgent" ? <Card message={forHost} whose="host" /> : null}
      {own
        .filter(({ messageId }) => !answered.has(messageId))
        .map((message) => (
          <Card key={message.messageId} message={message} whose="own" />
        ))}
    </>
  );
}

const RED = "bg-[#c62a2f] text-white";
const AMBER = "bg-wait text-[#1c1200]";
const CALM = "bg-raised text-dim";

function Card({ message, whose }: { message: HostMessage; whose: "host" | "own" }) {
  const words = useTranslations("screen.assistant");
  const text = useMessageText(message);
  const level = useMessageLevel(message);
  const { answer } = useScreenState();
  const late = level === "late" && whose === "own";
  const tone = whose === "host" || level === "urgent" ? RED : level === "calm" ? CALM : AMBER;
  return (
    <section
      role={level === "calm" ? "note" : "alert"}
      className={`flex flex-col gap-3 rounded-lg p-4 ${tone} ${late ? "animate-[breathe_1s_steps(1)_infinite]" : ""}`}
    >
      {whose === "host" ? <h2 className="text-base">{words("hostUnseen")}</h2> : null}
      <p className="text-2xl font-bold">{text}</p>
      {answer ? (
        <button
          type="button"
          onClick={() => answer(message.messageId)}
          className="min-h-12 rounded-md border border-edge bg-[#12171f] px-4 text-lg font-semibold text-white"
        >
          {words(whose === "host" ? "hostSeen" : "gotIt")}
        </button>
      ) : (
        <p className="text-base">{words("notYours")}</p>
      )}
    </section>
  );
}
