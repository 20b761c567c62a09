"use client";
import { useSession } from "../../session/session-provider.tsx";
import type { PushRow } from "#domain/push/rows.ts";
import type { TargetState } from "#domain/push/target-rows.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { TargetList } from "./target-list.tsx";

type Props = {
  push: PushRow;
  state?: TargetState;
  title: string;
  description: string;
  onClose: () => void;
};

export function TargetsDialog({ push, state, title, description, onClose }: Props) {
  const sessionId = useSession((show) => show.session.sessionId);
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description}>
      <TargetList
        asked={{ sessionId, pushId: push.pushId, state }}
        version={JSON.stringify([push.counts, push.quota])}
        label={title}
      />
    </Dialog>
  );
}
