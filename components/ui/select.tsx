"use client";
import { Select as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { inputClasses } from "./input.tsx";
import { usePortal } from "./portal-root.ts";

export type SelectOption<V extends string> = {
  readonly value: V;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
};

export type SelectProps<V extends string> = {
  options: readonly SelectOption<V>[];
  /** `null`: nothing chosen yet, the placeholder shows. */
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string | undefined;
  size?: "sm" | "md" | "lg";
  disabled?: boolean | undefined;
  id?: string | undefined;
  className?: string | undefined;
  "aria-label"?: string | undefined;
};

/** Radix keeps "" for itself; our option values may be empty ("all"). */
const outside = (value: string) => (value === " " ? "" : value);
const inside = (value: string) => (value === "" ? " " : value);

/** One of a short list. */
export function Select<V extends string>({
  options,
  value,
  onChange,
  placeholder,
  size,
  id,
  className,
  ...rest
}: SelectProps<V>) {
  const field = useFieldProps({ id });
  const portal = usePortal();
  return (
    <Parts.Root
      value={value === null ? "" : inside(value)}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === outside(next));
        if (chosen) onChange(chosen.value);
      }}
      {...(rest.disabled ? { disabled: true } : {})}
    >
      <Parts.Trigger
        {...field}
        aria-label={rest["aria-label"]}
        className={cn(
          inputClasses({ size }),
          "flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint",
          className,
        )}
      >
        <span className="truncate">
          <Parts.Value placeholder={placeholder ?? ""} />
        </span>
        <Icon name="chevronDown" size={12} className="shrink-0 text-faint" />
      </Parts.Trigger>
      <Parts.Portal {...portal}>
        <Parts.Content
          position="popper"
          sideOffset={4}
          className="float-in z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md bg-raised shadow-float"
        >
          <Parts.Viewport className="p-1">
            {options.map((option) => (
              <Parts.Item
                key={option.value}
                value={inside(option.value)}
                {...(option.disabled ? { disabled: true } : {})}
                className="relative flex min-h-8 cursor-pointer items-center gap-2 rounded-sm py-1 pr-3 pl-7 text-sm outline-none select-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover"
              >
                <Parts.ItemIndicator className="absolute left-2 text-act-ink">
                  <Icon name="check" size={12} />
                </Parts.ItemIndicator>
                <Parts.ItemText>{option.label}</Parts.ItemText>
                {option.hint ? <span className="ml-auto pl-4 text-xs text-faint">{option.hint}</span> : null}
              </Parts.Item>
            ))}
          </Parts.Viewport>
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
