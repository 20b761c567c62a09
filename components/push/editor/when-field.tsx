"use client";
import { useTranslations } from "next-intl";
import { isMass, PUSH_EVENTS, type PushWhen } from "#domain/push/shapes.ts";
import { sendAtOf } from "#domain/push/times.ts";
import { durationMs, instant } from "#domain/units.ts";
import { dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useProductOptions } from "../../plan/product-options.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Combobox, type ComboboxOption } from "../../ui/combobox.tsx";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import type { PushDraft } from "./draft.ts";

const MINUTE_MS = 60_000;
const TIMED = ["start", "time"] as const;
const ANY = ["start", "time", "event", "hand"] as const;

type Props = { draft: PushDraft; disabled: boolean; onChange: (part: Partial<PushDraft>) => void };

/** When it is to be read, and how much before it is handed over. */
export function WhenField({ draft, disabled, onChange }: Props) {
  const words = useTranslations("push.when");
  const now = useShowNow(60_000);
  const plannedStartAt = useSession((show) => show.session.plannedStartAt);
  const { kind, when } = draft;
  const choose = (by: PushWhen["by"]) => {
    if (by === when.by) return;
    const leadMs = by === "event" || by === "hand" ? durationMs(0) : draft.leadMs;
    const fresh: Readonly<Record<PushWhen["by"], PushWhen>> = {
      start: { by: "start", offsetMs: 0 },
      time: { by: "time", at: instant(Math.max(plannedStartAt, now + 30 * MINUTE_MS)) },
      event: { by: "event", on: "openSale", subjectId: null, units: 50, once: true },
      hand: { by: "hand" },
    };
    onChange({ when: fresh[by], leadMs });
  };
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-3">
      <legend className="mb-1 text-xs text-dim">{words("label")}</legend>
      <Segmented
        label={words("label")}
        value={when.by}
        onChange={choose}
        options={(isMass(kind) ? TIMED : ANY).map((value) => ({ value, label: words(`way.${value}`) }))}
      />
      {isMass(kind) ? <p className="text-xs text-faint">{words("massTimed")}</p> : null}
      {when.by === "time" ? (
        <Field label={words("readAt")} className="max-w-64">
          <DateTimeField
            value={when.at}
            disabled={disabled}
            onCommit={(at) => onChange({ when: { by: "time", at: instant(at) } })}
          />
        </Field>
      ) : null}
      {when.by === "start" ? (
        <OffsetField when={when} disabled={disabled} onChange={(next) => onChange({ when: next })} />
      ) : null}
      {when.by === "event" ? (
        <EventFields when={when} disabled={disabled} onChange={(next) => onChange({ when: next })} />
      ) : null}
      {when.by === "hand" ? <p className="text-xs text-dim">{words("byHandHelp")}</p> : null}
      {when.by === "time" || when.by === "start" ? (
        <LeadField draft={draft} disabled={disabled} onChange={onChange} />
      ) : null}
    </fieldset>
  );
}

type Of<B extends PushWhen["by"]> = {
  when: Extract<PushWhen, { by: B }>;
  disabled: boolean;
  onChange: (when: PushWhen) => void;
};

function OffsetField({ when: { offsetMs }, disabled, onChange }: Of<"start">) {
  const words = useTranslations("push.when");
  const side = offsetMs > 0 ? "after" : "before";
  const set = (minutes: number, to: "before" | "after") =>
    onChange({ by: "start", offsetMs: (to === "before" ? -1 : 1) * minutes * MINUTE_MS });
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={words("fromStart")} className="w-32">
        <Select
          value={side}
          disabled={disabled}
          onChange={(to) => set(minutes, to)}
          options={(["before", "after"] as const).map((value) => ({ value, label: words(`side.${value}`) }))}
        />
      </Field>
      <Field label={words("minutes")} className="w-24">
        <NumberField
          min={0}
          max={30 * 1_440}
          disabled={disabled}
          value={minutes}
          onCommit={(value) => set(value ?? 0, side)}
        />
      </Field>
    </div>
  );
}

/** In whole minutes; with what that comes to on the clock. */
function LeadField({ draft, disabled, onChange }: Props) {
  const words = useTranslations("push.when");
  const session = useSession((show) => show.session);
  const now = useShowNow(15_000);
  const sendAt = sendAtOf(draft, session);
  const isPast = sendAt !== null && sendAt < now - MINUTE_MS;
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <Field label={words("lead")} className="w-32">
        <NumberField
          min={0}
          max={1_440}
          disabled={disabled}
          value={Math.round(draft.leadMs / MINUTE_MS)}
          onCommit={(minutes) => onChange({ leadMs: durationMs((minutes ?? 0) * MINUTE_MS) })}
        />
      </Field>
      {sendAt === null ? null : (
        <p
          role={isPast ? "alert" : undefined}
          className={isPast ? "pb-1.5 text-xs text-air-ink" : "pb-1.5 text-xs text-dim"}
        >
          {words(isPast ? "sendAtPast" : "sendAt", { time: dayTime(sendAt) })}
        </p>
      )}
    </div>
  );
}

function EventFields({ when, disabled, onChange }: Of<"event">) {
  const words = useTranslations("push.when");
  const subjects = useSubjects(when.on);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={words("after")} className="w-40">
        <Select
          value={when.on}
          disabled={disabled}
          onChange={(on) => onChange({ ...when, on, subjectId: null })}
          options={PUSH_EVENTS.map((value) => ({ value, label: words(`on.${value}`) }))}
        />
      </Field>
      {subjects.length > 0 ? (
        <Field label={words("of")} className="w-64">
          <Combobox
            clearable
            options={subjects}
            value={when.subjectId}
            disabled={disabled}
            placeholder={words("any")}
            onChange={(subjectId) => onChange({ ...when, subjectId })}
          />
        </Field>
      ) : null}
      {when.on === "unpaidHigh" ? (
        <Field label={words("units")} className="w-28">
          <NumberField
            min={1}
            max={1_000_000}
            disabled={disabled}
            value={when.units}
            onCommit={(units) => units !== null && onChange({ ...when, units })}
          />
        </Field>
      ) : null}
      {when.on === "ended" ? null : (
        <Switch
          className="pb-1.5"
          checked={!when.once}
          disabled={disabled}
          onChange={(each) => onChange({ ...when, once: !each })}
          label={words("eachTime")}
        />
      )}
    </div>
  );
}

function useSubjects(on: Extract<PushWhen, { by: "event" }>["on"]): readonly ComboboxOption[] {
  const products = useProductOptions();
  const coupons = useSession((show) => show.coupons);
  const lotteries = useSession((show) => show.lotteries);
  if (on === "openSale") return products;
  if (on === "couponPushed")
    return [...coupons.values()].map(({ couponId, title }) => ({ value: couponId, label: title }));
  if (on === "lotteryOpened")
    return [...lotteries.values()].map(({ lotteryId, title }) => ({ value: lotteryId, label: title }));
  return [];
}
