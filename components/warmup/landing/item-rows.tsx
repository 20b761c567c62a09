"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

type Props<T> = {
  items: readonly T[];
  max: number;
  fresh: T;
  disabled: boolean;
  onChange: (items: T[]) => void;
  /** The fields of one row; `n` counts from 1. */
  children: (item: T, n: number, change: (next: T) => void) => ReactNode;
};

/** Rows of a block: added, written, moved and taken out where they stand. */
export function ItemRows<T>({ items, max, fresh, disabled, onChange, children }: Props<T>) {
  const words = useTranslations("warmupPlan.landing");
  const move = (from: number, to: number) => {
    const item = items[from];
    if (item !== undefined) onChange(items.toSpliced(from, 1).toSpliced(to, 0, item));
  };
  return (
    <div className="flex flex-col gap-2">
      <span className="text-xs text-dim">{words("items")}</span>
      <ol className="flex flex-col gap-2">
        {items.map((item, at) => (
          <li key={at} className="flex items-start gap-1 rounded-md border bg-raised p-2">
            <div className="flex min-w-0 flex-1 flex-col gap-2">
              {children(item, at + 1, (next) => onChange(items.toSpliced(at, 1, next)))}
            </div>
            <span className="flex shrink-0 flex-col">
              <IconButton
                label={words("itemUp", { n: at + 1 })}
                size="iconSm"
                disabled={disabled || at === 0}
                onClick={() => move(at, at - 1)}
              >
                <Icon name="chevronUp" size={13} />
              </IconButton>
              <IconButton
                label={words("itemDown", { n: at + 1 })}
                size="iconSm"
                disabled={disabled || at === items.length - 1}
                onClick={() => move(at, at + 1)}
              >
                <Icon name="chevronDown" size={13} />
              </IconButton>
              <IconButton
                label={words("removeItem", { n: at + 1 })}
                size="iconSm"
                disabled={disabled}
                onClick={() => onChange(items.toSpliced(at, 1))}
              >
                <Icon name="close" size={12} />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      <div className="flex items-center gap-2">
        <Button size="sm" disabled={disabled || items.length >= max} onClick={() => onChange([...items, fresh])}>
          <Icon name="plus" size={12} />
          {words("addItem")}
        </Button>
        {items.length >= max ? <span className="text-xs text-faint">{words("itemsMax", { max })}</span> : null}
      </div>
    </div>
  );
}
