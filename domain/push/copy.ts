import { z } from "zod";
import type { BagState } from "../bag/state.ts";
import type { Coupon } from "../coupon/state.ts";
import { priceText, type Priced } from "../preset-values.ts";
import { Instant, text, type Instant as At } from "../units.ts";
import { bytesLeft, messageFaults, WECOM_BYTES, type WecomFault } from "../wecom-limits.ts";
import { PushCard, type PushAbout, type PushCopy, type PushKind } from "./shapes.ts";
import { clockText, clockTextSeenFrom } from "./times.ts";

/** The words of a push: live figures are written into them when it is handed over (PSH9). Pure. */

export const COPY_FIELDS = [
  "signups",
  "top3",
  "couponsLeft",
  "product",
  "price",
  "startsAt",
  "halfHour",
  "report",
] as const;
export type CopyField = (typeof COPY_FIELDS)[number];

/** What falls while people read prints the time it was so. */
const FALLING: ReadonlySet<CopyField> = new Set(["couponsLeft"]);

/** Whole texts with the house's own figures: only a robot says them, into an internal group. */
const INTERNAL: ReadonlySet<CopyField> = new Set(["halfHour", "report"]);
export const fieldsOfKind = (kind: PushKind): readonly CopyField[] =>
  COPY_FIELDS.filter((field) => kind === "robot" || !INTERNAL.has(field));

/** What of the words this kind must not say to customers. */
export function internalIn(kind: PushKind, copy: Pick<PushCopy, "text" | "card" | "link">): string[] {
  if (kind === "robot") return [];
  const fields = fieldsOfCopy(copy).filter((field) => INTERNAL.has(field));
  return copy.link === "report" ? [...fields, "link"] : fields;
}

export type CopyValues = { readonly [F in CopyField]?: string | null };

/** Words as they were handed over. */
export const Filled = z.object({ text: text(6_000), card: PushCard.nullable(), at: Instant });
export type Filled = z.infer<typeof Filled>;

export type Filling = { readonly filled: Filled; readonly missing: readonly CopyField[] };

/** Names in double braces that a text holds; others stay as they were typed. */
export function fieldsIn(words: string): CopyField[] {
  const named = [...words.matchAll(/\{\{([A-Za-z0-9]+)\}\}/g)].map(([, name]) => name);
  return COPY_FIELDS.filter((field) => named.includes(field));
}

export const fieldsOfCopy = ({ text: words, card }: Pick<PushCopy, "text" | "card">): CopyField[] =>
  fieldsIn([words, ...cardTexts(card)].join("\n"));

const cardTexts = (card: PushCard | null): string[] => {
  if (card?.kind === "link") return [card.title, card.desc];
  return card?.kind === "miniprogram" ? [card.title] : [];
};

/** A line with a figure that falls ends with 「截至 19:45」 in parentheses. What has no value becomes `–` and is named. */
export function fillCopy(
  copy: PushCopy,
  values: CopyValues,
  seen: { readonly at: At; readonly zone: string },
): Filling {
  const asOf = `(截至 ${clockText(seen.at, seen.zone)})`;
  const missing = new Set<CopyField>();
  const fill = (words: string) =>
    words
      .split("\n")
      .map((line) => {
        const fields = fieldsIn(line);
        let filled = line;
        for (const field of fields) {
          const value = values[field] ?? null;
          if (value === null) missing.add(field);
          filled = filled.replaceAll(`{{${field}}}`, value ?? "–");
        }
        return fields.some((field) => FALLING.has(field)) ? filled + asOf : filled;
      })
      .join("\n");
  const filled = { text: fill(copy.text), card: copy.card && filledCard(copy.card, fill), at: seen.at };
  return { filled, missing: [...missing] };
}

function filledCard(card: PushCard, fill: (words: string) => string): PushCard {
  if (card.kind === "link") return { ...card, title: fill(card.title), desc: fill(card.desc) };
  return card.kind === "miniprogram" ? { ...card, title: fill(card.title) } : card;
}

type Subject = Pick<Coupon, "carrier" | "total" | "claimed" | "shop" | "state" | "pushed">;

/** As rules have them, and as screens do. */
export type CopyFacts = {
  readonly bag: {
    readonly explained: Pick<NonNullable<BagState["explained"]>, "productId"> | null;
    readonly products: ReadonlyMap<string, { readonly linkNo: number; readonly name: string } & Priced>;
  };
  readonly coupon: { readonly coupons: ReadonlyMap<string, Subject> };
  readonly startsAt: At;
  readonly now: At;
  readonly zone: string;
  /** 预约登记 that stand. */
  readonly signups: number;
  /** The first three of the leaderboard, named or as tokens of `named.ts`; `null`: it is not published, and names nobody outside. */
  readonly top3: readonly string[] | null;
  /** 战报 as words, where they are asked for (`domain/report`). */
  readonly told: { readonly halfHour: string | null; readonly report: string | null };
};

/** What the names stand for now: of what the push is about, else of what is explained and of the coupon pushed last. */
export function copyValues(about: PushAbout, facts: CopyFacts): CopyValues {
  const { bag, coupon, startsAt, now, zone, told, signups, top3 } = facts;
  const productId = about.productId ?? bag.explained?.productId;
  const product = productId === undefined ? undefined : bag.products.get(productId);
  const subject = couponFor(about, coupon);
  return {
    // Nobody is told that nobody has come; without a value the push is refused, so no customer reads a dash either.
    signups: signups > 0 ? String(signups) : null,
    top3: top3 && top3.length > 0 ? top3.join("、") : null,
    couponsLeft: subject ? leftOf(subject) : null,
    product: product ? `${product.linkNo} 号链接 ${product.name}` : null,
    price: product ? priceText(product) : null,
    startsAt: clockTextSeenFrom(now, startsAt, zone),
    halfHour: told.halfHour,
    report: told.report,
  };
}

function couponFor({ couponId }: PushAbout, { coupons }: CopyFacts["coupon"]): Subject | undefined {
  if (couponId !== null) return coupons.get(couponId);
  return [...coupons.values()]
    .filter(({ state, pushed }) => state === "running" && pushed !== null)
    .toSorted((a, b) => (b.pushed?.happenedAt ?? 0) - (a.pushed?.happenedAt ?? 0))[0];
}

/** Of a shop coupon only the shop knows. */
function leftOf({ carrier, total, claimed, shop }: Subject): string | null {
  const taken = carrier === "own" ? claimed : (shop?.received ?? null);
  return taken === null ? null : String(Math.max(0, total - taken));
}

/** Room that the link of a task takes where it stands in the text: page and code. */
const LINK_BYTES = 120;

type Worded = Pick<PushCopy, "text" | "card" | "link" | "format">;

/** How much the words of a push may have, and how much of that is left; below 0: too long. */
export function textRoom(kind: PushKind, { text: words, card, link, format }: Worded): { max: number; left: number } {
  const linked = link !== "none" && card?.kind !== "link" ? LINK_BYTES : 0;
  const robot = format === "markdown" ? "robotMarkdown" : "robotText";
  const what = kind === "robot" || kind === "forward" ? robot : "massText";
  return { max: WECOM_BYTES[what] - linked, left: bytesLeft(what, words) - linked };
}

/** What WeCom would refuse of these words, before or after they are filled. */
export function copyFaults(kind: PushKind, copy: Worded): WecomFault[] {
  const { card } = copy;
  const { max, left } = textRoom(kind, copy);
  if (kind === "robot" || kind === "forward") {
    const faults: WecomFault[] = left < 0 ? [{ path: "text", code: "tooLong", max, is: max - left }] : [];
    return copy.text === "" && card === null ? [...faults, { path: "text", code: "empty", max: 0, is: 0 }] : faults;
  }
  const faults = messageFaults({ text: copy.text, attachments: attachmentsOf(card) });
  // A card that opens nothing: WeCom takes none without an address.
  if (card?.kind === "link" && copy.link === "none") faults.push({ path: "card.url", code: "empty", max: 0, is: 0 });
  if (left >= 0 || faults.some(({ path }) => path === "text")) return faults;
  return [...faults, { path: "text", code: "tooLong", max, is: max - left }];
}

/** As they will be sent, with a link and a cover of usual length in place of those that are made for each task. */
function attachmentsOf(card: PushCard | null): Parameters<typeof messageFaults>[0]["attachments"] {
  if (card === null) return [];
  switch (card.kind) {
    case "link":
      return [
        {
          msgtype: "link",
          link: {
            title: card.title,
            desc: card.desc,
            url: "https://",
            ...(card.picUrl === null ? {} : { picurl: card.picUrl }),
          },
        },
      ];
    case "miniprogram":
      return [
        {
          msgtype: "miniprogram",
          miniprogram: { title: card.title, pic_media_id: "-", appid: card.appId, page: card.page },
        },
      ];
    case "image":
      return [{ msgtype: "image", image: { media_id: "-" } }];
  }
}
