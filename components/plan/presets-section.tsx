"use client";
import { useLocale, useTranslations } from "next-intl";
import type { CommandInput } from "#domain/ops/index.ts";
import { inBraces, PLACEHOLDERS, withWords } from "#domain/message-text.ts";
import { useSend, useSession } from "../session/session-provider.tsx";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { Head, Td, Th, Tr, WideTable } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useMayPlan, useWhoDid } from "./plan-context.tsx";
import { SaveMark, useSaved } from "./saved-field.tsx";
import { Section } from "./section.tsx";
import { UnknownPlaceholders } from "./unknown-placeholders.tsx";

type Preset = CommandInput<"message.setPresets">["presets"][number];
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;
/** The lines that one key sends to host or assistant, twelve at most. */
export function PresetsSection() {
  const words = useTranslations("plan.presets");
  const language = useLocale() === "en" ? "en" : "zh";
  const { presets: live, version } = useSession((show) => show.messagePresets);
  const send = useSend();
  const whoDid = useWhoDid();
  const disabled = !useMayPlan();
  const saved = useSaved<readonly Preset[]>(live, (presets) =>
    send("message.setPresets", { presets: [...presets] }, { expect: { version } }),
  );
  const byKey = new Map(saved.value.map((preset) => [preset.presetKey, preset]));
  const set = (presetKey: string, next: Preset | null) =>
    saved.commit(KEYS.flatMap((key) => (key === presetKey ? (next ? [next] : []) : (byKey.get(key) ?? []))));
  return (
    <div className="mx-auto max-w-[960px] px-6 py-6 max-sm:px-3">
      <Section
        title={words("heading")}
        hint={words("hint", { names: PLACEHOLDERS.map((name) => inBraces(name, language)).join(" ") })}
        aside={<SaveMark status={saved.status} />}
      >
        {saved.error ? (
          <p role="alert" className="text-xs text-air-ink">
            {saved.error}
          </p>
        ) : null}
        {saved.conflict ? (
          <p role="alert" className="flex gap-3 text-xs text-wait-ink">
            {words("conflict", { who: whoDid(({ type }) => type === "message.presetsSet.v1") ?? "—" })}
            <button type="button" className="underline" onClick={saved.takeTheirs}>
              {words("takeTheirs")}
            </button>
          </p>
        ) : null}
        <WideTable label={words("heading")}>
          <Head>
            <Th className="w-16">{words("key")}</Th>
            <Th className="w-28">{words("to")}</Th>
            <Th>{words("text")}</Th>
            <Th className="w-28">{words("blink")}</Th>
            <Th className="w-10" aria-label={words("clear")} />
          </Head>
          <tbody>
            {KEYS.map((key) => (
              <PresetRow
                key={key}
                presetKey={key}
                preset={byKey.get(key) ?? null}
                disabled={disabled}
                onChange={(next) => set(key, next)}
              />
            ))}
          </tbody>
        </WideTable>
        {saved.value.length === 0 ? <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} /> : null}
      </Section>
    </div>
  );
}

function PresetRow({
  presetKey,
  preset,
  disabled,
  onChange,
}: {
  presetKey: string;
  preset: Preset | null;
  disabled: boolean;
  onChange: (preset: Preset | null) => void;
}) {
  const words = useTranslations("plan.presets");
  const language = useLocale() === "en" ? "en" : "zh";
  const shown = preset ?? { presetKey, to: "host" as const, text: "", blink: false };
  return (
    <Tr>
      <Td>
        <Kbd>{presetKey} M</Kbd>
      </Td>
      <Td className="px-1">
        <Select
          size="sm"
          aria-label={words("to")}
          value={shown.to}
          disabled={disabled || !preset}
          onChange={(to) => onChange({ ...shown, to })}
          options={[
            { value: "host", label: words("host") },
            { value: "assistant", label: words("assistant") },
          ]}
        />
      </Td>
      <Td className="px-1">
        <TextField
          size="sm"
          aria-label={words("text")}
          maxLength={120}
          placeholder={words("placeholder")}
          value={withWords(shown.text, language)}
          disabled={disabled}
          onCommit={(text) => onChange(text === "" ? null : { ...shown, text })}
        />
        <UnknownPlaceholders text={shown.text} />
      </Td>
      <Td>
        <Switch
          checked={shown.blink}
          disabled={disabled || !preset}
          label={words("blinkOf", { key: presetKey })}
          labelHidden
          onChange={(blink) => onChange({ ...shown, blink })}
        />
      </Td>
      <Td className="px-1">
        {preset ? (
          <IconButton label={words("clear")} size="iconSm" disabled={disabled} onClick={() => onChange(null)}>
            <Icon name="close" size={12} />
          </IconButton>
        ) : null}
      </Td>
    </Tr>
  );
}
