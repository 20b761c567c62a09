"use client";
import type { ReactNode } from "react";
import { useList } from "./use-list.ts";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { inputClasses } from "./input.tsx";
import { Popover } from "./popover.tsx";
import { Checkbox } from "./switch.tsx";

/** Several of a list; the names stand in the field. */
export function MultiSelect<V extends string>({
  options,
  value,
  onChange,
  placeholder,
  label,
  size,
  max,
  className,
}: {
  options: readonly { readonly value: V; readonly label: string; readonly hint?: ReactNode }[];
  value: readonly V[];
  onChange: (value: V[]) => void;
  placeholder: string;
  /** Read out, where no `Field` is around. */
  label?: string;
  size?: "sm" | "md";
  max?: number;
  className?: string;
}) {
  const list = useList();
  const field = useFieldProps({});
  const names = options.filter((option) => value.includes(option.value)).map((option) => option.label);
  const shown = names.length === 0 ? placeholder : list(names);
  const full = max !== undefined && value.length >= max;
  return (
    <Popover
      className="max-h-72 w-60 overflow-y-auto p-2"
      trigger={
        <button
          type="button"
          {...field}
          aria-label={label ? `${label}: ${shown}` : undefined}
          className={cn(inputClasses({ size }), "flex items-center justify-between gap-2 text-left", className)}
        >
          <span className={cn("truncate", names.length === 0 && "text-faint")}>{shown}</span>
          <Icon name="chevronDown" size={12} className="shrink-0 text-faint" />
        </button>
      }
    >
      <div className="flex flex-col">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            className="rounded-sm px-1.5 py-1 hover:bg-hover"
            checked={value.includes(option.value)}
            disabled={full && !value.includes(option.value)}
            onChange={(checked) =>
              onChange(checked ? [...value, option.value] : value.filter((other) => other !== option.value))
            }
            label={option.label}
            hint={option.hint}
          />
        ))}
      </div>
    </Popover>
  );
}
