"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { bytesLeft } from "#domain/wecom-limits.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Textarea } from "../../ui/input.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useBusy } from "../desk.tsx";
import { loadLineChoices, planOf, type GroupChoice, type Line, type LineChoices } from "./line-data.ts";
import { useSendNow } from "./use-send-now.ts";

/** A line to the staff in free words, or a call to forward: planned and handed over in one go; the bar of armed acts can still stop it. */
export function LineForm({ onClose }: { onClose: () => void }) {
  const words = useTranslations("pushDesk");
  const explain = useFailure();
  const { show } = usePlan();
  const rehearsal = useSession(({ session }) => session.rehearsal);
  const choices = useLoaded(`lines ${show.roomId}`, (signal) =>
    loadLineChoices({ roomId: show.roomId, rehearsal }, signal),
  );
  if (choices.value === null) {
    return <p className="px-1 text-xs text-faint">{choices.failure ? explain(choices.failure) : words("loading")}</p>;
  }
  if (choices.value === "notConnected") {
    return (
      <p className="px-1 text-xs text-dim">
        {words("notConnected")}{" "}
        <Link className="text-act-ink underline" href="/wecom/connection">
          {words("toConnection")}
        </Link>
      </p>
    );
  }
  return <Form choices={choices.value} onClose={onClose} />;
}

function Form({ choices, onClose }: { choices: Exclude<LineChoices, "notConnected">; onClose: () => void }) {
  const words = useTranslations("pushDesk");
  const sendNow = useSendNow();
  const isSending = useBusy("push:new");
  const [kind, setKind] = useState<Line["kind"]>("robot");
  const [text, setText] = useState("");
  // Those for the report of the evening are not for calls in the middle of it.
  const [robotIds, setRobotIds] = useState(() =>
    choices.robots.filter((robot) => !robot.forReports).map(({ id }) => id),
  );
  const [picked, setPicked] = useState<readonly string[]>([]);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  const groups = choices.groups.filter(({ value }) => picked.includes(value));
  const left = bytesLeft("robotText", text);
  const isHeld = useSession((show) => show.hold.held);
  const isReady =
    !isHeld && text.trim() !== "" && left >= 0 && (kind === "robot" ? robotIds.length > 0 : groups.length > 0);
  const send = async () => {
    if (!isReady || isSending) return;
    input.current?.blur();
    if (await sendNow(planOf({ kind, text, robotIds, groups }))) {
      setText("");
      onClose();
    }
  };
  return (
    <form
      aria-label={words("writeLine")}
      className="flex flex-col gap-1.5 rounded-md border border-act-edge bg-[#0f1c30] p-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") onClose();
        if (event.key === "Enter" && event.target === input.current && !event.shiftKey) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <Segmented
        label={words("lineKind")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "robot", label: words("kind.robot") },
          { value: "forward", label: words("kind.forward") },
        ]}
      />
      <Textarea
        ref={input}
        rows={2}
        value={text}
        aria-label={words("lineText")}
        placeholder={words(kind === "robot" ? "lineHint" : "forwardHint")}
        onChange={(event) => setText(event.target.value)}
      />
      {kind === "forward" ? <Groups choices={choices.groups} value={picked} onChange={setPicked} /> : null}
      {choices.robots.length === 0 ? (
        <p className="text-xs text-wait-ink">
          {words("noRobots")}{" "}
          <Link className="text-act-ink underline" href="/wecom/connection">
            {words("toConnection")}
          </Link>
        </p>
      ) : (
        <MultiSelect
          size="sm"
          label={words("robots")}
          placeholder={words("robots")}
          options={choices.robots.map(({ id, label }) => ({ value: id, label }))}
          value={robotIds}
          onChange={setRobotIds}
        />
      )}
      {isHeld ? <p className="text-xs text-wait-ink">{words("goHeld")}</p> : null}
      <span className="flex items-center gap-2">
        <span className={left < 0 ? "text-xs text-air-ink tabular-nums" : "text-xs text-faint tabular-nums"}>
          {words("bytesLeft", { left })}
        </span>
        <Button size="sm" look="ghost" className="ml-auto" hotkey="Esc" onClick={onClose}>
          {words("close")}
        </Button>
        <Button type="submit" size="sm" look="primary" hotkey="Enter" busy={isSending} disabled={!isReady}>
          {words("send")}
        </Button>
      </span>
    </form>
  );
}

function Groups({
  choices,
  value,
  onChange,
}: {
  choices: readonly GroupChoice[];
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}) {
  const words = useTranslations("pushDesk");
  if (choices.length === 0) return <p className="text-xs text-wait-ink">{words("noGroups")}</p>;
  const named = (choice: GroupChoice) => {
    const name =
      choice.by === "purpose" && isPurpose(choice.word)
        ? words(`purpose.${choice.word}`)
        : (choice.name ?? choice.word);
    return words("groupsBy", { name, count: choice.groups });
  };
  return (
    <MultiSelect
      size="sm"
      label={words("whichGroups")}
      placeholder={words("whichGroups")}
      options={choices.map((choice) => ({ value: choice.value, label: named(choice) }))}
      value={value}
      onChange={onChange}
    />
  );
}

const PURPOSES = ["live", "flash", "content", "benefit"] as const;
const isPurpose = (word: string): word is (typeof PURPOSES)[number] => PURPOSES.some((purpose) => purpose === word);
