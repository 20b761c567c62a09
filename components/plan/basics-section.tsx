"use client";
import { useTranslations } from "next-intl";
import type { CommandInput } from "#domain/ops/index.ts";
import { count, yuan } from "../format/money.ts";
import { LastTime } from "../lessons/last-time.tsx";
import { dayTime } from "../format/time.ts";
import { useSend, useSession } from "../session/session-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Switch } from "../ui/switch.tsx";
import { TextArea, TextField } from "../ui/text-field.tsx";
import { useMayPlan, useWhoDid } from "./plan-context.tsx";
import { SavedField } from "./saved-field.tsx";
import type { Whole } from "./whole.ts";
import { Section } from "./section.tsx";
import { ShiftsSection } from "./shifts-section.tsx";

type Basics = Whole<CommandInput<"session.edit">>;
type Targets = CommandInput<"session.setTargets">;

export function BasicsSection() {
  return (
    <div className="mx-auto flex max-w-[960px] flex-col gap-8 px-6 py-6">
      <LastTime className="rounded-md border bg-raised px-4 py-3" />
      <BasicFields />
      <TargetFields />
      <ShiftsSection />
    </div>
  );
}

/** Saves one field of the basics; what the person saw travels along. */
function useBasic() {
  const send = useSend();
  const whoDid = useWhoDid();
  return <K extends keyof Basics>(key: K) => ({
    save: (value: Basics[K], seen: Basics[K]) => send("session.edit", { [key]: value }, { expect: { [key]: seen } }),
    changedBy: () =>
      whoDid(
        ({ type, data }) =>
          type === "session.edited.v1" &&
          typeof data === "object" &&
          data !== null &&
          "to" in data &&
          typeof data.to === "object" &&
          data.to !== null &&
          key in data.to,
      ),
  });
}

function BasicFields() {
  const words = useTranslations("plan.basics");
  const list = useList();
  const show = useSession((slices) => slices.session);
  const basic = useBasic();
  const disabled = !useMayPlan();
  return (
    <Section title={words("heading")}>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <SavedField label={words("title")} required value={show.title} {...basic("title")} show={String}>
          {(field) => <TextField {...field} required maxLength={80} disabled={disabled} />}
        </SavedField>
        <SavedField
          label={words("platformRoomIds")}
          hint={words("platformRoomIdsHint")}
          value={show.platformRoomIds}
          {...basic("platformRoomIds")}
          show={(ids) => list(ids)}
        >
          {({ value, onCommit, onFocus }) => (
            <TextField
              value={value.join(" ")}
              onFocus={onFocus}
              disabled={disabled}
              onCommit={(text) => onCommit(text.split(/[\s,,、;;]+/).filter(Boolean))}
            />
          )}
        </SavedField>
        <SavedField<number>
          label={words("plannedStartAt")}
          required
          value={show.plannedStartAt}
          {...basic("plannedStartAt")}
          show={dayTime}
        >
          {({ value, onCommit, onFocus }) => (
            <DateTimeField value={value} onFocus={onFocus} disabled={disabled} onCommit={onCommit} />
          )}
        </SavedField>
        <SavedField<number>
          label={words("plannedEndAt")}
          required
          value={show.plannedEndAt}
          {...basic("plannedEndAt")}
          show={dayTime}
        >
          {({ value, onCommit, onFocus }) => (
            <DateTimeField value={value} onFocus={onFocus} disabled={disabled} onCommit={onCommit} />
          )}
        </SavedField>
        <SavedField
          className="md:col-span-2"
          label={words("theme")}
          hint={words("themeHint")}
          value={show.theme}
          {...basic("theme")}
          show={String}
        >
          {(field) => <TextArea {...field} maxLength={400} disabled={disabled} />}
        </SavedField>
        <SavedField
          className="md:col-span-2"
          label={words("claims")}
          value={show.anonymousClaims}
          {...basic("anonymousClaims")}
          show={String}
        >
          {({ value, onCommit }) => (
            <Switch
              checked={value}
              onChange={onCommit}
              disabled={disabled}
              label={words("anonymousClaims")}
              hint={words("anonymousClaimsHint")}
            />
          )}
        </SavedField>
      </div>
    </Section>
  );
}

function TargetFields() {
  const words = useTranslations("plan.targets");
  const targets = useSession((slices) => slices.session.targets);
  const send = useSend();
  const whoDid = useWhoDid();
  const disabled = !useMayPlan();
  const target = <K extends keyof Targets>(key: K) => ({
    value: targets[key],
    save: (value: Targets[K], seen: Targets[K]) =>
      send("session.setTargets", { ...targets, [key]: value }, { expect: { ...targets, [key]: seen } }),
    changedBy: () => whoDid(({ type }) => type === "session.targetsSet.v1"),
  });
  return (
    <Section title={words("heading")} hint={words("hint")}>
      <div className="grid grid-cols-2 gap-4 md:grid-cols-4">
        <SavedField<number | null>
          label={words("paidFen")}
          {...target("paidFen")}
          show={(fen) => (fen === null ? "" : yuan(fen))}
        >
          {(field) => <MoneyField {...field} placeholder={words("none")} disabled={disabled} />}
        </SavedField>
        {(["orders", "audience", "reservations"] as const).map((key) => (
          <SavedField<number | null>
            key={key}
            label={words(key)}
            {...target(key)}
            show={(value) => (value === null ? "" : count(value))}
          >
            {(field) => <NumberField {...field} placeholder={words("none")} max={100_000_000} disabled={disabled} />}
          </SavedField>
        ))}
      </div>
    </Section>
  );
}
