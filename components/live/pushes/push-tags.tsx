"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import type { PushKind, PushStatus } from "#domain/push/shapes.ts";
import { Tag, type Tone } from "../../ui/tag.tsx";

export const STATUS_TONES: Readonly<Record<PushStatus, Tone>> = {
  planned: "plain",
  held: "wait",
  armed: "wait",
  handedOver: "wait",
  waiting: "wait",
  sent: "sure",
  partly: "wait",
  failed: "air",
  cancelled: "plain",
  unknown: "air",
};

export function KindTag({ kind }: { kind: PushKind }) {
  const words = useTranslations("pushDesk");
  return (
    <Tag shape={false} tone={kind === "robot" ? "plain" : "private"}>
      {words(`kind.${kind}`)}
    </Tag>
  );
}

export function StatusTag({ status }: { status: PushStatus }) {
  const words = useTranslations("pushDesk");
  return <Tag tone={STATUS_TONES[status]}>{words(`status.${status}`)}</Tag>;
}

/** It does not go by itself until somebody lets it go; why. */
export function HeldTag({ held }: { held: NonNullable<PushRow["held"]> }) {
  const words = useTranslations("pushDesk");
  return <Tag tone="wait">{words(`held.${held.reason}`)}</Tag>;
}
