"use client";
import { DropdownMenu as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";
import { usePortal } from "./portal-root.ts";

export type MenuItem =
  | {
      readonly label: ReactNode;
      readonly onSelect: () => void;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly hotkey?: string;
      readonly checked?: boolean;
    }
  | "line";

/** A button's menu. `children` is the button. */
export function Menu({
  items,
  children,
  align = "end",
}: {
  items: readonly MenuItem[];
  children: ReactNode;
  align?: "start" | "end";
}) {
  const portal = usePortal();
  return (
    <Parts.Root modal={false}>
      <Parts.Trigger asChild>{children}</Parts.Trigger>
      <Parts.Portal {...portal}>
        <Parts.Content
          align={align}
          sideOffset={4}
          className="float-in z-50 min-w-40 rounded-md bg-raised p-1 shadow-float"
        >
          {items.map((item, index) =>
            item === "line" ? (
              <Parts.Separator key={index} className="my-1 h-px bg-line" />
            ) : (
              <Parts.Item
                key={index}
                {...(item.disabled ? { disabled: true } : {})}
                onSelect={item.onSelect}
                className={cn(
                  "flex min-h-8 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-sm outline-none select-none data-[disabled]:cursor-default data-[disabled]:opacity-45 data-[highlighted]:bg-hover",
                  item.danger && "text-air-ink",
                )}
              >
                <span className="flex-1">{item.label}</span>
                {item.checked ? <span aria-hidden>✓</span> : null}
                {item.hotkey ? <Kbd>{item.hotkey}</Kbd> : null}
              </Parts.Item>
            ),
          )}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
