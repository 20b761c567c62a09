"use client";
import { Tooltip as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { usePortal } from "./portal-root.ts";

/** Once, around the page. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Parts.Provider delayDuration={350}>{children}</Parts.Provider>;
}

/** Explains what can't say it by itself. `children` must take focus (a button), or nobody on the keyboard will read it. */
export function Tooltip({
  text,
  children,
  side = "top",
}: {
  text: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
}) {
  const portal = usePortal();
  return (
    <Parts.Root>
      <Parts.Trigger asChild>{children}</Parts.Trigger>
      <Parts.Portal {...portal}>
        <Parts.Content
          side={side}
          sideOffset={4}
          className="float-in z-50 max-w-72 rounded-md bg-[#27313f] px-2.5 py-1.5 text-xs text-ink shadow-float"
        >
          {text}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
