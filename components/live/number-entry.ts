/**
 * Number first, then the act: `12 P` explains link 12, `12 S 50 Enter` releases 50 of it. Pure; the keyboard feeds it, the shelf
 * shows it. Without a number an act means the product that is explained.
 */
export const AGO_CHOICES = [0, 10_000, 30_000, 60_000] as const;
export type AgoMs = (typeof AGO_CHOICES)[number];

export type Entry = {
  /** Digits typed so far, at most four: a link number. */
  readonly number: string;
  /** Units being typed for a release; `linkNo: null` is the explained product. */
  readonly amount: { readonly linkNo: number | null; readonly text: string; readonly suggested: number } | null;
  /** How long ago the next act of the hand happened. */
  readonly agoMs: AgoMs;
};

export const NO_ENTRY: Entry = { number: "", amount: null, agoMs: 0 };

const NUMBER_DIGITS = 4;
const AMOUNT_DIGITS = 6;

export function typed(entry: Entry, digit: string): Entry {
  const { amount } = entry;
  if (amount) {
    const text = `${amount.text}${digit}`.replace(/^0+/, "");
    return text.length > AMOUNT_DIGITS ? entry : { ...entry, amount: { ...amount, text } };
  }
  const number = `${entry.number}${digit}`.replace(/^0+/, "");
  return number.length > NUMBER_DIGITS ? entry : { ...entry, number };
}

export function erased(entry: Entry): Entry {
  if (entry.amount) return { ...entry, amount: { ...entry.amount, text: entry.amount.text.slice(0, -1) } };
  return { ...entry, number: entry.number.slice(0, -1) };
}

/** Escape: first what is being typed last; `null` when there was nothing to take back. */
export function cleared(entry: Entry): Entry | null {
  if (entry.amount) return { ...entry, amount: null, number: "" };
  if (entry.number !== "") return { ...entry, number: "" };
  return entry.agoMs === 0 ? null : { ...entry, agoMs: 0 };
}

/** The next choice of "how long ago", round again after the last. */
export function nextAgo(entry: Entry): Entry {
  const at = AGO_CHOICES.indexOf(entry.agoMs);
  return { ...entry, agoMs: AGO_CHOICES[(at + 1) % AGO_CHOICES.length] ?? 0 };
}

/** The typed link number; `null` when none is typed. */
export const numberOf = (entry: Entry): number | null => (entry.number === "" ? null : Number(entry.number));

export function askAmount(entry: Entry, suggested: number): Entry {
  return { ...entry, number: "", amount: { linkNo: numberOf(entry), text: "", suggested } };
}

/** Units to release: what was typed, else what was suggested. */
export const unitsOf = ({ text, suggested }: NonNullable<Entry["amount"]>): number =>
  text === "" ? suggested : Number(text);
