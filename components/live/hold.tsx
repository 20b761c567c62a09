"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { PLANNERS, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { useDeed } from "./use-deed.ts";

/** One key holds everything that Kaibo itself would send or draw; it works also in text fields and dialogs. */
export function HoldButton({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("control");
  const { readOnly } = useDesk();
  const deed = useDeed();
  const held = useSession((show) => show.hold.held);
  const busy = useBusy("hold");
  const hold = () => void deed("hold", "arm.holdAll", {});
  const key = { key: "F8", label: words("holdAll"), section: "show" as const, scope: "always" as const, run: hold };
  useDeskKey({ ...key, code: "F8", off: readOnly });
  useDeskKey({ ...key, code: "Shift+Escape", key: "⇧Esc", quiet: true, off: readOnly });
  if (readOnly || held) return null;
  return (
    <Button size="sm" look="armed" hotkey="F8" busy={busy} title={words("holdAll")} onClick={hold}>
      {words(compact ? "hold" : "holdAll")}
    </Button>
  );
}

/** The held state is loud; letting go takes a click, never a key. */
export function HoldBanner() {
  const words = useTranslations("control");
  const { may } = useDesk();
  const deed = useDeed();
  const held = useSession((show) => show.hold.held);
  const busy = useBusy("release");
  if (!held) return null;
  return (
    <div
      role="alert"
      className="flex items-center justify-center gap-4 bg-wait px-4 py-2 text-base font-semibold text-black"
    >
      <Icon name="pause" />
      {words("held")}
      <span className="text-sm font-normal">{words("heldText")}</span>
      {may(PLANNERS) ? (
        <Button busy={busy} onClick={() => void deed("release", "arm.release", {})}>
          {words("releaseHold")}
        </Button>
      ) : null}
    </div>
  );
}
