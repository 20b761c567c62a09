"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { cn } from "../../ui/cn.ts";

/** WeCom counts bytes: a Chinese character has three. */
export function BytesLeft({ left }: { left: number }) {
  const words = useTranslations("wecomDesk.welcome");
  return (
    <span
      className={cn("text-xs tabular-nums", left < 0 ? "text-air-ink" : left < 100 ? "text-wait-ink" : "text-faint")}
    >
      {words("bytesLeft", { left: count(left) })}
    </span>
  );
}
