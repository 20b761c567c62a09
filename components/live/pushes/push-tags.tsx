"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import type { PushKind } from "#domain/push/shapes.ts";
import { Tag } from "../../ui/tag.tsx";

export function KindTag({ kind }: { kind: PushKind }) {
  const words = useTranslations("pushDesk");
  return (
    <Tag shape={false} tone={kind === "robot" ? "plain" : "private"}>
      {words(`kind.${kind}`)}
    </Tag>
  );
}

/** It does not go by itself until somebody lets it go; why. */
export function HeldTag({ held }: { held: NonNullable<PushRow["held"]> }) {
  const words = useTranslations("pushDesk");
  return <Tag tone="wait">{words(`held.${held.reason}`)}</Tag>;
}
