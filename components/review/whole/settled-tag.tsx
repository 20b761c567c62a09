"use client";
import { useTranslations } from "next-intl";
import { dayTime } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";

/** In the header of a show whose figures were held against the shop's own. */
export function SettledTag() {
  const words = useTranslations("settle");
  const { settlement } = slicesOf(useReview().last);
  if (!settlement) return null;
  return (
    <span className="shrink-0" title={dayTime(settlement.at)}>
      <Tag tone="sure">{words("settled")}</Tag>
    </span>
  );
}
