"use client";
import { useTranslations } from "next-intl";
import type { PushTaskRow } from "#domain/push/rows.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TargetList } from "./target-list.tsx";

/** Each group or customer of one member's message, with WeCom's word for it. */
export function TargetsOfTask({ task, name, onClose }: { task: PushTaskRow; name: string; onClose: () => void }) {
  const words = useTranslations("push.task");
  const sessionId = useSession((show) => show.session.sessionId);
  const { pushId, taskId, counts, ticks, state, over } = task;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("targetsOf", { name })}
      description={words(task.role === "forward" ? "ticksHint" : "resultsHint")}
    >
      <TargetList
        asked={{ sessionId, pushId, taskId }}
        version={JSON.stringify([counts, ticks, state, over])}
        label={words("targetsOf", { name })}
      />
    </Dialog>
  );
}
