import { createHash } from "node:crypto";
import { LogClient } from "./log-client.ts";

/**
 * Folded states as bytes, in parts of 1 MB, the last two of a session. They only save time: every row may be deleted at any time, and one that is
 * incomplete or damaged is passed over.
 */
export type SavedSnapshot = { readonly seq: number; readonly bytes: Buffer };

export type SnapshotStore = {
  save(snapshot: SavedSnapshot & { readonly sessionId: string; readonly fingerprint: string }): Promise<void>;
  /** Whole ones of this code, newest first. */
  load(sessionId: string, fingerprint: string): AsyncIterable<SavedSnapshot>;
  close(): Promise<void>;
};

const PART_BYTES = 1024 * 1024;
const KEPT = 2;
/** Long, because a part of a big show may queue behind others; nobody waits for it with a show in hand. */
const DEADLINE_MS = 20_000;

type Head = { seq: number; parts: number; digest: string };

export function openSnapshotStore({ url, name }: { url: string; name: string }): SnapshotStore {
  const client = new LogClient({ url, name: `${name}-snapshots`, connectionsMax: 2, deadlineMs: DEADLINE_MS });
  return {
    save: ({ sessionId, seq, fingerprint, bytes }) =>
      client.run((sql) =>
        sql.begin(async (tx) => {
          const digest = digestOf(bytes);
          const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
          await tx`delete from session_snapshots where session_id = ${sessionId} and seq = ${seq}`;
          for (let part = 0; part < parts; part += 1) {
            const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
            await tx`
              insert into session_snapshots (session_id, seq, part, parts, fingerprint, digest, bytes)
              values (${sessionId}, ${seq}, ${part}, ${parts}, ${fingerprint}, ${digest}, ${piece})`;
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
          select seq, parts, digest from session_snapshots
          where session_id = ${sessionId} and fingerprint = ${fingerprint} and part = 0
          order by seq desc limit ${KEPT}`,
      );
      for (const { seq, parts, digest } of heads) {
        const rows = await client.run(
          (sql) => sql<{ bytes: Buffer }[]>`
            select bytes from session_snapshots where session_id = ${sessionId} and seq = ${seq} order by part`,
        );
        const bytes = Buffer.concat(rows.map((row) => row.bytes));
        if (rows.length === parts && digestOf(bytes) === digest) yield { seq, bytes };
      }
    },

    close: () => client.close(),
  };
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
