import { Block } from "#domain/landing/blocks.ts";

/** What of a block that is being written can be saved: without rows that are still empty. `null`: something it can't be without is missing. Pure. */
export function wholeBlock(typed: Block): Block | null {
  const read = Block.safeParse(pruned(typed));
  return read.success ? read.data : null;
}

const said = (text: string): boolean => text.trim() !== "";

function pruned(block: Block): Block {
  switch (block.kind) {
    case "benefits":
      return { ...block, items: block.items.filter(({ title, text }) => said(title) || said(text)) };
    case "proof":
      return { ...block, items: block.items.filter(({ text, pictureUrl }) => said(text) || pictureUrl !== null) };
    case "agenda":
      return { ...block, items: block.items.filter(({ text }) => said(text)) };
    case "quotes":
      return { ...block, items: block.items.filter(({ text, who }) => said(text) || said(who)) };
    case "faq":
      return { ...block, items: block.items.filter(({ question, answer }) => said(question) || said(answer)) };
    case "how":
      return { ...block, steps: block.steps.filter(said) };
    case "hero":
    case "act":
    case "products":
    case "coupons":
    case "host":
    case "rules":
      return block;
  }
}
