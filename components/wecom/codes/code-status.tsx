"use client";
import { useTranslations } from "next-intl";
import { Tag, type Tone } from "../../ui/tag.tsx";
import type { Code } from "./code-data.ts";

const tones: Readonly<Record<Code["status"], Tone>> = {
  creating: "wait",
  live: "sure",
  refused: "air",
  unknown: "wait",
  deleting: "wait",
  deleted: "plain",
};

export function CodeStatus({ code: { status, pending } }: { code: Pick<Code, "status" | "pending"> }) {
  const words = useTranslations("wecomDesk.codes");
  if (status === "live" && pending) return <Tag tone="wait">{words("pending")}</Tag>;
  return <Tag tone={tones[status]}>{words(`statuses.${status}`)}</Tag>;
}
