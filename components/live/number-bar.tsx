"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect } from "react";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { notify } from "../ui/toast.tsx";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { HANDS, PLANNERS, useDesk, useDeskKey } from "./desk.tsx";
import { AGO_CHOICES, askAmount, cleared, erased, nextAgo, numberOf, typed, unitsOf } from "./number-entry.ts";
import { slicesNow, useProductActs } from "./product-acts.ts";
import { findByLink, useTarget } from "./target.ts";
import { useStore } from "./store.ts";

/** Stands over the shelf: the number being typed, whose link it is, what can follow, and how long ago the next act happened. */
export function NumberBar({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("shelf");
  const { entry, readOnly, may } = useDesk();
  const state = useStore(entry);
  const { number, amount } = state;
  const linkNo = amount ? amount.linkNo : numberOf(state);
  const explainedId = useSession((show) => show.explained?.productId ?? null);
  const row = useSession((show) =>
    linkNo === null
      ? amount && explainedId
        ? (show.products.get(explainedId) ?? null)
        : null
      : findByLink(show.products.values(), linkNo),
  );
  useShelfKeys();
  useEntryKeys();
  if (readOnly) return null;
  const isTyping = number !== "" || amount !== null;
  return (
    <div className={cn("flex h-9 shrink-0 items-center gap-3 border-b px-3 text-sm", isTyping && "bg-[#10233f]")}>
      <output aria-live="polite" className="flex min-w-0 flex-1 items-center gap-2">
        {isTyping ? (
          <>
            <b className="text-lg text-act-ink tabular-nums">{linkNo ?? words("explainedShort")}</b>
            <span className={cn("truncate", row ? "text-ink" : "text-wait-ink")}>
              {row ? row.name : words("noSuchLinkShort")}
            </span>
            {amount ? (
              <AmountBox units={unitsOf(amount)} isSuggested={amount.text === ""} pool={row?.pool ?? 0} />
            ) : (
              <NextKeys compact={compact} />
            )}
          </>
        ) : (
          <span className="truncate text-faint">{words(may(HANDS) ? "numberHint" : "numberHintExplain")}</span>
        )}
      </output>
      <AgoChoice compact={compact} />
    </div>
  );
}

function AmountBox({ units, isSuggested, pool }: { units: number; isSuggested: boolean; pool: number }) {
  const words = useTranslations("shelf");
  return (
    <span className="flex shrink-0 items-center gap-2">
      {words("release")}
      <b
        className={cn(
          "rounded-sm border border-act-edge bg-sunken px-2 text-lg tabular-nums",
          isSuggested && "text-dim",
        )}
      >
        {units}
      </b>
      <span className={cn("text-xs", units > pool ? "text-wait-ink" : "text-faint")}>{words("ofPool", { pool })}</span>
      <Kbd>Enter</Kbd>
    </span>
  );
}

const EXPLAINERS = [...HANDS, "assistant"] as const;
const NEXT_KEYS = [
  ["P", "explain", EXPLAINERS],
  ["S", "release", HANDS],
  ["E", "price", PLANNERS],
  ["O", "openSale", PLANNERS],
  ["U", "soldOut", HANDS],
  ["B", "bag", HANDS],
] as const;

/** What can follow a number, for this person: a key that would do nothing is not offered. */
function NextKeys({ compact }: { compact: boolean }) {
  const words = useTranslations("shelf");
  const { may } = useDesk();
  const keys = NEXT_KEYS.filter(([, , roles]) => may(roles));
  return (
    <span className="flex shrink-0 items-center gap-2 text-xs text-dim">
      {keys.slice(0, compact ? 2 : keys.length).map(([key, name]) => (
        <span key={key} className="flex items-center gap-1">
          <Kbd>{key}</Kbd>
          {words(name)}
        </span>
      ))}
    </span>
  );
}

/** When the next act happened: one key goes round, and the press itself is as fast as ever. */
function AgoChoice({ compact }: { compact: boolean }) {
  const words = useTranslations("shelf");
  const { entry } = useDesk();
  const state = useStore(entry);
  if (compact) {
    return (
      <button
        type="button"
        aria-label={`${words("ago")}: ${words(`agoChoice.${state.agoMs}`)}`}
        onClick={(event) => {
          entry.write(nextAgo(state));
          event.currentTarget.blur();
        }}
        className={cn(
          "flex h-6 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs",
          state.agoMs > 0 ? "bg-wait-soft text-wait-ink" : "text-dim",
        )}
      >
        {words(`agoChoice.${state.agoMs}`)} <Kbd>-</Kbd>
      </button>
    );
  }
  return (
    <div role="group" aria-label={words("ago")} className="flex shrink-0 items-center gap-1">
      {AGO_CHOICES.map((agoMs) => (
        <button
          key={agoMs}
          type="button"
          aria-pressed={state.agoMs === agoMs}
          onClick={(event) => {
            entry.write({ ...state, agoMs });
            event.currentTarget.blur();
          }}
          className={cn(
            "h-6 rounded-sm px-1.5 text-xs whitespace-nowrap text-faint hover:text-ink aria-pressed:bg-picked aria-pressed:text-ink",
            state.agoMs === agoMs && agoMs > 0 && "aria-pressed:bg-wait-soft aria-pressed:text-wait-ink",
          )}
        >
          {words(`agoChoice.${agoMs}`)}
        </button>
      ))}
      <Kbd>-</Kbd>
    </div>
  );
}

/** Digits, Backspace, Escape, Enter after an amount, and "how long ago". */
function useEntryKeys() {
  const { keys, entry, readOnly } = useDesk();
  const words = useTranslations("shelf");
  const acts = useProductActs();
  const releaseRow = useReleaseRow();
  useDeskKey({
    code: "Minus",
    key: "-",
    label: words("ago"),
    section: "shelf",
    off: readOnly,
    run: () => entry.write(nextAgo(entry.read())),
  });
  useEffect(() => {
    if (readOnly) return undefined;
    return keys.addLayer((name) => {
      const state = entry.read();
      const digit = /^(?:Digit|Numpad)(\d)$/.exec(name)?.[1];
      if (digit !== undefined) {
        entry.write(typed(state, digit));
        return true;
      }
      if (name === "Backspace" && (state.amount || state.number !== "")) {
        entry.write(erased(state));
        return true;
      }
      if (state.amount && (name === "Enter" || name === "NumpadEnter" || name === "KeyS")) {
        entry.write({ ...state, amount: null });
        const row = releaseRow(state.amount.linkNo);
        if (row) acts.release(row, unitsOf(state.amount));
        return true;
      }
      if (name === "Escape") {
        const next = cleared(state);
        if (next) entry.write(next);
        return next !== null;
      }
      return false;
    });
  }, [keys, entry, readOnly, acts, releaseRow]);
}

function useReleaseRow(): (linkNo: number | null) => ProductRow | null {
  const source = useSessionSource();
  return useCallback(
    (linkNo) => {
      const show = slicesNow(source);
      if (!show) return null;
      if (linkNo !== null) return findByLink(show.products.values(), linkNo);
      return show.explained ? (show.products.get(show.explained.productId) ?? null) : null;
    },
    [source],
  );
}

/** The letters that follow a number. */
function useShelfKeys() {
  const words = useTranslations("shelf");
  const { may, entry, dialog, releaseUnits } = useDesk();
  const acts = useProductActs();
  const target = useTarget();
  const explainedId = useSession((show) => show.explained?.productId ?? null);
  const section = "shelf" as const;
  const off = !may(HANDS);
  const offPlan = !may(PLANNERS);
  const offExplain = !may(EXPLAINERS);
  const open = (kind: "price" | "delist" | "wrongPrice" | "stock") => () => {
    const row = target();
    if (row) dialog.write({ kind, productId: row.productId });
  };
  const on = (act: (row: ProductRow) => void) => () => {
    const row = target();
    if (row) act(row);
  };
  const explain = (row: ProductRow) => (row.productId === explainedId ? acts.endExplain() : acts.explain(row));
  const release = () => {
    const state = entry.read();
    if (state.number === "" && !explainedId) notify({ title: words("typeNumberFirst") });
    else entry.write(askAmount(state, releaseUnits.read()));
  };
  useDeskKey({ code: "KeyP", key: "P", label: words("explainLabel"), section, run: on(explain), off: offExplain });
  useDeskKey({ code: "KeyS", key: "S", label: words("releaseLabel"), section, run: release, off });
  useDeskKey({ code: "KeyE", key: "E", label: words("priceLabel"), section, run: open("price"), off: offPlan });
  useDeskKey({ code: "KeyO", key: "O", label: words("openSaleLabel"), section, run: on(acts.openSale), off: offPlan });
  useDeskKey({ code: "KeyU", key: "U", label: words("soldOutLabel"), section, run: on(acts.soldOut), off });
  useDeskKey({ code: "KeyB", key: "B", label: words("bagLabel"), section, run: on(acts.bag), off });
  useDeskKey({ code: "KeyA", key: "A", label: words("stockLabel"), section, run: open("stock"), off: offPlan });
  useDeskKey({ code: "KeyD", key: "D", label: words("delistLabel"), section, run: open("delist"), off: offPlan });
  useDeskKey({
    code: "KeyW",
    key: "W",
    label: words("wrongPriceLabel"),
    section,
    run: open("wrongPrice"),
    off: offPlan,
  });
}
