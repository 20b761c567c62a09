import { and, desc, eq, inArray, isNotNull, lt, ne, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCodes } from "../schema/wecom-codes.ts";

type Stored = typeof wecomCodes.$inferSelect;
export type CodeRow = Omit<Stored, "qrPicture" | "qrMediaType">;

const withoutPicture = {
  id: wecomCodes.id,
  corpId: wecomCodes.corpId,
  kind: wecomCodes.kind,
  state: wecomCodes.state,
  configId: wecomCodes.configId,
  status: wecomCodes.status,
  failure: wecomCodes.failure,
  name: wecomCodes.name,
  channel: wecomCodes.channel,
  targetIds: wecomCodes.targetIds,
  autoCreate: wecomCodes.autoCreate,
  roomBaseName: wecomCodes.roomBaseName,
  roomBaseId: wecomCodes.roomBaseId,
  skipVerify: wecomCodes.skipVerify,
  tagIds: wecomCodes.tagIds,
  welcome: wecomCodes.welcome,
  qrUrl: wecomCodes.qrUrl,
  pending: wecomCodes.pending,
  createdBy: wecomCodes.createdBy,
  createdAt: wecomCodes.createdAt,
  changedAt: wecomCodes.changedAt,
  deletedAt: wecomCodes.deletedAt,
};

export async function insertCode(db: Database, row: typeof wecomCodes.$inferInsert): Promise<void> {
  await db.insert(wecomCodes).values(row);
}

export async function codeById(db: Database, id: string): Promise<CodeRow | undefined> {
  const [row] = await db.select(withoutPicture).from(wecomCodes).where(eq(wecomCodes.id, id));
  return row;
}

/** The newest first, deleted ones left out unless asked for. */
export async function listCodes(
  db: Database,
  filter: {
    readonly corpIds: readonly string[];
    readonly kind?: string | undefined;
    readonly deleted: boolean;
    readonly limit: number;
  },
): Promise<CodeRow[]> {
  const { corpIds, kind, deleted, limit } = filter;
  if (corpIds.length === 0) return [];
  return db
    .select(withoutPicture)
    .from(wecomCodes)
    .where(
      and(
        inArray(wecomCodes.corpId, [...corpIds]),
        kind === undefined ? undefined : eq(wecomCodes.kind, kind),
        deleted ? undefined : ne(wecomCodes.status, "deleted"),
      ),
    )
    .orderBy(desc(wecomCodes.createdAt), wecomCodes.id)
    .limit(limit);
}

export async function changeCode(db: Database, id: string, change: Partial<Omit<Stored, "id">>): Promise<void> {
  await db.update(wecomCodes).set(change).where(eq(wecomCodes.id, id));
}

/** Only from one of these; false: somebody was faster, or it is another one's turn. */
export async function moveCode(
  db: Database,
  id: string,
  { from, change }: { readonly from: readonly string[]; readonly change: Partial<Omit<Stored, "id">> },
): Promise<boolean> {
  const rows = await db
    .update(wecomCodes)
    .set(change)
    .where(and(eq(wecomCodes.id, id), inArray(wecomCodes.status, [...from])))
    .returning({ id: wecomCodes.id });
  return rows.length > 0;
}

export async function codePicture(
  db: Database,
  id: string,
): Promise<{ readonly bytes: Buffer; readonly mediaType: string } | null> {
  const [row] = await db
    .select({ bytes: wecomCodes.qrPicture, mediaType: wecomCodes.qrMediaType })
    .from(wecomCodes)
    .where(eq(wecomCodes.id, id));
  return row?.bytes && row.mediaType !== null ? { bytes: row.bytes, mediaType: row.mediaType } : null;
}

/** Makings, changes and deletions that nobody is at work on any more. Group codes of which nobody knows wait for a person. */
export async function unfinishedCodes(db: Database, changedBefore: number): Promise<CodeRow[]> {
  return db
    .select(withoutPicture)
    .from(wecomCodes)
    .where(
      and(
        or(
          inArray(wecomCodes.status, ["creating", "deleting"]),
          and(eq(wecomCodes.status, "unknown"), eq(wecomCodes.kind, "contact")),
          and(eq(wecomCodes.status, "live"), eq(wecomCodes.pending, true)),
        ),
        lt(wecomCodes.changedAt, changedBefore),
      ),
    )
    .limit(200);
}

/** Which of these WeCom ids are codes that we know. */
export async function knownConfigIds(db: Database, corpId: string, configIds: readonly string[]): Promise<Set<string>> {
  if (configIds.length === 0) return new Set();
  const rows = await db
    .select({ configId: sql<string>`${wecomCodes.configId}` })
    .from(wecomCodes)
    .where(
      and(eq(wecomCodes.corpId, corpId), isNotNull(wecomCodes.configId), inArray(wecomCodes.configId, [...configIds])),
    );
  return new Set(rows.map(({ configId }) => configId));
}
