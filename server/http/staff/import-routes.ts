import multipart from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ImportRow } from "#db/queries/imports.ts";
import { importsOfShow } from "#db/queries/imports.ts";
import { engine } from "#domain/ops/index.ts";
import type { Grant } from "#domain/op.ts";
import { session } from "#domain/ops/session.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import { Instant, text } from "#domain/units.ts";
import type { Principal } from "../../auth/principal.ts";
import { BYTES_MAX } from "../../import/decode-bytes.ts";
import { findImport, Imports, stateOf, type Uploading } from "../../import/imports.ts";
import { makePastShow } from "../../import/past-show.ts";
import { ImportPreview, ImportState } from "../../import/preview-shape.ts";
import { IMPORT_KINDS, type ImportKind } from "../../import/read-upload.ts";
import type { Logger } from "../../lib/log.ts";
import { grantsIn, mayCreateShow, maySend } from "../access.ts";
import { enterShow, principalOf, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { denied, HttpError, notFound, rejected } from "../failures.ts";
import { commandOf } from "../ingest/item-kinds.ts";
import { Done, failures, IdParams, RejectedBody } from "../shapes.ts";
import { visibleRoom } from "../visible-room.ts";

const Kind = z.enum(IMPORT_KINDS);
const Preview = ImportPreview.extend({ earlier: z.array(z.object({ sessionId: z.string(), at: z.int() })).readonly() });
const Look = z.object({
  kind: Kind.optional(),
  sheet: z.int().min(0).max(1_000).optional(),
  /** From 0; with it the columns are as given here. */
  headerRow: z.int().min(0).max(100_000).optional(),
  fields: z.array(z.string().max(40)).max(1_000).optional(),
  /** The start of the show, for series that name hours only. */
  startedAt: Instant.optional(),
});
const Commit = Look.extend({
  /** Only orders placed while the show was on air. */
  inShowOnly: z.boolean().default(false),
  /** The past show to be made from the file; only where the file was uploaded to a room. */
  show: z.object({ title: text(80, 1), startedAt: Instant, endedAt: Instant }).optional(),
});
/** For the description alone: the parts are read as they come. */
const UPLOAD = z.unknown().meta({
  type: "object",
  properties: {
    kind: { type: "string", enum: [...IMPORT_KINDS], description: "Told from the file when left out." },
    fileAt: { type: "string", pattern: "^\\d+$", description: "When the file was made, ms UTC." },
    file: {
      type: "string",
      contentMediaType: "application/octet-stream",
      description: `CSV or XLSX, at most ${BYTES_MAX / 1_048_576} MiB; the last part.`,
    },
  },
  required: ["file"],
});
const shared = { tags: ["imports"] };

/** True figures from files: upload, look, take over, follow its progress. */
export async function serveImports(app: ApiInstance, context: ApiContext, log: Logger): Promise<void> {
  const imports = new Imports(context, log);
  app.addHook("onClose", () => imports.close());
  // In a scope of its own: all other routes take JSON alone.
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: BYTES_MAX, files: 1, fields: 8, fieldSize: 1_000, parts: 10 },
    });
    serveUploads(scope.withTypeProvider<ZodTypeProvider>(), context, imports);
  });
  serveOneImport(app, context, imports);
}

function serveUploads(app: ApiInstance, context: ApiContext, imports: Imports): void {
  const upload = {
    ...shared,
    description: `multipart/form-data: \`file\` (CSV or XLSX, at most 20 MiB), and before it \`kind\` (${IMPORT_KINDS.join(", ")}; told from the file when left out) and \`fileAt\` (when the file was made, ms UTC).`,
    consumes: ["multipart/form-data"],
    body: UPLOAD,
    params: IdParams,
    response: { 201: z.object({ id: z.string(), preview: Preview }), ...failures, 409: RejectedBody },
  };
  app.post(
    "/api/v1/sessions/:id/imports",
    { schema: { ...upload, summary: "Upload a file for a show; nothing is taken over yet" } },
    async (request, reply) => {
      const entry = await enterShow(request, request.params.id, context);
      await requireRight(entry, context);
      const file = await readFile(request);
      const target = { roomId: entry.place.roomId, entry };
      return reply.code(201).send(await imports.upload(file, target, entry.principal));
    },
  );
  app.post(
    "/api/v1/rooms/:id/imports",
    { schema: { ...upload, summary: "Upload a file that a past show is to be made from" } },
    async (request, reply) => {
      const principal = await principalOf(request, context);
      const roomId = request.params.id;
      await requireRoom(principal, roomId, context);
      const file = await readFile(request);
      return reply.code(201).send(await imports.upload(file, { roomId, entry: null }, principal));
    },
  );
  app.get(
    "/api/v1/sessions/:id/imports",
    {
      schema: {
        ...shared,
        summary: "What was imported into a show, newest first",
        params: IdParams,
        response: { 200: z.object({ imports: z.array(ImportState) }), ...failures },
      },
    },
    async (request) => {
      const entry = await enterShow(request, request.params.id, context);
      if (!isStaff(entry)) throw denied();
      const rows = await importsOfShow(context.db, request.params.id, 20);
      return { imports: rows.map((row) => stateOf(row, Date.now())) };
    },
  );
}

function serveOneImport(app: ApiInstance, context: ApiContext, imports: Imports): void {
  app.get(
    "/api/v1/imports/:id",
    {
      schema: {
        ...shared,
        summary: "How far an import is",
        params: IdParams,
        response: { 200: ImportState, ...failures },
      },
    },
    async (request) => {
      const { row } = await openImport(request, request.params.id, context);
      return stateOf(row, Date.now());
    },
  );
  app.post(
    "/api/v1/imports/:id/preview",
    {
      schema: {
        ...shared,
        summary: "Look at an uploaded file again, with other columns",
        params: IdParams,
        body: Look,
        response: { 200: Preview, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { row, entry } = await openImport(request, request.params.id, context);
      const { kind, startedAt, ...choice } = request.body;
      return imports.look(row, { kind, choice, startedAt }, entry);
    },
  );
  app.post(
    "/api/v1/imports/:id/commit",
    {
      schema: {
        ...shared,
        summary: "Take an uploaded file over; follow it with GET",
        params: IdParams,
        body: Commit,
        response: { 202: ImportState, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const opened = await openImport(request, request.params.id, context);
      const { row, principal } = opened;
      if (row.state === "done") throw rejected("import.done");
      const { kind, inShowOnly, show, startedAt, ...choice } = request.body;
      const entry = opened.entry ?? (await entryOfNewShow(row, show, principal, context));
      await requireRight(entry, context);
      await imports.commit(row, { kind, choice, inShowOnly, startedAt: startedAt ?? show?.startedAt, entry });
      return reply.code(202).send(stateOf(await findImport(row.id, context), Date.now()));
    },
  );
  app.delete(
    "/api/v1/imports/:id",
    {
      schema: {
        ...shared,
        summary: "Give an uploaded file up",
        params: IdParams,
        response: { 200: Done, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const { row } = await openImport(request, request.params.id, context);
      await imports.forget(row);
      return { status: "ok" as const };
    },
  );
}

type Opened = { readonly row: ImportRow; readonly principal: Principal; readonly entry: Entry | null };

/** An import is seen by those who may import into its show or room; to others it is not there. */
async function openImport(request: FastifyRequest, id: string, context: ApiContext): Promise<Opened> {
  const principal = await principalOf(request, context);
  const row = await findImport(id, context);
  // A file for a new show whose show was made already, but which failed on the way, goes on into that show.
  const place = row.sessionId === null ? null : await context.places.find(row.sessionId);
  if (place === null || place === undefined) {
    await requireRoom(principal, row.roomId, context);
    return { row, principal, entry: null };
  }
  const entry = { principal, place, grants: grantsIn(principal, place) };
  if (entry.grants.length === 0) throw notFound("import");
  await requireRight(entry, context);
  return { row, principal, entry };
}

type NewShow = z.infer<typeof Commit>["show"];

async function entryOfNewShow(
  row: ImportRow,
  show: NewShow,
  principal: Principal,
  context: ApiContext,
): Promise<Entry> {
  if (!show) throw rejected("import.noShow");
  const sessionId = await makePastShow({ importId: row.id, roomId: row.roomId, show, principal, context });
  const place = { sessionId, roomId: row.roomId };
  return { principal, place, grants: grantsIn(principal, place) };
}

/** Who may report orders may import them. A rehearsal has figures of its own, in which true ones would be lost. */
async function requireRight({ grants, place }: Entry, { directory }: ApiContext): Promise<void> {
  const rules = IMPORT_KINDS.map((kind) => engine.commands.get(commandOf[kind]));
  if (!rules.every((rule) => rule && maySend(grants, rule))) throw denied();
  const snapshot = await directory.snapshot(place.sessionId, "control");
  const { rehearsal } = z.object({ rehearsal: z.boolean() }).parse(valueIn(snapshot, "session"));
  if (rehearsal) throw rejected("import.rehearsal");
}

/** Where they may plan shows. */
async function requireRoom(principal: Principal, roomId: string, context: ApiContext): Promise<void> {
  await visibleRoom(roomId, principal, context);
  if (!mayCreateShow(principal, roomId, session.commands.create)) throw denied();
}

const NOT_STAFF: ReadonlySet<Grant> = new Set(["viewer", "screen", "share", "forward"]);
const isStaff = ({ grants }: Entry): boolean => grants.some((grant) => !NOT_STAFF.has(grant));

const FieldText = z.object({ value: z.string() });

async function readFile(request: FastifyRequest): Promise<Uploading> {
  if (!request.isMultipart()) throw new HttpError(415, "http.mediaType");
  const part = await request.file();
  if (!part) throw fieldIssue("file", "required");
  const bytes = await part.toBuffer();
  const fieldOf = (name: string) => FieldText.safeParse(part.fields[name]).data?.value ?? null;
  const kind = kindOf(fieldOf("kind"));
  const at = fieldOf("fileAt");
  const fileAt = at === null ? null : Instant.safeParse(Number(at));
  if (fileAt && !fileAt.success) throw fieldIssue("fileAt", "instant");
  return { bytes, name: nameOf(part.filename), kind, fileAt: fileAt?.data ?? null };
}

function kindOf(value: string | null): ImportKind | null {
  if (value === null || value === "") return null;
  const kind = Kind.safeParse(value);
  if (!kind.success) throw fieldIssue("kind", "enum");
  return kind.data;
}

/** Only shown, and part of no path; PostgreSQL stores no NUL. */
function nameOf(name: string): string {
  return (
    name
      .toWellFormed()
      .replace(/\p{Cc}/gu, "")
      .slice(-120) || "file"
  );
}

function fieldIssue(path: string, code: string): HttpError {
  return new HttpError(400, "input.invalid", { issues: [{ path, code, message: code }] });
}
