"use client";
import { useTranslations } from "next-intl";
import { evidenceMark } from "#domain/evidence-mark.ts";
import type { Evidence } from "#domain/evidence.ts";
import { clockSeconds } from "../format/time.ts";
import { useNames, useSession } from "../session/session-provider.tsx";
import { Tag } from "../ui/tag.tsx";
import { useOverTime } from "./show-clock.tsx";

/** How soon orders usually prove what they can prove (a price, a sale), once they come in. */
const ORDERS_CONFIRM_MS = 5 * 60_000;

/**
 * What a fact rests on: 手动 21:07:18, 数据 21:07:31, 未确认, 不一致. `provable`: whether orders could confirm it; else a hand's word
 * stands as such.
 */
export function EvidenceTags({ evidence, provable = false }: { evidence: Evidence | null; provable?: boolean }) {
  const words = useTranslations("evidence");
  const names = useNames();
  const hasOrders = useSession((show) => show.figures.headline.source === "orders");
  const within = provable && hasOrders ? ORDERS_CONFIRM_MS : null;
  const mark = useOverTime((now) => evidenceMark(evidence, now, within));
  if (!evidence) return <Tag>{words("unconfirmed")}</Tag>;
  const { by, happenedAt, seen, via } = evidence;
  const who = names(by) ?? words("someone");
  return (
    <>
      {via === "hand" ? (
        <span title={who}>
          <Tag className="tabular-nums">{words("hand", { time: clockSeconds(happenedAt) })}</Tag>
        </span>
      ) : null}
      {mark === "data" && seen ? <Tag tone="sure">{words("data", { time: clockSeconds(seen.at) })}</Tag> : null}
      {mark === "contradicted" && seen ? (
        <Tag tone="air">{words("contradicted", { time: clockSeconds(seen.at) })}</Tag>
      ) : null}
      {mark === "unconfirmed" ? <Tag tone="wait">{words("unconfirmed")}</Tag> : null}
    </>
  );
}
