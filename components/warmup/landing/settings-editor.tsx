"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { REMIND_CHANNELS, type LandingSettings } from "#domain/landing/blocks.ts";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { SavedField } from "../../plan/saved-field.tsx";
import { useSend } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import { Checkbox, Switch } from "../../ui/switch.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { useWecomCodes } from "../sources/wecom-code-list.ts";
import { FindingNotes } from "./finding-notes.tsx";
import { ReserveFields } from "./reserve-fields.tsx";

export type SaveSetting = <K extends keyof LandingSettings>(
  field: K,
) => (value: LandingSettings[K], seen: LandingSettings[K]) => ReturnType<ReturnType<typeof useSend>>;

type Props = { settings: LandingSettings; findings: readonly ComplianceRow[]; disabled: boolean };

/** What stands around the blocks: where the room is found, how it is reserved, what is promised and what becomes of people's data. */
export function SettingsEditor({ settings, findings, disabled }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const set = useTranslations("warmupPlan.landing.set");
  const save = useSaving();
  return (
    <section aria-label={words("settings")} className="flex max-w-2xl flex-col gap-5">
      <h2 className="text-base font-semibold">{words("settings")}</h2>
      <FindingNotes findings={findings.filter(({ where }) => where.id === "settings")} />
      <SavedField
        label={set("channelsName")}
        hint={set("channelsNameHint")}
        required
        value={settings.channelsName}
        save={save("channelsName")}
        show={(value) => value}
      >
        {(field) => <TextField {...field} maxLength={60} disabled={disabled} />}
      </SavedField>
      <ReserveFields reserve={settings.reserve} disabled={disabled} save={save("reserve")} />
      <RemindFields settings={settings} disabled={disabled} save={save} />
      <JoinCode settings={settings} disabled={disabled} save={save} />
      <Links settings={settings} disabled={disabled} save={save} />
      <SavedField
        label={set("consent")}
        hint={set("consentHint")}
        required
        value={settings.consentText}
        save={save("consentText")}
        show={(value) => value}
      >
        {(field) => <TextArea {...field} maxLength={1_000} disabled={disabled} />}
      </SavedField>
      <Privacy settings={settings} disabled={disabled} save={save} />
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        {(["showLeaderboard", "showCount"] as const).map((field) => (
          <Switch
            key={field}
            label={set(field)}
            checked={settings[field]}
            disabled={disabled}
            onChange={(next) => void save(field)(next, settings[field])}
          />
        ))}
      </div>
    </section>
  );
}

function useSaving(): SaveSetting {
  const send = useSend();
  return useCallback(
    (field) => (value, seen) => send("landing.setSettings", { [field]: value }, { expect: { [field]: seen } }),
    [send],
  );
}

type PartProps = { settings: LandingSettings; disabled: boolean; save: SaveSetting };

/** Only channels that are ticked here are promised on the page. */
function RemindFields({ settings: { remind }, disabled, save }: PartProps) {
  const set = useTranslations("warmupPlan.landing.set");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-xs text-dim">{set("remind")}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {REMIND_CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            label={set(`remindOf.${channel}`)}
            checked={remind.includes(channel)}
            disabled={disabled}
            onChange={(isOn) =>
              void save("remind")(
                REMIND_CHANNELS.filter((one) => (one === channel ? isOn : remind.includes(one))),
                remind,
              )
            }
          />
        ))}
      </div>
      <p className="text-xs text-faint">{set("remindHint")}</p>
    </fieldset>
  );
}

function JoinCode({ settings: { joinCodeId }, disabled, save }: PartProps) {
  const set = useTranslations("warmupPlan.landing.set");
  const { codes } = useWecomCodes();
  const strange = joinCodeId !== null && !codes.some(({ id }) => id === joinCodeId);
  return (
    <SavedField
      label={set("joinCode")}
      hint={set("joinCodeHint")}
      value={joinCodeId}
      save={save("joinCodeId")}
      show={(value) => value ?? ""}
    >
      {({ value, onCommit }) => (
        <Select
          disabled={disabled}
          value={value ?? ""}
          onChange={(id) => onCommit(id === "" ? null : id)}
          options={[
            { value: "", label: set("joinCodeNone") },
            ...codes.map(({ id, name }) => ({ value: id, label: name })),
            ...(strange ? [{ value: joinCodeId, label: joinCodeId }] : []),
          ]}
        />
      )}
    </SavedField>
  );
}

function Links({ settings, disabled, save }: PartProps) {
  const set = useTranslations("warmupPlan.landing.set");
  return (["liveLink", "replayLink"] as const).map((name) => (
    <SavedField
      key={name}
      label={set(name)}
      hint={name === "liveLink" ? set("liveLinkHint") : set("linkBad")}
      value={settings[name] ?? ""}
      save={(value, seen) => save(name)(value === "" ? null : value, seen === "" ? null : seen)}
      show={(value) => value}
    >
      {(field) => <TextField {...field} maxLength={500} placeholder="https://" disabled={disabled} />}
    </SavedField>
  ));
}

function Privacy({ settings: { privacyText }, disabled, save }: PartProps) {
  const words = useTranslations("warmupPlan.landing");
  const set = useTranslations("warmupPlan.landing.set");
  const [busy, setBusy] = useState(false);
  const fill = async () => {
    setBusy(true);
    await save("privacyText")(words("privacyText"), "");
    setBusy(false);
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <SavedField
        className="w-full"
        label={set("privacy")}
        hint={set("privacyHint")}
        required
        value={privacyText}
        save={save("privacyText")}
        show={(value) => value}
      >
        {(field) => <TextArea {...field} className="min-h-32" maxLength={4_000} disabled={disabled} />}
      </SavedField>
      {privacyText === "" ? (
        <Button size="sm" disabled={disabled} busy={busy} onClick={() => void fill()}>
          {set("privacyTemplate")}
        </Button>
      ) : null}
    </div>
  );
}
