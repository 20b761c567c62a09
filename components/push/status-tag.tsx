"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import type { PushStatus, TaskState } from "#domain/push/shapes.ts";
import type { TargetState } from "#domain/push/target-rows.ts";
import { Tag, type Tone } from "../ui/tag.tsx";

const PUSH_TONES: Readonly<Record<PushStatus, Tone>> = {
  planned: "plain",
  held: "wait",
  armed: "wait",
  handedOver: "act",
  waiting: "wait",
  sent: "sure",
  partly: "public",
  failed: "air",
  cancelled: "plain",
  unknown: "air",
};

export function PushStatusTag({ push: { status, kind } }: { push: Pick<PushRow, "status" | "kind"> }) {
  const words = useTranslations("push.status");
  // Staff forward these by themselves; nothing waits in WeCom to be sent.
  return (
    <Tag tone={PUSH_TONES[status]}>{words(status === "waiting" && kind === "forward" ? "forwarding" : status)}</Tag>
  );
}

const taskTones: Readonly<Record<TaskState, Tone>> = {
  intended: "plain",
  calling: "act",
  waiting: "wait",
  sent: "sure",
  partly: "public",
  failed: "air",
  cancelled: "plain",
  unknown: "air",
};

export function TaskStateTag({ state, role }: { state: TaskState; role: string }) {
  const words = useTranslations("push.taskState");
  return <Tag tone={taskTones[state]}>{words(state === "waiting" && role === "forward" ? "forwarding" : state)}</Tag>;
}

const targetTones: Readonly<Record<TargetState, Tone>> = {
  none: "plain",
  unsent: "wait",
  sent: "sure",
  notFriend: "air",
  overQuota: "air",
  invalid: "air",
  noQuota: "plain",
  forwarded: "sure",
  cancelled: "plain",
  unknown: "air",
};

export function TargetTag({ state }: { state: TargetState }) {
  const words = useTranslations("push.targetState");
  return <Tag tone={targetTones[state]}>{words(state)}</Tag>;
}
