import { PARTS, type Block, type Part } from "#domain/landing/blocks.ts";

/** Where blocks stand: three parts, one order. Pure. */

/** A block that was moved belongs to the part that it was moved into; between two parts it stays with its own where that fits. */
export function partAt(ids: readonly string[], id: string, blocks: ReadonlyMap<string, Block>): Part {
  const at = ids.indexOf(id);
  const own = PARTS.indexOf(blocks.get(id)?.part ?? "opening");
  const of = (neighbour: string | undefined, none: number) => {
    const found = neighbour === undefined ? undefined : blocks.get(neighbour);
    return found ? PARTS.indexOf(found.part) : none;
  };
  const before = of(ids[at - 1], 0);
  const after = of(ids[at + 1], PARTS.length - 1);
  return PARTS[Math.min(Math.max(own, before), Math.max(before, after))] ?? "opening";
}

/** The place behind the last block of a part, counted without `except`. */
export function endOfPart(blocks: readonly Block[], part: Part, except?: string): number {
  const others = blocks.filter(({ blockId }) => blockId !== except);
  const later = others.findIndex((block) => PARTS.indexOf(block.part) > PARTS.indexOf(part));
  return later < 0 ? others.length : later;
}
