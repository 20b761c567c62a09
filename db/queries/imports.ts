import { and, asc, desc, eq, inArray, isNotNull, lt, max, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { imports } from "../schema/imports.ts";

type Stored = typeof imports.$inferSelect;
export type ImportRow = Omit<Stored, "bytes">;

const withoutBytes = {
  id: imports.id,
  roomId: imports.roomId,
  sessionId: imports.sessionId,
  kind: imports.kind,
  by: imports.by,
  fileName: imports.fileName,
  fileSize: imports.fileSize,
  fileHash: imports.fileHash,
  fileAt: imports.fileAt,
  state: imports.state,
  done: imports.done,
  total: imports.total,
  result: imports.result,
  createdAt: imports.createdAt,
  movedAt: imports.movedAt,
};

export async function insertImport(db: Database, row: typeof imports.$inferInsert): Promise<void> {
  await db.insert(imports).values(row);
}

export async function importRow(db: Database, id: string): Promise<ImportRow | undefined> {
  const [row] = await db.select(withoutBytes).from(imports).where(eq(imports.id, id));
  return row;
}

/** null: taken over, given up, or too old. */
export async function importBytes(db: Database, id: string): Promise<Buffer | null> {
  const [row] = await db.select({ bytes: imports.bytes }).from(imports).where(eq(imports.id, id));
  return row?.bytes ?? null;
}

/** The newest first. */
export async function importsOfShow(db: Database, sessionId: string, limit: number): Promise<ImportRow[]> {
  return db
    .select(withoutBytes)
    .from(imports)
    .where(and(eq(imports.sessionId, sessionId), inArray(imports.state, ["running", "done", "failed"])))
    .orderBy(desc(imports.createdAt))
    .limit(limit);
}

/** What the first import of the same bytes into this show took for the file's age, so that a copy of a file tells nothing newer. */
export async function firstFileAt(db: Database, sessionId: string, fileHash: string): Promise<number | undefined> {
  const [row] = await db
    .select({ fileAt: imports.fileAt })
    .from(imports)
    .where(and(eq(imports.sessionId, sessionId), eq(imports.fileHash, fileHash)))
    .orderBy(asc(imports.createdAt))
    .limit(1);
  return row?.fileAt;
}

/** Takes hold of an import that waits, failed, or whose process is gone; false when another one works on it. */
export async function beginImport(
  db: Database,
  id: string,
  {
    now,
    stalledBefore,
    sessionId,
  }: { readonly now: number; readonly stalledBefore: number; readonly sessionId: string },
): Promise<boolean> {
  const free = or(
    inArray(imports.state, ["uploaded", "failed"]),
    and(eq(imports.state, "running"), lt(imports.movedAt, stalledBefore)),
  );
  const taken = await db
    .update(imports)
    .set({ state: "running", done: 0, total: 0, result: null, movedAt: now, sessionId })
    .where(and(eq(imports.id, id), free, isNotNull(imports.bytes)))
    .returning({ id: imports.id });
  return taken.length > 0;
}

export async function changeImport(
  db: Database,
  id: string,
  change: Partial<Pick<Stored, "kind" | "done" | "total" | "movedAt">>,
): Promise<void> {
  await db.update(imports).set(change).where(eq(imports.id, id));
}

/** Done: the bytes go, the record stays. Failed: the bytes stay, so that it can be tried again. */
export async function endImport(
  db: Database,
  id: string,
  end: { readonly state: "done" | "failed"; readonly result: unknown; readonly now: number },
): Promise<void> {
  const { state, result, now } = end;
  await db
    .update(imports)
    .set({ state, result, movedAt: now, ...(state === "done" ? { bytes: null } : {}) })
    .where(eq(imports.id, id));
}

export async function deleteImport(db: Database, id: string): Promise<void> {
  await db.delete(imports).where(eq(imports.id, id));
}

/** Files that nobody took over are forgotten; so are the bytes of those that failed. */
export async function forgetOldFiles(db: Database, before: number): Promise<void> {
  await db.delete(imports).where(and(eq(imports.state, "uploaded"), lt(imports.movedAt, before)));
  await db
    .update(imports)
    .set({ bytes: null })
    .where(and(isNotNull(imports.bytes), lt(imports.movedAt, before)));
}

/** Shows into which the same bytes were taken over before, and when last; the newest first. */
export async function importedBefore(
  db: Database,
  { roomId, fileHash }: { readonly roomId: string; readonly fileHash: string },
): Promise<{ sessionId: string; at: number }[]> {
  const at = max(imports.movedAt);
  const rows = await db
    .select({ sessionId: imports.sessionId, at })
    .from(imports)
    .where(and(eq(imports.roomId, roomId), eq(imports.fileHash, fileHash), eq(imports.state, "done")))
    .groupBy(imports.sessionId)
    .orderBy(desc(at))
    .limit(5);
  return rows.flatMap((row) =>
    row.sessionId === null || row.at === null ? [] : [{ sessionId: row.sessionId, at: row.at }],
  );
}
