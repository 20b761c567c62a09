"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useProductOptions } from "../../plan/product-options.ts";
import { useSession } from "../../session/session-provider.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Combobox, type ComboboxOption } from "../../ui/combobox.tsx";
import { Icon } from "../../ui/icon.tsx";

export const useProductChoices = useProductOptions;

export function useCouponChoices(): readonly ComboboxOption[] {
  const coupons = useSession((show) => show.coupons);
  return useMemo(
    () => [...coupons.values()].map(({ couponId, title }) => ({ value: couponId, label: title })),
    [coupons],
  );
}

type Props = {
  label: string;
  none: string;
  max: number;
  choices: readonly ComboboxOption[];
  value: readonly string[];
  disabled: boolean;
  onChange: (ids: string[]) => void;
};

/** Some of the show's own, in the order in which the page shows them. */
export function PickedList({ label, none, max, choices, value, disabled, onChange }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const names = new Map(choices.map((choice) => [choice.value, choice.label]));
  const left = choices.filter((choice) => !value.includes(choice.value));
  const move = (from: number, to: number) => {
    const id = value[from];
    if (id !== undefined) onChange(value.toSpliced(from, 1).toSpliced(to, 0, id));
  };
  return (
    <div className="flex flex-col gap-2">
      <span className="text-xs text-dim">{label}</span>
      {value.length === 0 ? <p className="text-xs text-faint">{none}</p> : null}
      <ol className="flex flex-col">
        {value.map((id, at) => {
          const name = names.get(id) ?? id;
          return (
            <li key={id} className="flex items-center gap-1 border-b py-0.5">
              <span className="min-w-0 flex-1 truncate text-sm" title={name}>
                {name}
              </span>
              <IconButton
                label={words("picker.up", { name })}
                size="iconSm"
                disabled={disabled || at === 0}
                onClick={() => move(at, at - 1)}
              >
                <Icon name="chevronUp" size={13} />
              </IconButton>
              <IconButton
                label={words("picker.down", { name })}
                size="iconSm"
                disabled={disabled || at === value.length - 1}
                onClick={() => move(at, at + 1)}
              >
                <Icon name="chevronDown" size={13} />
              </IconButton>
              <IconButton
                label={words("picker.remove", { name })}
                size="iconSm"
                // The last one: remove the block in its place.
                disabled={disabled || value.length === 1}
                onClick={() => onChange(value.toSpliced(at, 1))}
              >
                <Icon name="close" size={12} />
              </IconButton>
            </li>
          );
        })}
      </ol>
      {value.length >= max || left.length === 0 ? null : (
        <Combobox
          label={label}
          options={left}
          value={null}
          placeholder={words("picker.add")}
          disabled={disabled}
          onChange={(id) => id !== null && onChange([...value, id])}
        />
      )}
    </div>
  );
}
