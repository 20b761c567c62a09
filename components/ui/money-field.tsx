"use client";
import { type Committed, ParsedField } from "./number-field.tsx";
import { fenFromText, textFromFen } from "./money-text.ts";

export type MoneyFieldProps = Committed<number | null> & {
  allowEmpty?: boolean;
  /** Off in a column of prices, whose head says what they are. */
  sign?: boolean;
};

/** Yuan on screen, integer fen outside; never negative. Empty is `null` where that is allowed. */
export function MoneyField({ allowEmpty = true, sign = true, ...rest }: MoneyFieldProps) {
  return (
    <div className="relative">
      {sign ? (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-2 flex items-center text-xs text-faint"
        >
          ¥
        </span>
      ) : null}
      <ParsedField
        inputMode="decimal"
        {...rest}
        show={textFromFen}
        read={(text) => {
          const fen = fenFromText(text);
          if (fen === null) return allowEmpty ? null : undefined;
          return fen === undefined || fen < 0 ? undefined : fen;
        }}
      />
    </div>
  );
}
