"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Sent } from "../session/source.ts";
import { useSentWords } from "../strings/use-refusal.ts";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";

/** How long a saved value is shown in place of the show's own, should its frame come late. */
const SETTLE_MS = 1_500;
const SAVED_SHOWN_MS = 2_000;

export type SavedState<T> = {
  /** What to show: the change under way, else the show's own value. */
  readonly value: T;
  readonly status: "idle" | "saving" | "saved";
  readonly error: string | null;
  /** Somebody changed the value while this person was in the field, and this person's text differs. */
  readonly conflict: { readonly mine: T; readonly theirs: T } | null;
  readonly commit: (value: T) => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly onFocus: () => void;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Saves one value as a person goes: shown at once, given back in words when refused. What somebody else wrote
 * while the person was typing is never overwritten unseen.
 */
export function useSaved<T>(live: T, save: (value: T, seen: T) => Promise<Sent>): SavedState<T> {
  const words = useSentWords();
  const [pending, setPending] = useState<{ value: T; from: T } | null>(null);
  const [status, setStatus] = useState<SavedState<T>["status"]>("idle");
  const [error, setError] = useState<string | null>(null);
  const [mine, setMine] = useState<{ readonly value: T } | null>(null);
  const seen = useRef<T | undefined>(undefined);
  const latest = useRef(live);
  latest.current = live;

  useEffect(() => {
    if (pending && status !== "saving" && !same(live, pending.from)) setPending(null);
  }, [live, pending, status]);
  useEffect(() => {
    if (status !== "saved") return;
    const settled = setTimeout(() => setPending(null), SETTLE_MS);
    const idle = setTimeout(() => setStatus("idle"), SAVED_SHOWN_MS);
    return () => {
      clearTimeout(settled);
      clearTimeout(idle);
    };
  }, [status]);

  const send = async (value: T, from: T) => {
    setMine(null);
    setError(null);
    setPending({ value, from });
    setStatus("saving");
    const sent = await save(value, from);
    const refused = words(sent);
    if (refused === null) return setStatus("saved");
    setPending(null);
    setStatus("idle");
    // The other's change was stored before this person's screen had it: what this person wrote is not lost by that.
    if (sent.status === "rejected" && sent.code === "state.changed") setMine({ value });
    else setError(refused);
  };
  return {
    value: pending ? pending.value : live,
    status,
    error,
    conflict: mine && { mine: mine.value, theirs: live },
    onFocus: () => {
      seen.current = latest.current;
      setError(null);
    },
    commit: (value) => {
      const from = seen.current === undefined ? latest.current : seen.current;
      seen.current = undefined;
      if (!same(from, latest.current) && !same(value, latest.current)) return setMine({ value });
      void send(value, latest.current);
    },
    keepMine: () => {
      if (mine) void send(mine.value, latest.current);
    },
    takeTheirs: () => setMine(null),
  };
}

export type SavedFieldProps<T> = {
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  className?: string;
  value: T;
  save: (value: T, seen: T) => Promise<Sent>;
  /** The value in words, for a conflict. */
  show: (value: T) => string;
  /** Who changed the show's value last; asked only in a conflict. */
  changedBy?: () => string | undefined;
  children: (field: { value: T; onCommit: (value: T) => void; onFocus: () => void }) => ReactNode;
};

/** A labelled field that saves itself. */
export function SavedField<T>({
  label,
  hint,
  required,
  className,
  value,
  save,
  show,
  changedBy,
  children,
}: SavedFieldProps<T>) {
  const saved = useSaved(value, save);
  return (
    <div className={className}>
      <Field
        label={label}
        hint={hint}
        required={required}
        error={saved.error}
        aside={<SaveMark status={saved.status} />}
      >
        {children({ value: saved.value, onCommit: saved.commit, onFocus: saved.onFocus })}
      </Field>
      {saved.conflict ? <Conflict saved={saved} show={show} who={changedBy?.()} /> : null}
    </div>
  );
}

export function SaveMark({ status }: { status: SavedState<unknown>["status"] }) {
  const words = useTranslations("ui");
  if (status === "idle") return null;
  return (
    <span role="status" className="inline-flex items-center gap-1 text-2xs text-faint">
      {status === "saved" ? <Icon name="check" size={10} className="text-sure-ink" /> : null}
      {words(status)}
    </span>
  );
}

/** What somebody else wrote, and the choice. */
export function Conflict<T>({
  saved,
  show,
  who,
}: {
  saved: Pick<SavedState<T>, "conflict" | "keepMine" | "takeTheirs">;
  show: (value: T) => string;
  who: string | undefined;
}) {
  const words = useTranslations("field");
  if (!saved.conflict) return null;
  const value = show(saved.conflict.theirs) || words("empty");
  const mine = show(saved.conflict.mine) || words("empty");
  return (
    <div
      role="alert"
      className="mt-1 flex flex-wrap items-center gap-2 rounded-md border border-wait-edge bg-wait-soft px-2 py-1 text-xs text-wait-ink"
    >
      <span className="min-w-0 flex-1">
        {who ? words("conflict", { who, value }) : words("conflictUnknown", { value })}
      </span>
      <button type="button" className="underline" onClick={saved.takeTheirs}>
        {words("useTheirs")}
      </button>
      <button type="button" className="max-w-60 truncate underline" onClick={saved.keepMine}>
        {words("useMine", { value: mine })}
      </button>
    </div>
  );
}
