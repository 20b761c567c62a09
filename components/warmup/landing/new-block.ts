import type { Block, BlockKind, Part } from "#domain/landing/blocks.ts";

/** Blocks to begin from. Pure. */

/** What they are filled with: the show's own where it has some. */
export type Beginning = {
  readonly newId: () => string;
  readonly productIds: readonly string[];
  readonly couponIds: readonly string[];
  readonly words: {
    readonly hero: string;
    readonly subtitle: string;
    readonly act: string;
    readonly hostName: string;
    readonly rules: string;
  };
};

/** Kinds that can be begun now: those that show products want some. */
export const canBegin = (kind: BlockKind, { productIds, couponIds }: Beginning): boolean =>
  kind === "products" ? productIds.length > 0 : kind === "coupons" ? couponIds.length > 0 : true;

const SHOWN_AT_FIRST = 3;

export function newBlock(kind: BlockKind, part: Part, from: Beginning): Block {
  const at = { blockId: from.newId(), part, title: "" };
  const { words } = from;
  switch (kind) {
    case "hero":
      return { ...at, kind, title: words.hero, subtitle: words.subtitle, pictureUrl: null, countdown: true };
    case "benefits":
    case "proof":
    case "quotes":
    case "faq":
      return { ...at, kind, items: [] };
    case "agenda":
      return { ...at, kind, items: [] };
    case "act":
      return { ...at, kind, text: words.act };
    case "products":
      return { ...at, kind, productIds: from.productIds.slice(0, SHOWN_AT_FIRST) };
    case "coupons":
      return { ...at, kind, couponIds: from.couponIds.slice(0, SHOWN_AT_FIRST) };
    case "host":
      return { ...at, kind, name: words.hostName, text: "", pictureUrl: null };
    case "rules":
      return { ...at, kind, text: words.rules };
    case "how":
      return { ...at, kind, steps: [] };
  }
}
