"use client";
import { Command } from "cmdk";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { inputClasses } from "./input.tsx";
import { Popover } from "./popover.tsx";

export type ComboboxOption = { readonly value: string; readonly label: string; readonly hint?: ReactNode };

/** More than fit on a screen; beyond it a person types. */
const SHOWN_MAX = 60;

/** One of many, found by typing. `null` clears it where `clearable`. */
export function Combobox({
  options,
  value,
  onChange,
  placeholder,
  label,
  size,
  clearable,
  disabled,
}: {
  options: readonly ComboboxOption[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder: string;
  label?: string;
  size?: "sm" | "md";
  clearable?: boolean;
  disabled?: boolean;
}) {
  const words = useTranslations("ui");
  const field = useFieldProps({});
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = options.filter((option) => option.label.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
  const chosen = options.find((option) => option.value === value);
  const shown = chosen?.label ?? placeholder;
  const choose = (next: string | null) => {
    setOpen(false);
    setText("");
    onChange(next);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="w-80 p-0"
      trigger={
        <button
          type="button"
          {...field}
          aria-label={label ? `${label}: ${shown}` : undefined}
          disabled={disabled}
          className={cn(inputClasses({ size }), "flex items-center justify-between gap-2 text-left")}
        >
          <span className={cn("truncate", !chosen && "text-faint")}>{shown}</span>
          <Icon name="chevronDown" size={12} className="shrink-0 text-faint" />
        </button>
      }
    >
      <Command shouldFilter={false} label={label ?? placeholder}>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={placeholder}
          className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none"
        />
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-4 text-center text-xs text-faint">{words("noMatch")}</Command.Empty>
          {clearable && wanted === "" ? (
            <Item value=" none" onSelect={() => choose(null)}>
              <span className="text-faint">{words("none")}</span>
            </Item>
          ) : null}
          {found.map((option) => (
            <Item key={option.value} value={option.value} onSelect={() => choose(option.value)}>
              <span className="min-w-0 flex-1 truncate">{option.label}</span>
              {option.hint ? <span className="shrink-0 text-xs text-faint">{option.hint}</span> : null}
            </Item>
          ))}
        </Command.List>
      </Command>
    </Popover>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm select-none data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  );
}
