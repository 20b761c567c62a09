"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fillPreset, type FilledPreset, type PresetValues } from "#domain/message-text.ts";
import type { Message, Preset } from "#domain/ops/message.ts";
import { presetValues } from "#domain/preset-values.ts";
import { useSession } from "../session/session-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Input } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Panel } from "../ui/panel.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { HANDS, useDesk, useDeskKey } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { PlaceholderHints } from "./placeholder-hints.tsx";
import { SentMessages, Waiting } from "./sent-messages.tsx";
import { useStoreValue } from "./store.ts";
import { useDeed, wasDone } from "./use-deed.ts";

/**
 * Short lines to host and assistant. `M` opens the text field, so what is typed is written and nothing goes out before Enter; a preset
 * goes by its number first, as other acts do: `3 M`. Unseen ones get louder with time.
 */
export function MessagesPanel() {
  const words = useTranslations("lines");
  const presets = useSession((show) => show.messagePresets?.presets ?? NO_PRESETS);
  const { layer, entry, may, keys } = useDesk();
  const isOpen = useStoreValue(layer, (open) => open === "messages");
  const off = !may([...HANDS, "assistant"]);
  const free = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const sendPreset = useSendPreset();
  const close = useCallback(() => {
    if (layer.read() === "messages") layer.write(null);
  }, [layer]);
  const pick = (number: number) => {
    close();
    const preset = presets.find(({ presetKey }) => Number(presetKey) === number);
    if (preset) sendPreset(preset);
    else notify({ tone: "wait", title: words("noSuchPreset", { number }) });
  };
  const run = () => {
    const number = numberOf(entry.read());
    box.current?.scrollIntoView({ block: "nearest" });
    if (number !== null) {
      entry.write({ ...entry.read(), number: "" });
      return pick(number);
    }
    layer.write("messages");
    free.current?.focus();
  };
  // In the narrow room the key only leads here, and this is drawn when it is already open.
  const onOpen = useRef(run);
  onOpen.current = run;
  useEffect(() => {
    if (!isOpen) return undefined;
    onOpen.current();
    return keys.addLayer((name) => {
      if (name === "Escape") close();
      return name === "Escape";
    });
  }, [isOpen, keys, close]);
  useDeskKey({ code: "KeyM", key: "M", label: words("label"), section: "people", run, off });
  return (
    <div ref={box}>
      <Panel
        id="messages"
        title={words("title")}
        aside={<Waiting />}
        hotkey={off ? undefined : "M"}
        bodyClassName="flex flex-col gap-1.5 px-3"
      >
        {off ? null : <FreeText input={free} onLeave={close} />}
        {isOpen ? <Presets presets={presets} onPick={pick} onClose={close} /> : null}
        <SentMessages />
      </Panel>
    </div>
  );
}

const NO_PRESETS: readonly Preset[] = [];

/** What stands in for the braces of a preset now. */
function usePresetValues(): PresetValues {
  const product = useSession((show) => (show.explained ? show.products.get(show.explained.productId) : undefined));
  const paidFen = useSession((show) => show.figures.headline.paidFen);
  const coupons = useSession((show) => show.coupons);
  return useMemo(() => presetValues({ product, paidFen, coupons: coupons.values() }), [product, paidFen, coupons]);
}

function useSendPreset() {
  const deed = useDeed();
  const values = usePresetValues();
  const whatIsWrong = useWhatIsWrong();
  return useCallback(
    ({ presetKey, to, text, blink }: Preset) => {
      const filled = fillPreset(text, values);
      const wrong = whatIsWrong(filled);
      if (wrong !== null) return notify({ tone: "wait", title: wrong });
      void deed(`message:${presetKey}`, "message.send", { to, text: filled.text.slice(0, 200), presetKey, blink });
    },
    [deed, values, whatIsWrong],
  );
}

/** Half a sentence to a host on air does harm: it is said what is missing, and nothing goes out. */
function useWhatIsWrong(): (filled: FilledPreset) => string | null {
  const words = useTranslations("lines");
  const list = useList();
  return useCallback(
    ({ missing, unknown }) => {
      if (unknown.length > 0) return words("notSent", { names: unknown.join(" ") });
      if (missing.length === 0) return null;
      return words("incomplete", { missing: list(missing.map((name) => words(`placeholder.${name}`))) });
    },
    [words, list],
  );
}

function Presets({
  presets,
  onPick,
  onClose,
}: {
  presets: readonly Preset[];
  onPick: (number: number) => void;
  onClose: () => void;
}) {
  const words = useTranslations("lines");
  const values = usePresetValues();
  const inOrder = presets.toSorted((a, b) => Number(a.presetKey) - Number(b.presetKey));
  return (
    <div data-presets="" className="flex flex-col rounded-md border border-act-edge bg-[#0f1c30] p-1">
      <p className="flex items-center justify-between px-1.5 py-0.5 text-xs text-act-ink">
        {words("pick")}
        <button type="button" onClick={onClose}>
          <Kbd>Esc</Kbd>
        </button>
      </p>
      {inOrder.map((preset) => {
        const { text, missing, unknown } = fillPreset(preset.text, values);
        return (
          <button
            key={preset.presetKey}
            type="button"
            onClick={() => onPick(Number(preset.presetKey))}
            className={cn(
              "flex items-center gap-2 rounded-sm px-1.5 py-0.5 text-left text-xs hover:bg-hover",
              missing.length + unknown.length > 0 && "text-faint",
            )}
          >
            <Kbd className="w-10 shrink-0">{preset.presetKey} M</Kbd>
            <span className="min-w-0 flex-1 truncate" title={text}>
              {preset.to === "assistant" ? `${words("toAssistant")}: ` : ""}
              {text}
            </span>
            {preset.blink ? <Tag tone="wait">{words("blink")}</Tag> : null}
          </button>
        );
      })}
    </div>
  );
}

function FreeText({ input, onLeave }: { input: { current: HTMLInputElement | null }; onLeave: () => void }) {
  const words = useTranslations("lines");
  const deed = useDeed();
  const values = usePresetValues();
  const whatIsWrong = useWhatIsWrong();
  const [text, setText] = useState("");
  const [to, setTo] = useState<Message["to"]>("host");
  const [blink, setBlink] = useState(false);
  const send = async () => {
    const line = text.trim();
    if (line === "") return;
    const wrong = whatIsWrong(fillPreset(line, values));
    if (wrong !== null) return notify({ tone: "wait", title: wrong });
    // Placeholders are filled in by the rule, at the second it is read.
    if (wasDone(await deed("message:free", "message.send", { to, text: line, blink }))) {
      setText("");
      setBlink(false);
      input.current?.blur();
      onLeave();
    }
  };
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Input
        ref={input}
        size="sm"
        maxLength={200}
        value={text}
        aria-label={words("free")}
        placeholder={words("freeHint")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
          event.currentTarget.blur();
          onLeave();
        }}
      />
      <PlaceholderHints
        text={text}
        values={values}
        onChange={(next) => {
          setText(next);
          input.current?.focus();
        }}
      />
      {text === "" ? null : (
        <span className="flex items-center gap-2">
          <Segmented
            label={words("to")}
            value={to}
            onChange={setTo}
            options={[
              { value: "host", label: words("toHost") },
              { value: "assistant", label: words("toAssistant") },
            ]}
          />
          <button
            type="button"
            aria-pressed={blink}
            onClick={() => setBlink(!blink)}
            className="h-6.5 rounded-md border px-2 text-xs text-dim aria-pressed:border-wait-edge aria-pressed:bg-wait-soft aria-pressed:text-wait-ink"
          >
            {words("blink")}
          </button>
          <Button type="submit" size="sm" look="primary" className="ml-auto" hotkey="Enter">
            {words("send")}
          </Button>
        </span>
      )}
    </form>
  );
}
