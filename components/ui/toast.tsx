"use client";
import { useTranslations } from "next-intl";
import { Toast as Parts } from "radix-ui";
import { useSyncExternalStore, type ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";
import { type Tone, ToneShape } from "./tag.tsx";

export type Notice = {
  readonly tone?: Tone;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** A way on: open it, undo it, try again. */
  readonly action?: { readonly label: string; readonly run: () => void };
};

type Shown = Notice & { readonly id: number };

let shown: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();
const set = (next: readonly Shown[]) => {
  shown = next;
  for (const listener of listeners) listener();
};

/** Says something in the corner, from anywhere. At most four stand at once; a refusal stays longer than a success. */
export function notify(notice: Notice): void {
  last += 1;
  set([...shown, { ...notice, id: last }].slice(-4));
}

const dismiss = (id: number) => set(shown.filter((notice) => notice.id !== id));
const none: readonly Shown[] = [];

/** Radix would take F8, which holds everything in the control room. */
const NO_HOTKEY: string[] = [];

/** Once, around the page. */
export function Toaster() {
  const words = useTranslations("ui");
  const notices = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => none,
  );
  return (
    <Parts.Provider label={words("notice")} swipeDirection="right">
      {notices.map(({ id, tone = "plain", title, text, action }) => (
        <Parts.Root
          key={id}
          duration={tone === "air" || tone === "wait" || action ? 10_000 : 4_000}
          onOpenChange={(open) => {
            if (!open) dismiss(id);
          }}
          className={cn(
            "float-in flex items-start gap-2 rounded-md bg-[#1a2330] py-2.5 pr-2 pl-3 shadow-float",
            tone === "air" && "text-air-ink",
            tone === "wait" && "text-wait-ink",
            tone === "sure" && "text-sure-ink",
          )}
        >
          <span className="flex h-5 items-center">
            <ToneShape tone={tone} size={10} />
          </span>
          <div className="min-w-0 flex-1">
            <Parts.Title className="text-sm font-medium">{title}</Parts.Title>
            {text ? <Parts.Description className="text-xs text-dim">{text}</Parts.Description> : null}
          </div>
          {action ? (
            <Parts.Action
              altText={action.label}
              onClick={action.run}
              className="h-6 rounded-sm px-2 text-xs text-act-ink hover:bg-hover"
            >
              {action.label}
            </Parts.Action>
          ) : null}
          <Parts.Close asChild>
            <IconButton label={words("close")} size="iconSm" className="-my-1">
              <Icon name="close" size={12} />
            </IconButton>
          </Parts.Close>
        </Parts.Root>
      ))}
      <Parts.Viewport
        hotkey={NO_HOTKEY}
        label={words("notice")}
        // Above a drawer's buttons: a notice that stays ten seconds would keep them from being pressed.
        className="fixed right-4 bottom-4 z-50 flex w-[360px] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none [body:has([data-drawer])_&]:bottom-18"
      />
    </Parts.Provider>
  );
}
