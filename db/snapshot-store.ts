import { createHash } from "node:crypto";
import { LogClient } from "./log-client.ts";

/**
 * Folded states as bytes, in pieces, the last two of a session. They only save time: every row may be deleted at any time, and one that is
 * incomplete or damaged is passed over.
 */
export type SavedSnapshot = {
  readonly seq: number;
  /** Read as they are asked for. Throws `DamagedSnapshotError` where one is missing or not what was saved. */
  readonly pieces: AsyncIterable<Buffer>;
};

export type NewSnapshot = {
  readonly sessionId: string;
  readonly seq: number;
  readonly fingerprint: string;
  readonly pieces: readonly Buffer[];
};

export class DamagedSnapshotError extends Error {
  override readonly name = "DamagedSnapshotError";
}

export type SnapshotStore = {
  save(snapshot: NewSnapshot): Promise<void>;
  /** Those of this code, newest first. */
  load(sessionId: string, fingerprint: string): AsyncIterable<SavedSnapshot>;
  close(): Promise<void>;
};

const PIECES_A_READ = 8;
const KEPT = 2;
/** Long, because a big show has many pieces; nobody waits for them to be saved with a show in hand. */
const DEADLINE_MS = 20_000;

type Head = { seq: number; parts: number };
type Row = { part: number; digest: string; bytes: Buffer };

export function openSnapshotStore({ url, name }: { url: string; name: string }): SnapshotStore {
  const client = new LogClient({ url, name: `${name}-snapshots`, connectionsMax: 2, deadlineMs: DEADLINE_MS });

  async function* pieces(sessionId: string, { seq, parts }: Head): AsyncGenerator<Buffer> {
    const read = (from: number) =>
      client.run(
        (sql) => sql<Row[]>`
          select part, digest, bytes from session_snapshots
          where session_id = ${sessionId} and seq = ${seq} and part >= ${from} and part < ${from + PIECES_A_READ}
          order by part`,
      );
    let digest = "";
    let next = read(0);
    for (let from = 0; from < parts; from += PIECES_A_READ) {
      const rows = await next;
      // The next ones are under way while the caller works on these.
      next = read(from + PIECES_A_READ);
      next.catch(() => undefined);
      for (let part = from; part < Math.min(parts, from + PIECES_A_READ); part += 1) {
        const row = rows[part - from];
        digest = row?.part === part ? chained(digest, row.bytes) : "";
        if (row?.digest !== digest) throw new DamagedSnapshotError(`part ${part} of ${parts} at seq ${seq}`);
        yield row.bytes;
      }
    }
  }

  return {
    save: ({ sessionId, seq, fingerprint, pieces: saved }) =>
      client.run((sql) =>
        sql.begin(async (tx) => {
          await tx`delete from session_snapshots where session_id = ${sessionId} and seq = ${seq}`;
          let digest = "";
          for (const [part, bytes] of saved.entries()) {
            digest = chained(digest, bytes);
            await tx`
              insert into session_snapshots (session_id, seq, part, parts, fingerprint, digest, bytes)
              values (${sessionId}, ${seq}, ${part}, ${saved.length}, ${fingerprint}, ${digest}, ${bytes})`;
          }
          // Of the same code only: during a rolling start both codes keep theirs. Old codes' go with the next line, a day later.
          await tx`
            delete from session_snapshots where session_id = ${sessionId} and fingerprint = ${fingerprint} and seq not in (
              select distinct seq from session_snapshots
              where session_id = ${sessionId} and fingerprint = ${fingerprint} order by seq desc limit ${KEPT})`;
          await tx`
            delete from session_snapshots
            where session_id = ${sessionId} and fingerprint <> ${fingerprint} and created_at < now() - interval '1 day'`;
        }),
      ),

    async *load(sessionId, fingerprint) {
      const heads = await client.run(
        (sql) => sql<Head[]>`
          select seq, parts from session_snapshots
          where session_id = ${sessionId} and fingerprint = ${fingerprint} and part = 0
          order by seq desc limit ${KEPT}`,
      );
      for (const head of heads) yield { seq: head.seq, pieces: pieces(sessionId, head) };
    },

    close: () => client.close(),
  };
}

/** Each piece's digest holds those before it: pieces of two savings at the same seq don't go together. */
function chained(before: string, bytes: Buffer): string {
  return createHash("sha256").update(before).update(bytes).digest("hex");
}
