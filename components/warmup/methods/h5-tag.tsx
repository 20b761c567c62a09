"use client";
import { useTranslations } from "next-intl";
import { Tag } from "../../ui/tag.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";

/** What WeChat's rules for outside links make of a method on an H5 page. */
export function H5Tag({ h5 }: { h5: "allowed" | "blocked" }) {
  const words = useTranslations("warmupPlan.methods");
  if (h5 === "allowed") return <Tag shape={false}>{words("h5Allowed")}</Tag>;
  return (
    <Tooltip text={words("h5BlockedHint")}>
      <button type="button" className="inline-flex rounded-sm">
        <Tag tone="wait">{words("h5Blocked")}</Tag>
      </button>
    </Tooltip>
  );
}
