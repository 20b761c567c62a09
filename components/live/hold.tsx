"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { PLANNERS, STOPPERS, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { useDeed } from "./use-deed.ts";

/** What is held is only half of it: what is with the staff already can be called off. */
const isAboutPushes = ({ pushBoard }: Pick<ShowSlices, "pushBoard">): boolean =>
  pushBoard.planned + pushBoard.armed + pushBoard.held + pushBoard.cancellable > 0;

/** One key holds everything that Kaibo itself would send or draw; it works also in text fields and dialogs. */
export function HoldButton({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("control");
  const { may, dialog } = useDesk();
  const off = !may(STOPPERS);
  const deed = useDeed();
  const held = useSession((show) => show.hold.held);
  const hasPushes = useSession(isAboutPushes);
  const busy = useBusy("hold");
  const hold = () => {
    void deed("hold", "arm.holdAll", {});
    if (hasPushes) dialog.write({ kind: "held" });
  };
  const key = { key: "F8", label: words("holdAll"), section: "show" as const, scope: "always" as const, run: hold };
  useDeskKey({ ...key, code: "F8", off });
  useDeskKey({ ...key, code: "Shift+Escape", key: "⇧Esc", quiet: true, off });
  if (off) return null;
  // While it holds its place stays: what stands beside it must not move under a pointer.
  const gone = compact ? "hidden" : "invisible";
  return (
    <Button
      size="sm"
      look="armed"
      hotkey="F8"
      busy={busy}
      title={words("holdAll")}
      className={cn(held && gone)}
      onClick={hold}
    >
      {words(compact ? "hold" : "holdAll")}
    </Button>
  );
}

/** The held state is loud; letting go takes a click, never a key. */
export function HoldNotice({ className, short = false }: { className?: string; short?: boolean }) {
  const words = useTranslations("control");
  const pushWords = useTranslations("pushDesk");
  const { may, dialog } = useDesk();
  const deed = useDeed();
  const held = useSession((show) => show.hold.held);
  const hasPushes = useSession(isAboutPushes);
  const cancellable = useSession((show) => show.pushBoard.cancellable);
  const busy = useBusy("release");
  if (!held) return null;
  return (
    <div role="alert" className={cn("flex items-center bg-wait font-semibold text-black", className)}>
      <Icon name="pause" />
      <span className="shrink-0">{words("held")}</span>
      {short ? null : (
        <span className="min-w-0 truncate text-sm font-normal" title={words("heldText")}>
          {words("heldText")}
        </span>
      )}
      {hasPushes ? (
        <Button onClick={() => dialog.write({ kind: "held" })}>{pushWords("heldList", { count: cancellable })}</Button>
      ) : null}
      {may(PLANNERS) ? (
        <Button busy={busy} onClick={() => void deed("release", "arm.release", {})}>
          {words("releaseHold")}
        </Button>
      ) : null}
    </div>
  );
}
