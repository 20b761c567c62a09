"use client";
import { useState, type FocusEvent, type KeyboardEvent } from "react";
import { cn } from "./cn.ts";
import { Input, type InputProps } from "./input.tsx";

export type Committed<T> = Omit<InputProps, "value" | "defaultValue" | "onChange"> & {
  value: T;
  /** Called when the person leaves the field or presses Enter, and only with a readable value that differs. */
  onCommit: (value: T) => void;
};

type ParsedFieldProps<T> = Committed<T> & {
  show: (value: T) => string;
  /** `undefined` when the text can't be read. */
  read: (text: string) => T | undefined;
};

/**
 * An input whose text is a value of another kind. While it is edited the text is the person's own; outside,
 * the value's. Escape gives the old value back. Unreadable text stays, marked as invalid.
 */
export function ParsedField<T>({
  value,
  onCommit,
  show,
  read,
  className,
  onBlur,
  onKeyDown,
  ...rest
}: ParsedFieldProps<T>) {
  const [draft, setDraft] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const commit = () => {
    if (draft === null) return;
    const parsed = read(draft);
    setUnreadable(parsed === undefined);
    if (parsed === undefined) return;
    setDraft(null);
    if (parsed !== value) onCommit(parsed);
  };
  return (
    <Input
      {...rest}
      className={cn("text-right tabular-nums", className)}
      value={draft ?? show(value)}
      aria-invalid={unreadable || rest["aria-invalid"] || undefined}
      onChange={(event) => {
        setDraft(event.target.value);
        setUnreadable(false);
      }}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        commit();
        onBlur?.(event);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) commit();
        if (event.key === "Escape" && draft !== null) {
          event.stopPropagation();
          setDraft(null);
          setUnreadable(false);
        }
        onKeyDown?.(event);
      }}
    />
  );
}

export type NumberFieldProps = Committed<number | null> & { min?: number; max?: number };

/** A whole number; empty is `null`. Takes separators and full-width digits as people paste them. */
export function NumberField({ min = 0, max = Number.MAX_SAFE_INTEGER, ...rest }: NumberFieldProps) {
  return (
    <ParsedField
      inputMode="numeric"
      {...rest}
      show={(value) => (value === null ? "" : value.toLocaleString("en-US"))}
      read={(text) => {
        const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
        if (plain === "") return null;
        const value = Number(plain);
        return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
      }}
    />
  );
}
