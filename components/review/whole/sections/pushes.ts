import { pushBrought, pushReach } from "../../shapes/pushes.shape.ts";
import { number, text, type Block } from "../report-table.ts";
import type { SectionContext } from "../section-context.ts";

export function pushBlocks(context: SectionContext): readonly Block[] {
  return [reachBlock(context), broughtBlock(context)];
}

/** Hand-overs before and after the show are no second of it. */
const secondOf = ({ startedAt, until }: SectionContext, at: number | null): number | null =>
  at !== null && at >= startedAt && at <= until ? at : null;

function reachBlock(context: SectionContext): Block {
  const { slices, words } = context;
  return {
    id: "pushReach",
    title: words("pushes.reachTitle"),
    note: words("pushes.reachNote"),
    empty: words("pushes.empty"),
    columns: [
      { id: "title", label: words("pushes.name"), kind: "text", wide: true },
      { id: "kind", label: words("pushes.kind"), kind: "text", wordy: true },
      { id: "status", label: words("pushes.status"), kind: "text" },
      { id: "handedOverAt", label: words("pushes.handedOverAt"), kind: "time" },
      { id: "targets", label: words("pushes.targets"), kind: "count" },
      { id: "reached", label: words("pushes.reached"), kind: "count", wordy: true, help: words("pushes.reachedHelp") },
      { id: "notFriend", label: words("pushes.notFriend"), kind: "count" },
      { id: "overQuota", label: words("pushes.overQuota"), kind: "count", help: words("pushes.overQuotaHelp") },
      { id: "invalid", label: words("pushes.invalid"), kind: "count" },
      { id: "unsent", label: words("pushes.unsent"), kind: "count" },
      { id: "cost", label: words("pushes.cost"), kind: "count", wordy: true, help: words("pushes.costHelp") },
    ],
    rows: pushReach(slices).map((line) => ({
      id: line.pushId,
      at: secondOf(context, line.handedOverAt),
      cells: [
        text(line.title),
        text(words(`pushes.kinds.${line.kind}`)),
        text(words(`pushes.states.${line.status}`)),
        number(line.handedOverAt),
        number(line.targets),
        { value: line.reached, ...(line.byHand ? { beside: words("pushes.byHand") } : {}) },
        number(line.notFriend),
        number(line.overQuota),
        number(line.invalid),
        number(line.unsent),
        number(line.cost, words("pushes.noCost")),
      ],
    })),
  };
}

function broughtBlock(context: SectionContext): Block {
  const { slices, words, figure, why } = context;
  const noOrders = why("noOrders");
  return {
    id: "pushBrought",
    title: words("pushes.broughtTitle"),
    note: words("pushes.broughtNote"),
    empty: words("pushes.empty"),
    columns: [
      { id: "title", label: words("pushes.name"), kind: "text", wide: true },
      { id: "opens", label: words("pushes.opens"), kind: "count", wordy: true, help: figure("pushOpens").help },
      { id: "claims", label: words("pushes.claims"), kind: "count", help: figure("pushClaims").help },
      { id: "entries", label: words("pushes.entries"), kind: "count", help: figure("pushClaims").help },
      { id: "orders", label: words("orders"), kind: "count", wordy: true, help: figure("pushOrders").help },
      { id: "paid", label: words("traffic.paid"), kind: "fen", help: figure("pushOrders").help },
      { id: "share", label: words("traffic.share"), kind: "share" },
      { id: "refunded", label: words("traffic.refunded"), kind: "fen" },
    ],
    rows: pushBrought(slices).map(({ push, ...line }) => ({
      id: push?.pushId ?? "unattributed",
      at: secondOf(context, push?.handedOverAt ?? null),
      cells: [
        text(push?.title ?? words("pushes.unattributed")),
        number(line.opens, push ? words("pushes.noCode") : undefined),
        number(line.claims),
        number(line.entries),
        number(line.orders, noOrders),
        number(line.paidFen, noOrders),
        number(line.share),
        number(line.refundedFen, noOrders),
      ],
    })),
  };
}
