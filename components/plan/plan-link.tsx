"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";

/** Of the automatic lines those that one tab of the plan mends. */
const TAB_OF: Readonly<Record<string, "products" | "rundown" | "coupons" | "lotteries">> = {
  enablerNoProduct: "products",
  stockZero: "products",
  enablerNoCue: "rundown",
  cueWithoutProduct: "rundown",
  enablerNoCoupon: "coupons",
  couponWithoutWindow: "coupons",
  lotteryWithoutRules: "lotteries",
};

/** The way to where a line is mended; `here`: from another tab of the same plan. */
export function PlanLink({ code, here = false }: { code: string; here?: boolean }) {
  const words = useTranslations("plan.checks");
  const sessionId = useSession((show) => show.session.sessionId);
  const tab = TAB_OF[code];
  if (tab === undefined) return null;
  const to = words("mend");
  return (
    <Button asChild size="sm" look="ghost">
      {here ? <a href={`#${tab}`}>{to}</a> : <Link href={`/shows/${sessionId}/plan#${tab}`}>{to}</Link>}
    </Button>
  );
}
