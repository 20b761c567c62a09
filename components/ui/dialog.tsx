"use client";
import { useTranslations } from "next-intl";
import { Dialog as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";
import { usePortal } from "./portal-root.ts";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** Said under the title and read out with it. */
  description?: ReactNode | undefined;
  children: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode | undefined;
  width?: "sm" | "md" | "lg" | "xl";
  /** A drawer comes from the right and leaves the page beside it in view. */
  side?: "centre" | "right";
};

const widths = { sm: "w-[400px]", md: "w-[560px]", lg: "w-[760px]", xl: "w-[1080px]" };

/** A dialog over the page. Focus stays inside, Escape closes it, focus goes back where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = "md",
  side = "centre",
}: DialogProps) {
  const words = useTranslations("ui");
  const portal = usePortal();
  return (
    <Parts.Root open={open} onOpenChange={onOpenChange}>
      <Parts.Portal {...portal}>
        <Parts.Overlay className={cn("fixed inset-0 z-40 bg-black/60", side === "right" && "bg-black/30")} />
        <Parts.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={toFirstField}
          data-drawer={side === "right" || undefined}
          className={cn(
            "float-in fixed z-40 flex max-w-[calc(100vw-24px)] flex-col bg-raised shadow-float outline-none",
            widths[width],
            side === "right"
              ? "inset-y-0 right-0"
              : "top-1/2 left-1/2 max-h-[calc(100vh-48px)] -translate-x-1/2 -translate-y-1/2 rounded-lg",
          )}
        >
          <header className="flex items-start gap-4 border-b px-5 py-3">
            <div className="min-w-0 flex-1">
              <Parts.Title className="text-base font-semibold">{title}</Parts.Title>
              {description ? (
                <Parts.Description className="mt-0.5 text-xs text-dim">{description}</Parts.Description>
              ) : null}
            </div>
            <Parts.Close asChild>
              <IconButton label={words("close")} size="iconSm" className="-mr-2">
                <Icon name="close" size={14} />
              </IconButton>
            </Parts.Close>
          </header>
          <div data-dialog-body="" className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
            {children}
          </div>
          {footer ? <footer className="flex items-center justify-end gap-2 border-t px-5 py-3">{footer}</footer> : null}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

const FIELD =
  "[data-dialog-body] :is(input, textarea):not(:disabled, [type=hidden], [type=file], [type=checkbox], [type=radio], [tabindex='-1'])";

/**
 * Where no field asks for the focus itself the first one gets it, as Tab would leave it, instead of the button that closes everything. A finger
 * gets no keyboard over half the screen that it didn't ask for.
 */
function toFirstField(event: Event) {
  const content = event.currentTarget;
  if (!isElement(content)) return;
  event.preventDefault();
  const field = content.querySelector<HTMLInputElement | HTMLTextAreaElement>(FIELD);
  if (!field || window.matchMedia("(pointer: coarse)").matches) return content.focus();
  field.focus();
  field.select();
}

/** What stands in another window (Picture-in-Picture) is no `HTMLElement` of this one. */
const isElement = (target: EventTarget | null): target is HTMLElement => target !== null && "querySelector" in target;

/** Longer work beside the page it is about. */
export function Drawer(props: Omit<DialogProps, "side">) {
  return <Dialog {...props} side="right" />;
}
