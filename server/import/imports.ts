import { createHash } from "node:crypto";
import { z } from "zod";
import { rememberColumns, rememberedColumns } from "#db/queries/import-columns.ts";
import * as stored from "#db/queries/imports.ts";
import type { Json } from "#domain/op.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import { newId } from "../auth/ids.ts";
import { senderId, type Principal } from "../auth/principal.ts";
import type { ApiContext, Entry } from "../http/context.ts";
import { HttpError, notFound, rejected } from "../http/failures.ts";
import type { Logger } from "../lib/log.ts";
import { BusyError } from "../live/directory-contract.ts";
import type { UploadedFile } from "./import-file.ts";
import { listProducts, pastShowId } from "./past-show.ts";
import { previewOf } from "./preview.ts";
import { ImportResult, ImportState, type ImportPreview, type Span } from "./preview-shape.ts";
import {
  IMPORT_KINDS,
  readUpload,
  recogniseUpload,
  type Choice,
  type ImportKind,
  type Refused,
  type UploadRead,
} from "./read-upload.ts";
import { ImportStoppedError, runImport } from "./run-import.ts";
import { orderSent, sampleSent } from "./sent-items.ts";
import { standingOfOrders, standingOfSamples, type Standing } from "./standing.ts";

/**
 * Files on their way into a show: kept from the upload until they are taken over, so that a person can look, map columns and look again.
 * What runs goes on without its page; what its process took down with it can be started again.
 */

const FILE_KEPT_MS = 3_600_000;
const SWEEP_MS = 600_000;
const STALLED_MS = 60_000;
/** Reading takes a thread with much memory; more than this many wait in line, and the next is sent away. */
const READERS_MAX = 6;

export type Uploading = UploadedFile & { readonly fileAt: number | null; readonly kind: ImportKind | null };
export type Target = { readonly roomId: string; readonly entry: Entry | null };
export type Looking = {
  readonly kind?: ImportKind | undefined;
  readonly choice: Choice;
  readonly startedAt?: number | undefined;
};
export type Committing = Looking & { readonly entry: Entry; readonly inShowOnly: boolean };
export type Preview = ImportPreview & {
  readonly earlier: readonly { readonly sessionId: string; readonly at: number }[];
};

export class Imports {
  readonly #context: ApiContext;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #reading: Promise<unknown> = Promise.resolve();
  readonly #sweep: NodeJS.Timeout;
  #waiting = 0;

  constructor(context: ApiContext, log: Logger) {
    this.#context = context;
    this.#log = log;
    // Names and phones of buyers don't wait for the next upload to go.
    this.#sweep = setInterval(() => void this.#forgetOldFiles(), SWEEP_MS);
    this.#sweep.unref();
  }

  /** Keeps the file and says what it is. A file that can't be read as a table is not kept. */
  async upload(
    file: Uploading,
    { roomId, entry }: Target,
    principal: Principal,
  ): Promise<{ id: string; preview: Preview }> {
    const { db } = this.#context;
    const now = Date.now();
    await stored.forgetOldFiles(db, now - FILE_KEPT_MS);
    const fileHash = createHash("sha256").update(file.bytes).digest("hex");
    const sessionId = entry?.place.sessionId ?? null;
    const before = sessionId === null ? undefined : await stored.firstFileAt(db, sessionId, fileHash);
    const fileAt = before ?? Math.min(file.fileAt ?? now, now);
    const request = await this.#request(roomId, fileAt, { choice: {} }, entry);
    const read = await this.#oneByOne(() =>
      file.kind === null ? recogniseUpload(file, request) : readUpload(file, file.kind, request),
    );
    if (!read.ok) throw refusal(read);
    const id = newId("i");
    const { kind } = read;
    await stored.insertImport(db, {
      id,
      roomId,
      sessionId,
      kind,
      by: senderId(principal),
      fileName: file.name,
      fileSize: file.bytes.byteLength,
      fileHash,
      fileAt,
      bytes: Buffer.from(file.bytes),
      state: "uploaded",
      createdAt: now,
      movedAt: now,
    });
    return { id, preview: await this.#preview(read, { roomId, fileHash, entry }) };
  }

  /** The file again, with the columns as a person chose them. */
  async look(row: stored.ImportRow, looking: Looking, entry: Entry | null): Promise<Preview> {
    const read = await this.#readAgain(row, looking, entry);
    await stored.changeImport(this.#context.db, row.id, { kind: read.kind, movedAt: Date.now() });
    return this.#preview(read, { roomId: row.roomId, fileHash: row.fileHash, entry });
  }

  /** Starts taking the file over, and remembers its columns for the room. Resolves when it is under way. */
  async commit(row: stored.ImportRow, committing: Committing): Promise<void> {
    const { db } = this.#context;
    const { entry } = committing;
    const { sessionId } = entry.place;
    const now = Date.now();
    const begun = await stored.beginImport(db, row.id, { now, stalledBefore: now - STALLED_MS, sessionId });
    if (!begun) throw rejected("import.underWay");
    const work = this.#run(row, committing).finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async forget(row: stored.ImportRow): Promise<void> {
    if (row.state === "running" && row.movedAt > Date.now() - STALLED_MS) throw rejected("import.underWay");
    await stored.deleteImport(this.#context.db, row.id);
  }

  /** What runs is cut after its batch; it can be started again. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    this.#stop.abort();
    await Promise.allSettled(this.#running);
  }

  async #forgetOldFiles(): Promise<void> {
    try {
      await stored.forgetOldFiles(this.#context.db, Date.now() - FILE_KEPT_MS);
    } catch (error) {
      this.#log.warn({ err: error }, "old uploads could not be removed, trying again");
    }
  }

  async #run(row: stored.ImportRow, committing: Committing): Promise<void> {
    const { db, showIndex, secret } = this.#context;
    const { entry, inShowOnly } = committing;
    const { sessionId } = entry.place;
    try {
      const read = await this.#readAgain(row, committing, entry);
      if (!read.table || read.table.result.errors.some(({ code }) => code === "column.missing"))
        throw rejected("import.noColumns");
      const columns = read.table.remember;
      await rememberColumns(db, { roomId: row.roomId, kind: read.kind, columns }, Date.now());
      if (read.kind === "orders" && sessionId === pastShowId(row.id, secret)) {
        await listProducts(entry, read.table.result.orders, this.#context);
      }
      const only = inShowOnly ? await this.#showSpan(sessionId) : null;
      const onMoved = (done: number, total: number) =>
        stored.changeImport(db, row.id, { kind: read.kind, done, total, movedAt: Date.now() });
      const result = await runImport({ read, entry, context: this.#context, only, onMoved, signal: this.#stop.signal });
      await showIndex.refresh(sessionId);
      await stored.endImport(db, row.id, { state: "done", result, now: Date.now() });
    } catch (error) {
      const code = codeOf(error);
      this.#log[code === "server.failed" ? "error" : "warn"](
        { err: error, importId: row.id, sessionId },
        "an import stopped",
      );
      // With the database away the row stays "running"; once it has not moved for a while it counts as stopped.
      await stored
        .endImport(db, row.id, { state: "failed", result: { code }, now: Date.now() })
        .catch((err: unknown) => this.#log.warn({ err, importId: row.id }, "the end of an import could not be noted"));
    }
  }

  async #readAgain(row: stored.ImportRow, looking: Looking, entry: Entry | null): Promise<UploadRead> {
    const bytes = await stored.importBytes(this.#context.db, row.id);
    if (!bytes) throw rejected("import.fileGone");
    const kind = looking.kind ?? kindOf(row.kind);
    const request = await this.#request(row.roomId, row.fileAt, looking, entry);
    const read = await this.#oneByOne(() => readUpload({ bytes, name: row.fileName }, kind, request));
    if (!read.ok) throw refusal(read);
    return read;
  }

  async #request(roomId: string, fileAt: number, looking: Looking, entry: Entry | null) {
    const { db } = this.#context;
    const [orders, audience] = await Promise.all(IMPORT_KINDS.map((kind) => rememberedColumns(db, roomId, kind)));
    const span = entry ? await this.#showSpan(entry.place.sessionId) : null;
    const startedAt = looking.startedAt ?? span?.from ?? null;
    return {
      choice: looking.choice,
      remembered: { orders: orders ?? {}, audience: audience ?? {} },
      fileAt,
      startedAt,
    };
  }

  async #preview(
    read: UploadRead,
    { roomId, fileHash, entry }: { readonly roomId: string; readonly fileHash: string; readonly entry: Entry | null },
  ): Promise<Preview> {
    const show = entry ? await this.#showSpan(entry.place.sessionId) : null;
    const standing = await this.#standing(read, entry);
    const earlier = await stored.importedBefore(this.#context.db, { roomId, fileHash });
    return { ...previewOf(read, { standing, show }), earlier };
  }

  /** A show that is made from the file knows nothing yet. */
  async #standing(read: UploadRead, entry: Entry | null): Promise<Standing | null> {
    if (!entry) return { fresh: countOf(read), changed: 0, same: 0 };
    const sent = itemsOf(read);
    const { sessionId } = entry.place;
    if (read.kind === "orders") return standingOfOrders(sessionId, sent, this.#context);
    return standingOfSamples(
      sessionId,
      sent.map((sample) => SampleId.parse(sample).sampleId),
      this.#context,
    );
  }

  /** When the show was on air, or is meant to be. */
  async #showSpan(sessionId: string): Promise<Span> {
    const snapshot = await this.#context.directory.snapshot(sessionId, "control");
    const { startedAt, endedAt, plannedStartAt, plannedEndAt } = Times.parse(valueIn(snapshot, "session"));
    const from = startedAt ?? plannedStartAt;
    return { from, to: endedAt ?? (startedAt === null ? plannedEndAt : Math.max(plannedEndAt, Date.now())) };
  }

  async #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= READERS_MAX) throw new HttpError(429, "http.tooMany", { retryAfterMs: 3_000 });
    this.#waiting += 1;
    const done = this.#reading.then(work).finally(() => (this.#waiting -= 1));
    this.#reading = done.catch(() => undefined);
    return done;
  }
}

const SampleId = z.object({ sampleId: z.string() });
const Times = z.object({
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  plannedStartAt: z.number(),
  plannedEndAt: z.number(),
});

function countOf(read: UploadRead): number {
  if (!read.table) return 0;
  return read.kind === "orders" ? read.table.result.orders.length : read.table.result.samples.length;
}

function itemsOf(read: UploadRead): Json[] {
  if (!read.table) return [];
  return read.kind === "orders" ? read.table.result.orders.map(orderSent) : read.table.result.samples.map(sampleSent);
}

const kindOf = (kind: string): ImportKind => z.enum(IMPORT_KINDS).parse(kind);

const refusal = ({ code, detail }: Refused) => rejected(code, detail === undefined ? undefined : { detail });

function codeOf(error: unknown): string {
  if (error instanceof ImportStoppedError) return "import.stopped";
  if (error instanceof BusyError) return "import.busy";
  return error instanceof HttpError ? error.code : "server.failed";
}

const Failed = z.object({ code: z.string() });

export function stateOf(row: stored.ImportRow, now: number): ImportState {
  const stalled = row.state === "running" && row.movedAt < now - STALLED_MS;
  const failed = Failed.safeParse(row.state === "failed" ? row.result : undefined);
  const { id, sessionId, roomId, fileName, done, total, createdAt, movedAt } = row;
  return {
    id,
    sessionId,
    roomId,
    fileName,
    done,
    total,
    createdAt,
    movedAt,
    kind: kindOf(row.kind),
    state: stalled ? "failed" : ImportState.shape.state.parse(row.state),
    code: stalled ? "import.stopped" : failed.success ? failed.data.code : null,
    result: row.state === "done" ? ImportResult.parse(row.result) : null,
  };
}

/** The import, if it is there; who may see it is the caller's question. */
export async function findImport(id: string, { db }: ApiContext): Promise<stored.ImportRow> {
  const row = await stored.importRow(db, id);
  if (!row) throw notFound("import");
  return row;
}
