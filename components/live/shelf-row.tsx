"use client";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { count, percent, yuan, yuanExact, yuanRange, yuanRound } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { cn } from "../ui/cn.ts";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Tag } from "../ui/tag.tsx";
import { HANDS, PLANNERS, useDesk } from "./desk.tsx";
import { useMissingWords, useOrdersKnown } from "./figure-cell.tsx";
import { numberOf } from "./number-entry.ts";
import { isLow, priceRange, shelfState } from "./product-facts.ts";
import { useProductActs } from "./product-acts.ts";
import { useStoreValue } from "./store.ts";

const wide =
  "grid-cols-[32px_minmax(110px,1fr)_44px_80px_128px_46px_80px_64px_120px] @max-[700px]:grid-cols-[32px_minmax(64px,1fr)_80px_126px_80px_112px] @max-[700px]:[&>.wide]:hidden";
const narrow = "grid-cols-[26px_minmax(56px,1fr)_66px_52px_82px] gap-1.5";

export const shelfColumns = (compact: boolean) => cn("grid items-center gap-2 px-3", compact ? narrow : wide);

/** One product. Draws again only when its own row or figures changed. */
export const ShelfRow = memo(function ShelfRow({ productId, compact }: { productId: string; compact: boolean }) {
  const row = useSession((show) => show.products.get(productId));
  const { entry } = useDesk();
  const isMeant = useStoreValue(entry, (state) => numberOf(state) === row?.linkNo);
  if (!row) return null;
  const isDim = row.saleState.value === "soldOut" && !row.explained;
  return (
    <RowMenu row={row}>
      <button
        type="button"
        aria-haspopup="menu"
        className={cn(
          shelfColumns(compact),
          "h-9 w-full cursor-default border-b text-left text-sm -outline-offset-2 hover:bg-hover",
          row.explained && "bg-picked",
          isMeant && "bg-[#10233f] hover:bg-[#10233f]",
          isDim && "text-faint",
        )}
      >
        <b className="tabular-nums">{row.linkNo}</b>
        <span className="truncate" title={row.name}>
          {row.name}
        </span>
        {compact ? null : <RoleCell role={row.role} />}
        <PriceCell row={row} />
        {compact ? <SellableCell row={row} /> : <StockCell row={row} />}
        {compact ? null : <FigureCells row={row} />}
        <span className="flex justify-end">
          <StateTag row={row} />
        </span>
      </button>
    </RowMenu>
  );
});

function RoleCell({ role }: { role: string }) {
  return (
    <span className="wide">
      {role ? (
        <Tag className="px-1" shape={false}>
          {role.replace(/款$/, "")}
        </Tag>
      ) : null}
    </span>
  );
}

/** ¥100,000: more than fits into the column with its cents. */
const LONG_PRICE_FEN = 10_000_000;

function PriceCell({ row }: { row: ProductRow }) {
  const { lowFen, highFen, planned } = priceRange(row);
  const isLong = lowFen >= LONG_PRICE_FEN;
  // A price that is cut reads as another price: from there on it goes without its cents, and smaller.
  const text = highFen > lowFen ? `${yuan(lowFen)}+` : isLong ? yuan(lowFen) : yuanExact(lowFen);
  const title = highFen > lowFen ? yuanRange(lowFen, highFen) : text;
  return (
    <span
      title={title}
      className={cn("truncate text-right tabular-nums", isLong && "text-2xs tracking-tight", planned && "text-faint")}
    >
      {text}
    </span>
  );
}

function SellableCell({ row }: { row: ProductRow }) {
  const low = isLow(row);
  return (
    <span
      className={cn(
        "truncate text-right tabular-nums",
        low && "font-semibold text-wait-ink",
        row.oversold && "text-air-ink",
      )}
    >
      {low ? "▲ " : ""}
      {count(row.sellable)}
    </span>
  );
}

function StockCell({ row }: { row: ProductRow }) {
  const low = isLow(row);
  return (
    <span
      className={cn(
        "truncate text-right tabular-nums",
        low && "font-semibold text-wait-ink",
        row.oversold && "text-air-ink",
      )}
    >
      {low ? "▲ " : ""}
      {count(row.sellable)} / {count(row.unpaidHold)} / {count(row.pool)}
    </span>
  );
}

function FigureCells({ row }: { row: ProductRow }) {
  const explain = useMissingWords();
  const figures = useSession((show) => (row.platformId === null ? undefined : show.productFigures.get(row.platformId)));
  const click = figures?.clickToPay;
  const isKnown = useOrdersKnown();
  return (
    <>
      <span className="wide truncate text-right tabular-nums">{isKnown ? count(row.sold) : "–"}</span>
      <span className="truncate text-right tabular-nums">{figures ? yuanRound(figures.paid.fen) : "–"}</span>
      <span className="wide truncate text-right tabular-nums" title={click ? (explain(click) ?? "") : ""}>
        {click?.value == null ? "–" : percent(click.value)}
      </span>
    </>
  );
}

function StateTag({ row }: { row: ProductRow }) {
  const words = useTranslations("shelf.state");
  const state = shelfState(row);
  switch (state.kind) {
    case "explained":
      return (
        <Tag tone="air">{state.round > 1 ? words("explainedRound", { round: state.round }) : words("explained")}</Tag>
      );
    case "priceWrong":
      return (
        <Tag tone="air">
          {state.seenFen === null ? words("priceWrong") : words("priceSeen", { price: yuan(state.seenFen) })}
        </Tag>
      );
    case "oversold":
    case "contradicted":
    case "delisted":
      return <Tag tone="air">{words(state.kind)}</Tag>;
    case "notYet":
      return <Tag>{words("notYet")}</Tag>;
    case "onSale":
      return <Tag tone={state.confirmed ? "sure" : "plain"}>{words("onSale")}</Tag>;
    case "notInBag":
    case "soldOut":
      return <Tag>{words(state.kind)}</Tag>;
    default:
      return state satisfies never;
  }
}

function RowMenu({ row, children }: { row: ProductRow; children: ReactNode }) {
  const words = useTranslations("shelf");
  const { may, dialog, entry } = useDesk();
  const acts = useProductActs();
  const { productId } = row;
  const open = (kind: "price" | "delist" | "wrongPrice" | "stock") => () => dialog.write({ kind, productId });
  const isOut = row.saleState.value === "soldOut";
  const release = () =>
    entry.write({ ...entry.read(), number: "", amount: { linkNo: row.linkNo, text: "", suggested: 50 } });
  const items: MenuItem[] = [
    ...(may([...HANDS, "assistant"])
      ? [
          row.explained
            ? { label: words("end"), hotkey: "P", onSelect: acts.endExplain }
            : { label: words("explain"), hotkey: "P", onSelect: () => acts.explain(row) },
        ]
      : []),
    ...(may(HANDS)
      ? [
          { label: words("release"), hotkey: "S", disabled: row.pool <= 0, onSelect: release },
          { label: isOut ? words("reopen") : words("soldOut"), hotkey: "U", onSelect: () => acts.soldOut(row) },
          { label: row.inBag.value ? words("bagRemove") : words("bagAdd"), hotkey: "B", onSelect: () => acts.bag(row) },
        ]
      : []),
    ...(may(PLANNERS)
      ? [
          { label: words("price"), hotkey: "E", onSelect: open("price") },
          {
            label: words("openSale"),
            hotkey: "O",
            disabled: row.saleState.value === "onSale",
            onSelect: () => acts.openSale(row),
          },
          { label: words("stock"), hotkey: "A", onSelect: open("stock") },
          "line" as const,
          { label: words("wrongPrice"), hotkey: "W", onSelect: open("wrongPrice") },
          {
            label: words(row.shopListing.value === "delisted" ? "relist" : "delist"),
            hotkey: "D",
            danger: true,
            onSelect: open("delist"),
          },
        ]
      : []),
  ];
  return items.length === 0 ? (
    children
  ) : (
    <Menu items={items} align="start">
      {children}
    </Menu>
  );
}
