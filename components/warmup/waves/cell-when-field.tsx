"use client";
import { useTranslations } from "next-intl";
import type { CellWhen } from "#domain/wave/shapes.ts";
import { dueAtOf, isQuiet } from "#domain/wave/times.ts";
import { instant } from "#domain/units.ts";
import { dayTime } from "../../format/time.ts";
import { useSession } from "../../session/session-provider.tsx";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { msOf, offsetOf, type Offset } from "./cell-state.shape.ts";

type Props = { when: CellWhen; disabled: boolean; onChange: (when: CellWhen) => void };

/** Counted from the start, which may move, or at a time that stays. */
export function CellWhenField({ when, disabled, onChange }: Props) {
  const words = useTranslations("warmupPlan.waves.cell");
  const all = useTranslations("warmupPlan.waves");
  const { startsAt, quietHours } = useSession((show) => show.waves);
  const at = dueAtOf(when, startsAt);
  const choose = (by: CellWhen["by"]) => {
    if (disabled || by === when.by) return;
    onChange(by === "time" ? { by, at } : { by, offsetMs: at - startsAt });
  };
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-2">
      <legend className="pb-1 text-xs text-dim">{words("when")}</legend>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={words("when")}
          value={when.by}
          onChange={choose}
          options={(["start", "time"] as const).map((by) => ({ value: by, label: words(`whenOf.${by}`) }))}
        />
        {when.by === "time" ? (
          <div className="w-56">
            <DateTimeField
              aria-label={words("when")}
              value={when.at}
              disabled={disabled}
              onCommit={(next) => onChange({ by: "time", at: instant(next) })}
            />
          </div>
        ) : (
          <OffsetFields
            offset={offsetOf(when.offsetMs)}
            disabled={disabled}
            onChange={(offset) => onChange({ by: "start", offsetMs: msOf(offset) })}
          />
        )}
      </div>
      <p className="text-xs text-faint">
        {words("dueAt", { time: dayTime(at) })}
        {isQuiet(quietHours, at) ? <span className="pl-2 text-wait-ink">{all("quiet")}</span> : null}
      </p>
    </fieldset>
  );
}

type OffsetProps = { offset: Offset; disabled: boolean; onChange: (offset: Offset) => void };

function OffsetFields({ offset, disabled, onChange }: OffsetProps) {
  const words = useTranslations("warmupPlan.waves.cell");
  const parts = [
    { name: "days", max: 30 },
    { name: "hours", max: 23 },
    { name: "minutes", max: 59 },
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={words("when")}
        value={offset.side}
        onChange={(side) => !disabled && onChange({ ...offset, side })}
        options={(["before", "after"] as const).map((side) => ({ value: side, label: words(side) }))}
      />
      {parts.map(({ name, max }) => (
        <span key={name} className="flex items-center gap-1 text-xs text-dim">
          <NumberField
            className="w-14"
            aria-label={words(name)}
            max={max}
            disabled={disabled}
            value={offset[name]}
            onCommit={(value) => onChange({ ...offset, [name]: value ?? 0 })}
          />
          {words(name)}
        </span>
      ))}
    </div>
  );
}
