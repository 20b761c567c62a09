"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { Icon } from "../ui/icon.tsx";
import { notify } from "../ui/toast.tsx";
import { HANDS, useDesk, useDeskKey } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { slicesNow } from "./product-acts.ts";
import { useStoreValue } from "./store.ts";
import { useDeed } from "./use-deed.ts";

const NONE: readonly number[] = [];

/**
 * Selling points of the product explained now, struck out as the host says them: a click, `2 T` for the second, or `T` for the whole list,
 * which then takes the digits until it is closed.
 */
export function SaidPoints({ row, compact }: { row: ProductRow; compact: boolean }) {
  const words = useTranslations("said");
  const { may, layer, entry } = useDesk();
  const toggle = useToggle(row.productId);
  const said = useSaidIndexes(row.productId);
  const isOpen = useStoreValue(layer, (open) => open === "points");
  const points = row.sellingPoints;
  const off = !may([...HANDS, "assistant"]) || points.length === 0;
  const run = () => {
    const number = numberOf(entry.read());
    if (number === null) return layer.write(isOpen ? null : "points");
    entry.write({ ...entry.read(), number: "" });
    if (points[number - 1] === undefined) notify({ tone: "wait", title: words("noSuchPoint", { number }) });
    else toggle(number - 1);
    return undefined;
  };
  useDeskKey({ code: "KeyT", key: "T", label: words("label"), section: "shelf", run, off });
  if (points.length === 0) return null;
  return (
    <div className="relative flex min-w-0 items-center gap-1.5 text-xs">
      <button
        type="button"
        disabled={off}
        aria-expanded={isOpen}
        onClick={(event) => {
          event.currentTarget.blur();
          layer.write(isOpen ? null : "points");
        }}
        className="flex shrink-0 items-center gap-1 text-dim hover:text-ink"
      >
        {words("count", { said: said.length, all: points.length })}
        {off ? null : <Kbd>T</Kbd>}
      </button>
      {/* A point without room for all of it is left out whole; T shows them all. */}
      {compact ? null : (
        <span className="flex h-5 min-w-0 flex-wrap gap-1 overflow-hidden">
          {points.map((point, index) => (
            <Point key={index} point={point} isSaid={said.includes(index)} off={off} onPress={() => toggle(index)} />
          ))}
        </span>
      )}
      {isOpen && !off ? <PointList points={points} said={said} onToggle={toggle} /> : null}
    </div>
  );
}

function useSaidIndexes(productId: string): readonly number[] {
  return useSession((show) => (show.said?.productId === productId ? show.said.indexes : NONE));
}

function useToggle(productId: string): (index: number) => void {
  const deed = useDeed();
  const source = useSessionSource();
  return (index) => {
    const said = slicesNow(source)?.said?.indexes.includes(index) ?? false;
    void deed(`say:${productId}:${index}`, "prompt.say", { productId, index, said: !said }, { toggles: true });
  };
}

function Point({ point, isSaid, off, onPress }: { point: string; isSaid: boolean; off: boolean; onPress: () => void }) {
  return (
    <button
      type="button"
      disabled={off}
      aria-pressed={isSaid}
      title={point}
      onClick={(event) => {
        event.currentTarget.blur();
        onPress();
      }}
      className={cn(
        "max-w-40 shrink-0 truncate rounded-sm bg-[#1f2937] px-1.5 leading-5",
        isSaid ? "text-faint line-through" : "text-ink hover:bg-hover",
      )}
    >
      {point}
    </button>
  );
}

/** All points in full; digits 1 to 9 tick, and it stays open for the next. */
function PointList({
  points,
  said,
  onToggle,
}: {
  points: readonly string[];
  said: readonly number[];
  onToggle: (index: number) => void;
}) {
  const words = useTranslations("said");
  const { keys, layer } = useDesk();
  const latest = useRef(onToggle);
  latest.current = onToggle;
  useEffect(
    () =>
      keys.addLayer((name) => {
        const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(name)?.[1] ?? 0);
        if (digit > 0 && digit <= points.length) latest.current(digit - 1);
        else if (name === "Escape" || name === "KeyT") layer.write(null);
        else return false;
        return true;
      }),
    [keys, layer, points.length],
  );
  return (
    <div
      role="group"
      aria-label={words("title")}
      className="float-in absolute top-7 left-0 z-20 flex max-h-80 w-96 max-w-[90vw] flex-col overflow-y-auto rounded-md border border-act-edge bg-[#0f1c30] p-1 shadow-float"
    >
      <p className="flex items-center justify-between px-1.5 py-0.5 text-act-ink">
        {words("hint")}
        <button type="button" aria-label={words("close")} onClick={() => layer.write(null)}>
          <Kbd>Esc</Kbd>
        </button>
      </p>
      {points.map((point, index) => (
        <button
          key={index}
          type="button"
          aria-pressed={said.includes(index)}
          onClick={(event) => {
            event.currentTarget.blur();
            onToggle(index);
          }}
          className="flex items-start gap-2 rounded-sm px-1.5 py-1 text-left text-sm hover:bg-hover"
        >
          <Kbd className="w-5 shrink-0">{index < 9 ? index + 1 : ""}</Kbd>
          <span className={cn("min-w-0 flex-1 break-words", said.includes(index) && "text-faint line-through")}>
            {point}
          </span>
          {said.includes(index) ? <Icon name="check" size={14} className="mt-0.5 shrink-0 text-sure-ink" /> : null}
        </button>
      ))}
    </div>
  );
}
