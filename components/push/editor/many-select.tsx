"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { useList } from "../../ui/use-list.ts";
import { cn } from "../../ui/cn.ts";
import { useFieldProps } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input, inputClasses } from "../../ui/input.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";

export type Choice = { readonly value: string; readonly label: string; readonly hint?: string | undefined };

const ROW_PX = 32;

/** Several of a list that may be long: found by typing, those that are chosen first when it opens. */
export function ManySelect({
  options,
  value,
  max,
  placeholder,
  disabled,
  onChange,
}: {
  options: readonly Choice[];
  value: readonly string[];
  max: number;
  placeholder: string;
  disabled: boolean;
  onChange: (value: string[]) => void;
}) {
  const words = useTranslations("push.audience");
  const list = useList();
  const field = useFieldProps({});
  const [open, setOpen] = useState(false);
  const names = options.filter((option) => value.includes(option.value)).map(({ label }) => label);
  // What was chosen once and is not in the list any more is still chosen.
  const strange = value.length - names.length;
  const shown = list([...names, ...(strange > 0 ? [words("strange", { count: strange })] : [])]);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="flex w-80 max-w-[calc(100vw-24px)] flex-col p-2"
      trigger={
        <button
          type="button"
          {...field}
          disabled={disabled}
          className={cn(inputClasses(), "flex items-center justify-between gap-2 text-left")}
        >
          <span className={cn("truncate", shown === "" && "text-faint")}>
            {shown === ""
              ? placeholder
              : value.length > 3
                ? words("chosen", { count: count(value.length), names: shown })
                : shown}
          </span>
          <Icon name="chevronDown" size={12} className="shrink-0 text-faint" />
        </button>
      }
    >
      <ManyList options={options} value={value} max={max} label={placeholder} onChange={onChange} />
    </Popover>
  );
}

type ListProps = {
  options: readonly Choice[];
  value: readonly string[];
  max: number;
  label: string;
  onChange: (value: string[]) => void;
};

function ManyList({ options, value, max, label, onChange }: ListProps) {
  const words = useTranslations("push.audience");
  const ui = useTranslations("ui");
  const [text, setText] = useState("");
  const [first] = useState(() => new Set(value));
  const wanted = text.trim().toLowerCase();
  const found = options
    .filter((option) => option.label.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(first.has(b.value)) - Number(first.has(a.value)));
  const full = value.length >= max;
  const turn = (id: string, on: boolean) => onChange(on ? [...value, id] : value.filter((other) => other !== id));
  return (
    <>
      <Input
        size="sm"
        autoFocus
        aria-label={words("find")}
        placeholder={words("find")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 ? (
        <p className="px-2 py-4 text-center text-xs text-faint">
          {options.length === 0 ? words("listEmpty") : ui("noMatch")}
        </p>
      ) : (
        <div className="mt-1 flex flex-col" style={{ height: Math.min(found.length, 8) * ROW_PX }}>
          <VirtualRows
            label={label}
            className="flex-1"
            rowHeight={ROW_PX}
            items={found}
            idOf={(option) => option.value}
            renderRow={(option) => {
              const on = value.includes(option.value);
              return (
                <div className="flex h-8 min-w-0 items-center gap-2 px-1">
                  <Checkbox
                    className="min-w-0 flex-1 items-center [&_label]:min-w-0 [&_label]:truncate"
                    checked={on}
                    disabled={full && !on}
                    onChange={(checked) => turn(option.value, checked)}
                    label={option.label}
                  />
                  {option.hint ? <span className="shrink-0 text-xs text-faint">{option.hint}</span> : null}
                </div>
              );
            }}
          />
        </div>
      )}
      <div className="flex items-center justify-between px-1 pt-1.5 text-xs text-faint">
        <span>{words("chosenCount", { count: count(value.length), max: count(max) })}</span>
        {value.length > 0 ? (
          <button type="button" className="text-act-ink" onClick={() => onChange([])}>
            {words("clear")}
          </button>
        ) : null}
      </div>
    </>
  );
}
