"use client";
import { useTranslations } from "next-intl";
import { slicesOf } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";

/** Of what a rehearsal wrote: whether real shows have it too, and the way there and back. Nothing in a real show. */
export function RealToo({ forReal, onChange }: { forReal: boolean; onChange: (forReal: boolean) => void }) {
  const words = useTranslations("lessons");
  const { last, canEdit } = useReview();
  if (!slicesOf(last).session.rehearsal) return null;
  return (
    <>
      <Tag tone={forReal ? "sure" : "plain"}>{words(forReal ? "inRealToo" : "rehearsalsOnly")}</Tag>
      {canEdit ? (
        <Button size="sm" look="ghost" onClick={() => onChange(!forReal)}>
          {words(forReal ? "leaveToRehearsals" : "takeToReal")}
        </Button>
      ) : null}
    </>
  );
}
