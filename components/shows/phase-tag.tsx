"use client";
import { useTranslations } from "next-intl";
import type { Phase } from "#domain/ops/session.ts";
import { Tag, type Tone } from "../ui/tag.tsx";

const tones: Record<Phase, Tone> = {
  planned: "plain",
  warmup: "act",
  live: "air",
  interrupted: "wait",
  ended: "plain",
};

export function PhaseTag({ phase }: { phase: Phase }) {
  const words = useTranslations("phase");
  return <Tag tone={tones[phase]}>{words(phase)}</Tag>;
}

/** Stands wherever a rehearsal could be taken for a real show. */
export function RehearsalTag() {
  const words = useTranslations("show");
  return (
    <Tag tone="wait" shape={false} className="border border-dashed border-wait-edge">
      {words("rehearsal")}
    </Tag>
  );
}
