"use client";
import { Popover as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { usePortal } from "./portal-root.ts";

/** A small panel at its button. Leave `open` out and it looks after itself. */
export function Popover({
  trigger,
  label,
  children,
  open,
  onOpenChange,
  align = "start",
  className,
}: {
  trigger: ReactNode;
  /** Its name for those who hear it, where nothing in it says that. */
  label?: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
}) {
  const portal = usePortal();
  return (
    <Parts.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Parts.Trigger asChild>{trigger}</Parts.Trigger>
      <Parts.Portal {...portal}>
        <Parts.Content
          align={align}
          aria-label={label}
          sideOffset={4}
          className={cn("float-in z-50 w-72 rounded-md bg-raised p-3 shadow-float outline-none", className)}
        >
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
