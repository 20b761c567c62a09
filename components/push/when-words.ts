"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { PushWhen } from "#domain/push/shapes.ts";
import { count } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";

export type SpanWords = (ms: number) => string;

/** 90 minutes as people say it: 1 小时 30 分. Below a minute: seconds. */
export function useSpanWords(): SpanWords {
  const words = useTranslations("push.span");
  return useCallback(
    (ms) => {
      const seconds = Math.round(Math.abs(ms) / 1_000);
      if (seconds < 60) return words("seconds", { seconds });
      const total = Math.round(seconds / 60);
      const [days, hours, minutes] = [Math.floor(total / 1_440), Math.floor((total % 1_440) / 60), total % 60];
      const parts = [
        ...(days > 0 ? [words("days", { days })] : []),
        ...(hours > 0 ? [words("hours", { hours })] : []),
        ...(minutes > 0 ? [words("minutes", { minutes })] : []),
      ];
      return parts.slice(0, 2).join(" ");
    },
    [words],
  );
}

/** When a push is to be read, as it was planned: 开播前 30 分, 推券后, 手动. */
export function useWhenWords(): (when: PushWhen) => string {
  const words = useTranslations("push.when");
  const span = useSpanWords();
  const products = useSession((show) => show.products);
  const coupons = useSession((show) => show.coupons);
  const lotteries = useSession((show) => show.lotteries);
  return (when) => {
    switch (when.by) {
      case "time":
        return dayTime(when.at);
      case "start":
        if (when.offsetMs === 0) return words("atStart");
        return words(when.offsetMs < 0 ? "beforeStart" : "afterStart", { span: span(when.offsetMs) });
      case "hand":
        return words("byHand");
      case "event": {
        const { on, subjectId, units, once } = when;
        const product = products.get(subjectId ?? "");
        const subject = product
          ? `${product.linkNo} · ${product.name}`
          : (coupons.get(subjectId ?? "") ?? lotteries.get(subjectId ?? ""))?.title;
        const said = words(`event.${on}`, { units: count(units), subject: subject ?? words("any") });
        return once ? said : `${said} · ${words("eachTime")}`;
      }
    }
  };
}
