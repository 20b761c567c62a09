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

/** A small panel at whatever was pressed; there as long as it is mounted. A press on its anchor is the anchor's own. */
export function PopoverAt({
  anchor,
  label,
  onClose,
  children,
}: {
  anchor: HTMLElement;
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const portal = usePortal();
  return (
    <Parts.Root open onOpenChange={onClose}>
      <Parts.Anchor virtualRef={{ current: anchor }} />
      <Parts.Portal {...portal}>
        <Parts.Content
          aria-label={label}
          sideOffset={4}
          collisionPadding={8}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.focus();
          }}
          className="float-in z-50 w-80 max-w-[calc(100vw-16px)] rounded-md bg-raised p-1.5 shadow-float outline-none"
        >
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
