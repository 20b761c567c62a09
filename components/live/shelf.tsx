"use client";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import Link from "next/link";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { VirtualRows } from "../ui/virtual-rows.tsx";
import { useDeskKey } from "./desk.tsx";
import { slicesNow } from "./product-acts.ts";
import { isLow } from "./product-facts.ts";
import { ShelfRow, shelfColumns } from "./shelf-row.tsx";
import { FIRST_WISH, SHELF_FILTERS, shelfOrder, type ShelfSort, type ShelfWish } from "./shelf-order.ts";

/** All products in 36 px rows. Which, and in which order, changes only when a person says so; figures change in place. */
export function Shelf({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("shelf");
  const [wish, setWish] = useState(FIRST_WISH);
  const { ids, total, renew } = useShelfOrder(wish);
  const explainedId = useSession((show) => show.explained?.productId ?? null);
  const planned = useSession((show) => show.session.sessionId);
  return (
    <section aria-label={words("title")} className="@container flex min-h-0 flex-1 flex-col">
      <ShelfTools wish={wish} onWish={setWish} onRenew={renew} shown={ids.length} total={total} compact={compact} />
      {total === 0 ? (
        <EmptyState
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={
            <Button asChild look="primary">
              <Link href={`/shows/${planned}/plan#products`}>{words("toPlan")}</Link>
            </Button>
          }
        />
      ) : (
        <VirtualRows
          label={words("title")}
          className="flex-1"
          items={ids}
          idOf={(id) => id}
          shownId={explainedId}
          head={<ShelfHead wish={wish} onWish={setWish} compact={compact} />}
          renderRow={(id) => <ShelfRow productId={id} compact={compact} />}
        />
      )}
      {total > 0 && ids.length === 0 ? <EmptyState compact title={words("nothingFound")} /> : null}
    </section>
  );
}

/** Read once for each wish; products that come later are put at the end, those that go leave. */
function useShelfOrder(wish: ShelfWish) {
  const source = useSessionSource();
  const [round, setRound] = useState(0);
  // Which products there are, and the plan's order of them: both change by acts of people alone.
  const plan = useSession((show) => planKey(show.products.values()));
  const asked = useMemo(() => ({ wish, plan, round, show: slicesNow(source) }), [source, wish, plan, round]);
  const ids = useMemo(() => {
    const { show } = asked;
    if (!show) return [];
    const facts = [...show.products.values()].map((row) => ({
      row,
      figures: row.platformId === null ? undefined : show.productFigures.get(row.platformId),
      low: isLow(row),
    }));
    return shelfOrder(facts, asked.wish);
  }, [asked]);
  const total = useSession((show) => show.products.size);
  return { ids, total, renew: () => setRound((n) => n + 1) };
}

function planKey(
  rows: Iterable<{
    readonly productId: string;
    readonly position: number;
    readonly name: string;
    readonly linkNo: number;
  }>,
): string {
  let key = "";
  for (const { productId, position, linkNo } of rows) key += `${productId}:${position}:${linkNo} `;
  return key;
}

type ToolsProps = {
  wish: ShelfWish;
  onWish: (wish: ShelfWish) => void;
  onRenew: () => void;
  shown: number;
  total: number;
  compact: boolean;
};

function ShelfTools({ wish, onWish, onRenew, shown, total, compact }: ToolsProps) {
  const words = useTranslations("shelf");
  const input = useRef<HTMLInputElement>(null);
  const isOwn = wish !== FIRST_WISH;
  useDeskKey({ code: "Slash", key: "/", label: words("search"), section: "shelf", run: () => input.current?.focus() });
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 px-3">
      <div className="relative w-52 max-w-full">
        <Icon name="search" size={13} className="absolute top-1/2 left-2 -translate-y-1/2 text-faint" />
        <Input
          ref={input}
          size="sm"
          className="pl-7"
          aria-label={words("search")}
          placeholder={words("searchHint")}
          value={wish.text}
          onChange={(event) => onWish({ ...wish, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape" && event.key !== "Enter") return;
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Escape") onWish({ ...wish, text: "" });
            event.currentTarget.blur();
          }}
        />
      </div>
      <Select
        size="sm"
        className="w-32"
        aria-label={words("filterLabel")}
        value={wish.filter}
        onChange={(filter) => onWish({ ...wish, filter })}
        options={SHELF_FILTERS.map((filter) => ({ value: filter, label: words(`filter.${filter}`) }))}
      />
      <span className="text-xs whitespace-nowrap text-faint tabular-nums">{words("count", { shown, total })}</span>
      {isOwn && !compact ? (
        <span className="ml-auto flex gap-1">
          <Button size="sm" look="ghost" onClick={onRenew}>
            {words("renew")}
          </Button>
          <Button size="sm" look="ghost" onClick={() => onWish(FIRST_WISH)}>
            {words("planOrder")}
          </Button>
        </span>
      ) : null}
    </div>
  );
}

/** Left out where the room is narrower, as in the rows. */
const WIDE_ONLY: ReadonlySet<ShelfSort> = new Set(["sold", "clickToPay"]);

function ShelfHead({ wish, onWish, compact }: Pick<ToolsProps, "wish" | "onWish" | "compact">) {
  const words = useTranslations("shelf");
  const sort = (name: ShelfSort, isNumber: boolean) => {
    const descending = wish.sort === name ? !wish.descending : isNumber;
    onWish({ ...wish, sort: name, descending });
  };
  const head = (name: Exclude<ShelfSort, "plan">, label: string, right = true) => (
    <button
      type="button"
      aria-pressed={wish.sort === name}
      title={label}
      onClick={() => sort(name, name !== "linkNo")}
      className={cn(
        "truncate hover:text-ink aria-pressed:text-ink",
        right ? "text-right" : "text-left",
        WIDE_ONLY.has(name) && "wide",
      )}
    >
      {label}
      {wish.sort === name ? (wish.descending ? " ↓" : " ↑") : ""}
    </button>
  );
  return (
    <div className={cn(shelfColumns(compact), "h-8 border-b text-xs text-faint")}>
      {head("linkNo", words("columnLink"), false)}
      <span>{words("columnProduct")}</span>
      {compact ? null : <span className="wide">{words("columnRole")}</span>}
      {head("price", words("columnPrice"))}
      {head("sellable", compact ? words("sellable") : words("columnStock"))}
      {compact ? null : head("sold", words("columnSold"))}
      {compact ? null : head("paid", words("columnPaid"))}
      {compact ? null : head("clickToPay", words("columnClick"))}
      <span className="text-right">{words("columnState")}</span>
    </div>
  );
}
