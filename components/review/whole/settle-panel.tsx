"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { yuan } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";
import { useReviewAct } from "../review-send.ts";
import { changeParts, hasChanged } from "../shapes/settled.shape.ts";
import type { LoadedHistory } from "./load-history.ts";

const SETTLERS = new Set(["owner", "manager"]);

/** Whether the show is settled, by whom and when, and what has changed since. */
export function SettlePanel({ history }: { history: LoadedHistory | null }) {
  const words = useTranslations("settle");
  const { plan, last, endedAt, shared } = useReview();
  const act = useReviewAct();
  const [asking, setAsking] = useState<"settle" | "withdraw" | null>(null);
  const { settlement, figures } = slicesOf(last);
  const canSettle = !shared && plan.show.roles.some((role) => SETTLERS.has(role));
  if (endedAt === null || figures.headline.source !== "orders") return null;
  const now = { paidFen: figures.paid.fen, refundedFen: figures.refunded.fen };
  const name = settlement && plan.members.find(({ id }) => settlement.by.endsWith(`:${id}`))?.name;
  const change = history?.standings?.settled ? changeParts(history.standings.settled) : null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 rounded-md border bg-raised px-3 py-2 text-sm">
      {settlement ? (
        <>
          <Tag tone="sure">{words("settled")}</Tag>
          <span className="text-dim">
            {shared
              ? dayTime(settlement.at)
              : words("byAt", { name: name ?? words("someone"), time: dayTime(settlement.at) })}
            {" · "}
            {words("was", { paid: yuan(settlement.totals.paid.fen), refunded: yuan(settlement.totals.refunded.fen) })}
            {settlement.note === "" ? "" : ` · ${settlement.note}`}
          </span>
          {change ? <Changed change={change} /> : null}
        </>
      ) : (
        <span className="text-dim">{words("open")}</span>
      )}
      {canSettle ? (
        <span className="ml-auto flex gap-2">
          {settlement ? (
            <Button size="sm" onClick={() => setAsking("withdraw")}>
              {words("withdraw")}
            </Button>
          ) : null}
          {settlement === null || (change && hasChanged(change)) ? (
            <Button size="sm" look="primary" onClick={() => setAsking("settle")}>
              {words(settlement ? "again" : "settle")}
            </Button>
          ) : null}
        </span>
      ) : null}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(isOpen) => setAsking(isOpen ? asking : null)}
        title={words(asking === "withdraw" ? "withdrawTitle" : "settleTitle")}
        danger={false}
        confirmLabel={words(asking === "withdraw" ? "withdraw" : "settle")}
        onConfirm={() => (asking === "withdraw" ? act("settlement.withdraw", {}) : act("settlement.settle", {}, now))}
      >
        {asking === "withdraw"
          ? words("withdrawText")
          : words("settleText", {
              paid: yuan(now.paidFen),
              refunded: yuan(now.refundedFen),
              net: yuan(now.paidFen - now.refundedFen),
            })}
      </ConfirmDialog>
    </div>
  );
}

function Changed({ change }: { change: ReturnType<typeof changeParts> }) {
  const words = useTranslations("settle");
  if (!hasChanged(change)) return <span className="text-faint">{words("unchanged")}</span>;
  const signed = (fen: number) => `${fen > 0 ? "+" : ""}${yuan(fen)}`;
  const parts = (["ordersFen", "refundsFen", "importsFen"] as const).filter((part) => change[part] !== 0);
  return (
    <Tag tone="wait">
      {words("changed", { net: signed(change.netFen) })}
      {parts.length === 0
        ? ""
        : `(${parts.map((part) => words(`part.${part}`, { value: signed(change[part]) })).join(",")})`}
    </Tag>
  );
}
