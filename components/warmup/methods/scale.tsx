"use client";
import { cn } from "../../ui/cn.ts";

const STEPS = [1, 2, 3, 4, 5] as const;

type Props = {
  value: number | null;
  /** What a press of this step says, read out. */
  label: (step: number) => string;
  disabled: boolean;
  onChange: (value: number | null) => void;
};

/** One of five; a press on the one that is set takes it back. */
export function Scale({ value, label, disabled, onChange }: Props) {
  return (
    <span className="inline-flex">
      {STEPS.map((step) => {
        const isSet = value !== null && step <= value;
        return (
          <button
            key={step}
            type="button"
            disabled={disabled}
            aria-pressed={step === value}
            aria-label={label(step)}
            title={label(step)}
            onClick={() => onChange(step === value ? null : step)}
            className="group/step flex size-6 items-center justify-center rounded-sm disabled:cursor-default"
          >
            <span
              className={cn(
                "h-3.5 w-3 rounded-[2px] border",
                isSet ? "border-act-edge bg-act" : "border-edge bg-sunken group-hover/step:border-focus",
              )}
            />
          </button>
        );
      })}
    </span>
  );
}
