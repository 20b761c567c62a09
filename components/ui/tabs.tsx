"use client";
import { Tabs as Parts } from "radix-ui";
import { useEffect, useRef, type ReactNode } from "react";
import { cn } from "./cn.ts";

export type Tab<V extends string> = { readonly value: V; readonly label: ReactNode; readonly content: ReactNode };

/** Pages of one thing. Contents that are not shown are not rendered. */
export function Tabs<V extends string>({
  tabs,
  value,
  onChange,
  label,
  className,
}: {
  tabs: readonly Tab<V>[];
  value: V;
  onChange: (value: V) => void;
  label: string;
  className?: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where there are more than the window is wide, the one that is open is in sight.
    // The page itself stays where it is: tabs further down would pull it to them as it loads.
    const row = list.current?.getBoundingClientRect();
    const tab = list.current?.querySelector("[data-state=active]")?.getBoundingClientRect();
    if (row && tab) list.current?.scrollBy({ left: tab.left + tab.width / 2 - (row.left + row.width / 2) });
  }, [value]);
  return (
    <Parts.Root
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((candidate) => candidate.value === next);
        if (tab) onChange(tab.value);
      }}
      className={cn("flex min-h-0 flex-col", className)}
    >
      <Parts.List ref={list} aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b px-4">
        {tabs.map((tab) => (
          <Parts.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm text-dim -outline-offset-2 hover:text-ink data-[state=active]:border-act-ink data-[state=active]:font-semibold data-[state=active]:text-ink"
          >
            {tab.label}
          </Parts.Trigger>
        ))}
      </Parts.List>
      {tabs.map((tab) => (
        <Parts.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 outline-none">
          {tab.content}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}

/** Two to five ways to see the same thing; on as many lines as the place is narrow, so that none is out of sight. */
export function Segmented<V extends string>({
  options,
  value,
  onChange,
  label,
}: {
  options: readonly { readonly value: V; readonly label: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
  label: string;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      className="inline-flex max-w-full shrink-0 flex-wrap self-start rounded-md border border-edge bg-sunken p-0.5 max-md:shrink"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="h-6.5 rounded-sm px-2.5 text-xs whitespace-nowrap text-dim hover:text-ink aria-pressed:bg-picked aria-pressed:text-ink"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
