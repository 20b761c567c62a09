/** Pure functions about messages to host and assistant; screens and rules share them. */

const IN_BRACES = /\{([^{}]{1,20})\}/g;

/** Names that a preset may hold in braces. */
export const PLACEHOLDERS = ["product", "stock", "price", "paid", "unpaid", "coupon"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What they are called in each language; braces may hold either word, whoever reads the line. */
const WORDS: Readonly<Record<Placeholder, string>> = {
  product: "商品",
  stock: "可售",
  price: "价格",
  paid: "成交金额",
  unpaid: "待付款",
  coupon: "优惠券",
};
export type PlaceholderLanguage = "zh" | "en";

const wordOf = (name: Placeholder, language: PlaceholderLanguage): string => (language === "zh" ? WORDS[name] : name);
const named = (word: string): Placeholder | undefined =>
  PLACEHOLDERS.find((name) => name === word || WORDS[name] === word);

/** As it is typed: `{可售}`. */
export const inBraces = (name: Placeholder, language: PlaceholderLanguage): string => `{${wordOf(name, language)}}`;

/** A line as somebody who edits it in that language reads it; the same line to whoever fills it in. */
export function withWords(text: string, language: PlaceholderLanguage): string {
  return text.replace(IN_BRACES, (whole, word: string) => {
    const name = named(word);
    return name === undefined ? whole : inBraces(name, language);
  });
}

/** What the sender's screen shows now, already written as people read it; `null` when there is no such thing. */
export type PresetValues = { readonly [P in Placeholder]?: string | null };

export type FilledPreset = {
  readonly text: string;
  readonly missing: readonly Placeholder[];
  /** Words in braces that name nothing known, with their braces. */
  readonly unknown: readonly string[];
};

/**
 * Writes a preset out (MSG2). A name without a value becomes `–` and stands in `missing`, so that the screen can ask before it
 * sends half a sentence; braces with other words stay as typed, and stand in `unknown`.
 */
export function fillPreset(text: string, values: PresetValues): FilledPreset {
  const missing: Placeholder[] = [];
  const unknown: string[] = [];
  const filled = text.replace(IN_BRACES, (whole, word: string) => {
    const known = named(word);
    if (!known) {
      if (!unknown.includes(whole)) unknown.push(whole);
      return whole;
    }
    const value = values[known];
    if (value !== undefined && value !== null && value !== "") return value;
    if (!missing.includes(known)) missing.push(known);
    return "–";
  });
  return { text: filled, missing, unknown };
}

/** `text` with a placeholder put where somebody was about to name one: in place of the first unknown one, of a brace left open at the end, else at the end. */
export function withPlaceholder(text: string, name: Placeholder, language: PlaceholderLanguage): string {
  const put = inBraces(name, language);
  const [first] = fillPreset(text, {}).unknown;
  return first === undefined ? text.replace(/\{[^{}]*$/, "") + put : text.replace(first, () => put);
}

/** Until when a message may wait for its 已看 before it gets louder; ms since it was sent. */
export const MESSAGE_WAIT_MS = { late: 15_000, urgent: 45_000 } as const;

export const MESSAGE_LEVELS = ["cleared", "seen", "calm", "fresh", "late", "urgent"] as const;
export type MessageLevel = (typeof MESSAGE_LEVELS)[number];

export type MessageFacts = {
  /** ms UTC */
  readonly at: number;
  readonly blink: boolean;
  readonly seen: object | null;
  readonly clearedAt: number | null;
};

/** How loud a message is at `now` (MSG4). One that blinks is late from the start; one of a show that has ended since is calm. */
export function messageLevel(message: MessageFacts, now: number, endedAt: number | null): MessageLevel {
  if (message.clearedAt !== null) return "cleared";
  if (message.seen !== null) return "seen";
  if (endedAt !== null && message.at < endedAt) return "calm";
  const age = now - message.at;
  if (age >= MESSAGE_WAIT_MS.urgent) return "urgent";
  return message.blink || age >= MESSAGE_WAIT_MS.late ? "late" : "fresh";
}

/** The one message that a screen shows large: unseen before seen, blinking before calm, then the newest (MSG5). */
export function loudest<M extends MessageFacts>(messages: Iterable<M>): M | null {
  let best: M | null = null;
  for (const message of messages) {
    if (message.clearedAt !== null || message.seen !== null) continue;
    if (
      !best ||
      Number(message.blink) > Number(best.blink) ||
      (message.blink === best.blink && message.at >= best.at)
    ) {
      best = message;
    }
  }
  return best;
}
