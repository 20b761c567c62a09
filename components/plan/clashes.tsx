"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { changed, rebase, settle, type Draft, type Rebased } from "./rebase.ts";

/** A form over a row of the show that others may write too. `live` undefined: the row is new. */
export function useWholeDraft<T extends object>(live: T | undefined, fresh: T) {
  const [draft, setDraft] = useState<Draft<T>>(() => ({ seen: live ?? fresh, mine: live ?? fresh }));
  const rebased = rebase(draft, live);
  return {
    rebased,
    draft: rebased.mine,
    change: (part: Partial<T>) => setDraft({ ...rebased, mine: { ...rebased.mine, ...part } }),
    settle: (field: keyof T & string, by: "mine" | "theirs") => setDraft(settle(rebased, field, by)),
    edit: () => changed(rebased),
  };
}

/** Says field by field what somebody else wrote under this person's change, and lets this person choose. */
export function Clashes<T extends object>({
  rebased,
  who,
  label,
  show,
  onSettle,
}: {
  rebased: Rebased<T>;
  who: string | undefined;
  label: (field: keyof T & string) => string;
  show: (of: T, field: keyof T & string) => string;
  onSettle: (field: keyof T & string, by: "mine" | "theirs") => void;
}) {
  const words = useTranslations("field");
  const text = (of: T, field: keyof T & string) => show(of, field) || words("empty");
  return rebased.clashes.map((field) => {
    const said = { field: label(field), value: text(rebased.theirs, field) };
    return (
      <div
        key={field}
        role="alert"
        className="flex flex-wrap items-center gap-2 rounded-md border border-wait-edge bg-wait-soft px-2 py-1 text-xs text-wait-ink"
      >
        <span className="min-w-0 flex-1">{who ? words("clash", { who, ...said }) : words("clashUnknown", said)}</span>
        <button type="button" className="underline" onClick={() => onSettle(field, "theirs")}>
          {words("useTheirs")}
        </button>
        <button type="button" className="max-w-60 truncate underline" onClick={() => onSettle(field, "mine")}>
          {words("useMine", { value: text(rebased.mine, field) })}
        </button>
      </div>
    );
  });
}
