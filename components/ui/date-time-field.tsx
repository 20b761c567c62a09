"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";
import { instantFromText, isSameDay, monthOf, monthsAway, onDay, textFromInstant } from "./date-time-text.ts";
import { Icon } from "./icon.tsx";
import type { InputProps } from "./input.tsx";
import { ParsedField } from "./number-field.tsx";
import { Popover } from "./popover.tsx";

export type DateTimeFieldProps = Omit<InputProps, "value" | "defaultValue" | "onChange" | "type"> & {
  /** ms UTC; the field shows Asia/Shanghai whatever the machine's zone and language are. */
  value: number | null;
  onCommit: (at: number) => void;
};

/** A day and a time, typed ("11-21 20:00", "20:00") or chosen. */
export function DateTimeField({ value, onCommit, className, disabled, ...rest }: DateTimeFieldProps) {
  const words = useTranslations("ui");
  const [open, setOpen] = useState(false);
  // When the field came up is near enough to now for a day to begin from.
  const [now] = useState(() => Date.now());
  return (
    <div className="relative">
      <ParsedField<number | null>
        {...rest}
        disabled={disabled}
        placeholder={rest.placeholder ?? "YYYY-MM-DD HH:MM"}
        className={cn("pr-8 text-left", className)}
        value={value}
        show={(at) => (at === null ? "" : textFromInstant(at))}
        read={(text) => (text.trim() === "" ? value : instantFromText(text, value ?? now))}
        onCommit={(at) => {
          if (at !== null) onCommit(at);
        }}
      />
      <Popover
        open={open}
        onOpenChange={setOpen}
        align="end"
        className="w-60 p-2"
        trigger={
          <IconButton
            label={words("chooseDay")}
            size="iconSm"
            disabled={disabled}
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
          >
            <Icon name="calendar" size={13} />
          </IconButton>
        }
      >
        <Month
          now={now}
          value={value ?? now}
          onChoose={(day) => {
            setOpen(false);
            onCommit(onDay(day, value ?? now));
          }}
        />
      </Popover>
    </div>
  );
}

function Month({ now, value, onChoose }: { now: number; value: number; onChoose: (day: number) => void }) {
  const words = useTranslations("ui");
  const [shown, setShown] = useState(value);
  const { year, month, days } = monthOf(shown);
  return (
    <div>
      <div className="flex items-center justify-between pb-1">
        <IconButton label={words("previousMonth")} size="iconSm" onClick={() => setShown(monthsAway(shown, -1))}>
          <Icon name="chevronLeft" size={14} />
        </IconButton>
        <span className="text-sm font-medium">{words("month", { year: String(year), month })}</span>
        <IconButton label={words("nextMonth")} size="iconSm" onClick={() => setShown(monthsAway(shown, 1))}>
          <Icon name="chevronRight" size={14} />
        </IconButton>
      </div>
      <div className="grid grid-cols-7 text-center text-xs">
        {words("weekdays")
          .split(" ")
          .map((day) => (
            <span key={day} className="py-1 text-faint">
              {day}
            </span>
          ))}
        {days.map(({ at, day, inMonth }) => (
          <button
            key={at}
            type="button"
            aria-pressed={isSameDay(at, value)}
            aria-label={textFromInstant(at).slice(0, 10)}
            onClick={() => onChoose(at)}
            className={cn(
              "h-7 rounded-sm hover:bg-hover aria-pressed:bg-act aria-pressed:text-white",
              !inMonth && "text-faint",
              isSameDay(at, now) && "font-bold text-act-ink",
            )}
          >
            {day}
          </button>
        ))}
      </div>
    </div>
  );
}
