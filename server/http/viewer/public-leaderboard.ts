import { createHash } from "node:crypto";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { namesOfSignups } from "#db/queries/names-of-signups.ts";
import { METRICS } from "#domain/warmup/board.ts";
import type { Directory } from "../../live/directory-contract.ts";
import { maskName } from "../personal.ts";
import { createPacked, type Packed } from "./packed.ts";

/** The leaderboard as everybody may see it: masked names in the place of numbers. Made at most once a second, however many ask. */
export const PublicBoard = z.object({
  published: z.boolean(),
  metric: z.enum(METRICS),
  frozenAt: z.int().nullable(),
  inviters: z.int(),
  total: z.int(),
  at: z.int().nullable(),
  top: z.array(
    z.object({
      rank: z.int(),
      name: z.string().nullable().describe("Masked; null: none is known"),
      count: z.int(),
      gap: z.int().nullable().describe("How many more than the one above they would need; null: nobody is above"),
    }),
  ),
});

export type BoardAnswer = {
  readonly json: string;
  readonly packed: Packed;
  readonly etag: string;
};

const FRESH_MS = 1_000;
const SHOWS_MAX = 500;
const Slice = PublicBoard.extend({
  top: z.array(z.object({ rank: z.int(), n: z.int(), count: z.int(), gap: z.int().nullable() })),
});

type Parts = { readonly db: Database; readonly directory: Pick<Directory, "snapshot"> };

export function createPublicBoards({ db, directory }: Parts): (sessionId: string) => Promise<BoardAnswer> {
  const held = new Map<string, { readonly until: number; readonly answer: Promise<BoardAnswer> }>();
  const make = async (sessionId: string): Promise<BoardAnswer> => {
    const { slices } = await directory.snapshot(sessionId, "viewer");
    const slice = slices["leaderboard"];
    const { top, ...board } = Slice.parse(slice?.kind === "value" ? slice.value : EMPTY);
    const names = await namesOfSignups(
      db,
      sessionId,
      top.map(({ n }) => n),
    );
    const rows = top.map(({ n, ...row }) => ({ ...row, name: mask(names.get(n)) }));
    const json = JSON.stringify({ ...board, top: rows } satisfies z.infer<typeof PublicBoard>);
    const etag = `"${createHash("sha256").update(json).digest("base64url").slice(0, 22)}"`;
    return { json, packed: createPacked(() => json), etag };
  };
  return (sessionId) => {
    const now = performance.now();
    const known = held.get(sessionId);
    if (known && known.until > now) return known.answer;
    if (held.size >= SHOWS_MAX) held.clear();
    const answer = make(sessionId);
    held.set(sessionId, { until: now + FRESH_MS, answer });
    answer.catch(() => held.delete(sessionId));
    return answer;
  };
}

const mask = (name: string | undefined): string | null => (name === undefined ? null : maskName(name));

const EMPTY = { published: false, metric: "valid", frozenAt: null, inviters: 0, total: 0, at: null, top: [] };
