"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { ToneShape } from "../ui/tag.tsx";
import { STOPPERS, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { useArmedName, useArmedSeconds, type Armed } from "./armed.ts";
import { useDeed } from "./use-deed.ts";

/** What goes out in a moment, over the shelf where the eyes are; Esc stops the one that fires first, wherever the focus is. `place`: away from what else floats there. */
export function ArmedBar({ place = "bottom-4" }: { place?: string }) {
  const words = useTranslations("control");
  const off = !useDesk().may(STOPPERS);
  const deed = useDeed();
  const armed = useSession((show) => show.armed);
  const first = [...armed.values()].toSorted((a, b) => a.firesAt - b.firesAt)[0];
  useDeskKey({
    code: "Escape",
    key: "Esc",
    label: words("stop"),
    section: "show",
    scope: "always",
    quiet: true,
    off,
    run: () => {
      if (!first) return false;
      void deed(`stop:${first.armId}`, "arm.stop", { armId: first.armId });
      return true;
    },
  });
  if (armed.size === 0) return null;
  return (
    <div role="alert" className={cn("absolute inset-x-4 z-20 flex flex-col gap-2", place)}>
      {[...armed.values()].map((act) => (
        <ArmedAct key={act.armId} act={act} isFirst={act === first} />
      ))}
    </div>
  );
}

function ArmedAct({ act, isFirst }: { act: Armed; isFirst: boolean }) {
  const words = useTranslations("control");
  const off = !useDesk().may(STOPPERS);
  const deed = useDeed();
  const name = useArmedName(act);
  const seconds = useArmedSeconds(act);
  const busy = useBusy(`stop:${act.armId}`);
  return (
    <div className="flex items-center gap-3 rounded-lg border-2 border-wait bg-[#241a08] px-4 py-3 shadow-float">
      <ToneShape tone="wait" size={14} />
      <span className="min-w-0 flex-1 truncate text-base font-semibold text-wait-ink">{name}</span>
      <span className="text-2xl font-bold text-wait-ink tabular-nums">{words("firesIn", { seconds })}</span>
      {off ? null : (
        <Button
          look="armed"
          size="lg"
          hotkey={isFirst ? "Esc" : undefined}
          busy={busy}
          onClick={() => void deed(`stop:${act.armId}`, "arm.stop", { armId: act.armId })}
        >
          {words("stop")}
        </Button>
      )}
    </div>
  );
}
