"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { Button } from "../ui/button.tsx";
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
  if (off || held) return null;
  return (
    <Button size="sm" look="armed" hotkey="F8" busy={busy} title={words("holdAll")} onClick={hold}>
      {words(compact ? "hold" : "holdAll")}
    </Button>
  );
}

/** The held state is loud; letting go takes a click, never a key. */
export function HoldBanner() {
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
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-wait px-4 py-2 text-base font-semibold text-black"
    >
      <Icon name="pause" />
      {words("held")}
      <span className="text-sm font-normal">{words("heldText")}</span>
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
