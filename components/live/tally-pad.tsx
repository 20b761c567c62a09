"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { count } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { HANDS, takeAgo, useDesk, useDeskKey } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { LIST_KEYS, useListLayer } from "./offer-layer.ts";
import { useStoreValue } from "./store.ts";
import { useDeed } from "./use-deed.ts";

/** Where no comments come in a hand counts what viewers ask: `Q 1`, or a press of the pad; with Shift one less. */
export function TallyPad() {
  const words = useTranslations("voices");
  const pads = useSession((show) => show.tally);
  const { layer, entry, may } = useDesk();
  const deed = useDeed();
  const off = !may([...HANDS, "assistant", "service", "community"]);
  const isOpen = useStoreValue(layer, (open) => open === "tally");
  // Counting is the one act where two quick presses are meant as two.
  const add = useCallback(
    (tallyId: string, delta: 1 | -1) =>
      void deed(`tally:${tallyId}:${Date.now()}`, "tally.add", { tallyId, delta, ago: takeAgo(entry) }),
    [deed, entry],
  );
  const pick = useCallback(
    (index: number) => {
      const pad = pads[index];
      if (pad) add(pad.tallyId, 1);
    },
    [pads, add],
  );
  const run = () => {
    const number = numberOf(entry.read());
    if (number === null) return layer.write("tally");
    entry.write({ ...entry.read(), number: "" });
    pick(number - 1);
  };
  useDeskKey({ code: "KeyQ", key: "Q", label: words("tallyLabel"), section: "people", run, off });
  useListLayer({ layer: "tally", isOpen, toggle: "KeyQ", pick });
  return (
    <div>
      <h3 className="mb-1 flex items-center gap-2 text-xs text-faint">
        {words("tally")} <Kbd>Q</Kbd>
      </h3>
      <div className="grid grid-cols-3 gap-1.5">
        {pads.map(({ tallyId, label, count: n }, index) => (
          <button
            key={tallyId}
            type="button"
            disabled={off}
            title={words("tallyHint")}
            onClick={(event) => {
              add(tallyId, event.shiftKey ? -1 : 1);
              if (event.detail > 0) event.currentTarget.blur();
            }}
            className="flex h-9 items-center gap-2 rounded-md border border-edge bg-raised px-2 text-sm hover:bg-hover disabled:opacity-45"
          >
            {isOpen ? <Kbd className="border-act-edge text-act-ink">{LIST_KEYS[index]?.key}</Kbd> : null}
            <span className="min-w-0 flex-1 truncate text-left">{label}</span>
            <b className="tabular-nums">{count(n)}</b>
            <span className="text-xs text-faint">+1</span>
          </button>
        ))}
      </div>
    </div>
  );
}
