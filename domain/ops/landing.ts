import { z } from "zod";
import { Block, BLOCKS_MAX, defaultSettings, LandingSettings } from "../landing/blocks.ts";
import { landingFaults, type LandingState } from "../landing/state.ts";
import { defineOp, reject, type Json } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { same } from "../same.ts";
import { Id } from "../units.ts";
import { session } from "./session.ts";

const planners = ["owner", "manager", "operator", "community"] as const;

const Blocks = z.array(Block).max(BLOCKS_MAX);
/** A block where it stands; `null`: it is not there. */
const Placed = z.object({ block: Block, position: z.int().min(0).max(BLOCKS_MAX) }).nullable();
const Settings = LandingSettings.partial();
const Publication = z.object({ blocks: Blocks, settings: LandingSettings, rev: z.int().min(1) });

/** Rules LND1–LND6 in SPEC.md: the page that a link of the warm-up opens, as a draft and as viewers see it. */
export const landing = defineOp({
  name: "landing",
  reads: { session },
  initial: (): LandingState => ({ blocks: [], settings: defaultSettings, version: 0, published: null, rev: 0 }),
  events: {
    "landing.blocksSet.v1": z.object({ from: Blocks, to: Blocks }),
    "landing.blockSet.v1": z.object({ blockId: Id, from: Placed, to: Placed }),
    "landing.settingsSet.v1": z.object({ from: Settings, to: Settings }),
    "landing.published.v1": Publication,
    "landing.unpublished.v1": z.object({ rev: z.int() }),
  },
  expects: {
    setBlocks: z.object({ version: z.int() }),
    putBlock: z.object({ block: Block.nullable() }),
    setSettings: Settings,
    publish: z.object({ version: z.int() }),
  },
  commands: {
    /** All of them at once: a template, another order, a copy. */
    setBlocks: {
      by: planners,
      risk: "reversible",
      input: z.object({ blocks: Blocks }),
      decide({ own }, { blocks }, _ctx, expect) {
        if (expect && expect.version !== own.version) return reject("state.changed", { version: own.version });
        if (new Set(blocks.map(({ blockId }) => blockId)).size < blocks.length) return reject("landing.blockTwice");
        if (same(own.blocks, blocks)) return [];
        return [{ type: "landing.blocksSet.v1", data: { from: [...own.blocks], to: blocks } }];
      },
    },
    /** Adds a block, replaces it, or moves it to `position`. */
    putBlock: {
      by: planners,
      risk: "reversible",
      input: z.object({ block: Block, position: z.int().min(0).max(BLOCKS_MAX).optional() }),
      decide({ own }, { block, position }, _ctx, expect) {
        const at = own.blocks.findIndex(({ blockId }) => blockId === block.blockId);
        const now = own.blocks[at];
        if (expect && !same(expect.block, now ?? null)) return reject("state.changed", { block: now ?? null });
        if (!now && own.blocks.length >= BLOCKS_MAX) return reject("landing.tooMany", { max: BLOCKS_MAX });
        const last = own.blocks.length - (now ? 1 : 0);
        const to = { block, position: Math.min(position ?? (now ? at : last), last) };
        const from = now ? { block: now, position: at } : null;
        return same(from, to) ? [] : [{ type: "landing.blockSet.v1", data: { blockId: block.blockId, from, to } }];
      },
    },
    removeBlock: {
      by: planners,
      risk: "reversible",
      input: z.object({ blockId: Id }),
      decide({ own }, { blockId }) {
        const position = own.blocks.findIndex((row) => row.blockId === blockId);
        const block = own.blocks[position];
        if (!block) return reject("landing.blockNotFound", { blockId });
        return [{ type: "landing.blockSet.v1", data: { blockId, from: { block, position }, to: null } }];
      },
    },
    setSettings: {
      by: planners,
      risk: "reversible",
      input: Settings,
      decide({ own }, wanted, _ctx, expect) {
        const stale = refuseStale(own.settings, expect ?? {});
        if (stale) return stale;
        const { from, to } = difference(own.settings, wanted);
        if (Object.keys(to).length === 0) return [];
        return [{ type: "landing.settingsSet.v1", data: { from: Settings.parse(from), to: Settings.parse(to) } }];
      },
    },
    /** What viewers see from now on is the draft as it stands. `compliance` guards it. */
    publish: {
      by: planners,
      risk: "compensable",
      input: z.object({}),
      decide({ own }, _input, _ctx, expect) {
        if (expect && expect.version !== own.version) return reject("state.changed", { version: own.version });
        const faults = landingFaults(own);
        if (faults.length > 0) return reject("landing.notReady", { faults });
        const { blocks, settings, published } = own;
        if (published && same({ blocks, settings }, { blocks: published.blocks, settings: published.settings }))
          return [];
        return [{ type: "landing.published.v1", data: { blocks: [...blocks], settings, rev: own.rev + 1 } }];
      },
    },
    unpublish: {
      by: planners,
      risk: "compensable",
      input: z.object({}),
      decide: ({ own }) =>
        own.published
          ? [{ type: "landing.unpublished.v1", data: { rev: own.published.rev } }]
          : reject("landing.notPublished"),
    },
  },
  apply: {
    "landing.blocksSet.v1": (own, { to }) => ({ ...own, version: own.version + 1, blocks: kept(own.blocks, to) }),
    "landing.blockSet.v1": (own, { blockId, to }) => {
      const blocks = own.blocks.filter((row) => row.blockId !== blockId);
      if (to) blocks.splice(to.position, 0, to.block);
      return { ...own, version: own.version + 1, blocks };
    },
    "landing.settingsSet.v1": (own, { to }) => ({
      ...own,
      version: own.version + 1,
      settings: { ...own.settings, ...defined(to) },
    }),
    "landing.published.v1": (own, { blocks, settings, rev }, { at, by }) => ({
      ...own,
      rev,
      published: { blocks, settings, rev, at, by },
    }),
    "landing.unpublished.v1": (own) => ({ ...own, published: null }),
  },
  undo: {
    "landing.blocksSet.v1": ({ own }, { from, to }) =>
      same(own.blocks, to)
        ? [{ type: "landing.blocksSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "blocks" }),
    "landing.blockSet.v1": ({ own }, { blockId, from, to }) => {
      const position = own.blocks.findIndex((row) => row.blockId === blockId);
      const block = own.blocks[position];
      if (!same(block ? { block, position } : null, to)) return reject("undo.superseded", { blockId });
      if (!block && own.blocks.length >= BLOCKS_MAX) return reject("landing.tooMany", { max: BLOCKS_MAX });
      // Others may have gone since.
      const back = from && { ...from, position: Math.min(from.position, own.blocks.length - (block ? 1 : 0)) };
      return [{ type: "landing.blockSet.v1", data: { blockId, from: to, to: back } }];
    },
    "landing.settingsSet.v1": ({ own }, { from, to }) =>
      Object.keys(difference(own.settings, to).to).length === 0
        ? [{ type: "landing.settingsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "settings" }),
  },
  slices: {
    /** The draft's blocks in their order. */
    landingBlocks: {
      kind: "keyed",
      rows: ({ own }) => placed(own.blocks),
      show: { control: (row: PlacedBlock) => row, review: (row: PlacedBlock) => row },
    },
    /** What viewers see. */
    landingPublished: {
      kind: "keyed",
      rows: ({ own }) => placed(own.published?.blocks ?? []),
      show: {
        viewer: (row: PlacedBlock) => row,
        control: (row: PlacedBlock) => row,
        review: (row: PlacedBlock) => row,
      },
    },
    /** Rows `draft` and `published`: what stands around the blocks; more than a value slice may hold. */
    landingPage: {
      kind: "keyed",
      rows: ({ own }) => pagesOf(own),
      show: {
        control: (row: LandingPageRow) => row,
        review: (row: LandingPageRow) => row,
        viewer: (row: LandingPageRow) =>
          row.is === "published" ? { is: row.is, settings: row.settings, rev: row.rev } : undefined,
      },
    },
    landing: {
      kind: "value",
      show: { control: shownLanding, review: shownLanding },
    },
  },
});

export type PlacedBlock = Block & { readonly position: number };
export type LandingPageRow =
  | { readonly is: "draft"; readonly settings: LandingSettings }
  | {
      readonly is: "published";
      readonly settings: LandingSettings;
      readonly rev: number;
      readonly at: number;
      readonly by: string;
    };

const rowsOf = new WeakMap<readonly Block[], ReadonlyMap<string, PlacedBlock>>();

function placed(blocks: readonly Block[]): ReadonlyMap<string, PlacedBlock> {
  const known = rowsOf.get(blocks);
  if (known) return known;
  const rows = new Map(blocks.map((block, position) => [block.blockId, { ...block, position }]));
  rowsOf.set(blocks, rows);
  return rows;
}

const pages = new WeakMap<object, LandingPageRow>();

function pagesOf({ settings, published }: LandingState): ReadonlyMap<string, LandingPageRow> {
  const rows = new Map([["draft", once(settings, (): LandingPageRow => ({ is: "draft", settings }))]]);
  if (published) {
    const { settings: shown, rev, at, by } = published;
    rows.set(
      "published",
      once(published, (): LandingPageRow => ({ is: "published", settings: shown, rev, at, by })),
    );
  }
  return rows;
}

function once(of: object, make: () => LandingPageRow): LandingPageRow {
  const row = pages.get(of) ?? make();
  pages.set(of, row);
  return row;
}

/** Blocks that did not change stay the same rows. */
function kept(before: readonly Block[], to: readonly Block[]): readonly Block[] {
  return to.map((block) => before.find((row) => same(row, block)) ?? block);
}

function shownLanding({ own }: { readonly own: LandingState }) {
  const { version, published, blocks, settings } = own;
  const differs = !published || !same({ blocks, settings }, { blocks: published.blocks, settings: published.settings });
  return {
    version,
    faults: landingFaults(own) as readonly Json[],
    published: published && { rev: published.rev, at: published.at, by: published.by },
    /** The draft says something else than the page. */
    differs,
  };
}
export type LandingShown = ReturnType<typeof shownLanding>;
