"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useReview } from "../review/review-context.tsx";
import { Button } from "../ui/button.tsx";

const CopyCuesDialog = dynamic(() => import("./copy-cues-dialog.tsx").then((part) => part.CopyCuesDialog));

const PLANNERS: ReadonlySet<string> = new Set(["owner", "manager", "operator"]);

/** In a review, for those who plan: the cues of the stretch that is picked, or all, into a coming show. */
export function CopyStretchButton() {
  const words = useTranslations("compare.copy");
  const { sessionId, plan, stretch, shared } = useReview();
  const [open, setOpen] = useState(false);
  if (shared || !plan.show.roles.some((role) => PLANNERS.has(role))) return null;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {words("button")}
      </Button>
      {open ? (
        <CopyCuesDialog sessionId={sessionId} roomId={plan.room.id} stretch={stretch} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
