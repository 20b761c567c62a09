import { z } from "zod";
import { codeFigures, type CodeFigures } from "#db/queries/wecom-code-figures.ts";
import { codeById, listCodes, type CodeRow } from "#db/queries/wecom-codes.ts";
import { growthByDay } from "#db/queries/wecom-growth.ts";
import { groupsById } from "#db/queries/wecom-groups.ts";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { Id } from "#domain/units.ts";
import { senderId } from "../../auth/principal.ts";
import { CODE_KINDS, CODE_STATUSES, CodeFailure, CodeWelcome, CodeWish } from "../../wecom/codes/code-shape.ts";
import { readAgain } from "../../wecom/codes/code-work.ts";
import type { CodeRefusal } from "../../wecom/codes/codes.ts";
import { pictureOf, svgOf } from "../../wecom/codes/qr-picture.ts";
import { isWecomFailure } from "../../wecom/wecom-error.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { notFound, rejected } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { At, failures, IdParams, RejectedBody } from "../shapes.ts";
import { askingFor, type WecomRight } from "../wecom-rights.ts";
import { narrowed } from "./wecom-group-routes.ts";
import { requireCorp, type PeopleRoutes } from "./wecom-member-routes.ts";

const Figures = z.object({
  joins: z.int(),
  leaves: z.int(),
  /** Different customers. */
  customers: z.int(),
  /** Those of them who are known as viewers or buyers; orders are of these alone, so at least so many. */
  known: z.int(),
  orders: z.int(),
  netFen: z.int(),
});
const Target = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Of groups: people in it. */
  size: z.int().nullable(),
});
const CodeShape = z.object({
  id: z.string(),
  corpId: z.string(),
  kind: z.enum(CODE_KINDS),
  name: z.string(),
  channel: z.string(),
  status: z.enum(CODE_STATUSES),
  failure: CodeFailure.nullable(),
  /** The last change has not reached WeCom yet. */
  pending: z.boolean(),
  /** What WeCom tells of who comes by it. */
  state: z.string(),
  targets: z.array(Target),
  nextGroup: z.object({ baseName: z.string(), firstNumber: z.int() }).nullable(),
  skipVerify: z.boolean(),
  tagIds: z.array(z.string()),
  welcome: CodeWelcome.nullable(),
  createdAt: At,
  deletedAt: At.nullable(),
  figures: Figures,
});

/** For the description alone. */
const FILE = z.unknown().meta({ type: "string" });

const tags = ["wecom"];
const conflicts = { 409: RejectedBody };
const DAY_MS = 24 * 3_600_000;
const LISTED_MAX = 500;
/** WeCom is asked within these, and a print shop's file fetched. */
const WECOM_ANSWERS_MS = 60_000;

export function serveWecomCodes(app: ApiInstance, routes: PeopleRoutes): void {
  serveCodeList(app, routes);
  serveCodeChanges(app, routes);
  serveCodePicture(app, routes);
}

function serveCodeList(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/codes",
    {
      schema: {
        tags,
        summary: "群活码 and 员工活码 with what they brought, the newest first (owner, manager, community, operator)",
        querystring: z.object({
          corp: Id.optional(),
          kind: z.enum(CODE_KINDS).optional(),
          deleted: z.enum(["true", "false"]).default("false"),
        }),
        response: { 200: z.object({ codes: z.array(CodeShape) }), ...failures },
      },
    },
    async (request) => {
      const { corpIds } = await askingFor(request, "read", context);
      const { corp, kind, deleted } = request.query;
      const filter = { corpIds: narrowed(corpIds, corp), kind, deleted: deleted === "true", limit: LISTED_MAX };
      return { codes: await shown(await listCodes(db, filter), context) };
    },
  );

  app.post(
    "/api/v1/wecom/corps/:id/codes",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: {
        tags,
        summary: "Make a code (owner, manager, community)",
        description:
          "The answer tells what became of it at WeCom: `live`; `refused`, with why; `unknown`, when WeCom's answer was lost. It is kept in any case.",
        params: IdParams,
        body: CodeWish,
        response: { 201: CodeShape, ...failures, ...conflicts },
      },
    },
    async (request, reply) => {
      const { principal, corpIds } = await askingFor(request, "write", context);
      const { id } = request.params;
      requireCorp(corpIds, id);
      const row = done(await groupsAndPeople.codes.create(id, request.body, senderId(principal)));
      return reply.code(201).send(await shownOne(row, context));
    },
  );

  const Day = z.object({ day: z.string(), joins: z.int(), leaves: z.int() });
  app.get(
    "/api/v1/wecom/codes/:id",
    {
      schema: {
        tags,
        summary: "One code, and who came by it by day",
        params: IdParams,
        querystring: z.object({ days: numberInQuery(z.int().min(1).max(180).default(30)) }),
        response: { 200: CodeShape.extend({ days: z.array(Day) }), ...failures },
      },
    },
    async (request) => {
      const row = await codeFor(request, "read", context);
      const to = Date.now();
      const from = to - request.query.days * DAY_MS;
      const of = { codeId: row.id, kind: z.enum(CODE_KINDS).parse(row.kind) };
      const days = await growthByDay(db, of, { from, to, timeZone: "Asia/Shanghai" });
      return { ...(await shownOne(row, context)), days };
    },
  );
}

function serveCodeChanges(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  const { codes, codeDeps } = groupsAndPeople;
  const shared = { tags, params: IdParams, response: { 200: CodeShape, ...failures, ...conflicts } };
  app.put(
    "/api/v1/wecom/codes/:id",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: {
        ...shared,
        summary: "Change a code; its picture and its figures stay",
        description: "`pending`: WeCom does not have the change yet; it is sent again by itself.",
        body: CodeWish,
      },
    },
    async (request) => {
      const row = await codeFor(request, "write", context);
      return shownOne(done(await codes.change(row, request.body)), context);
    },
  );

  app.post(
    "/api/v1/wecom/codes/:id/retry",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: {
        ...shared,
        summary: "Make a code that was refused or whose making had no answer; send a change again",
        description:
          "An unanswered contact code is looked for at WeCom first. A group code cannot be: with `mayExist` another one is made, and WeCom may hold a first one that nobody ever saw.",
        body: z.object({ mayExist: z.boolean().default(false) }),
      },
    },
    async (request) => {
      const row = await codeFor(request, "write", context);
      return shownOne(done(await fromWecom(codes.tryAgain(row, request.body))), context);
    },
  );

  app.post(
    "/api/v1/wecom/codes/:id/read",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: { ...shared, summary: "Read a code from WeCom again: where its picture is" },
    },
    async (request) => {
      const row = await codeFor(request, "write", context);
      await fromWecom(readAgain(row.id, codeDeps));
      return shownOne((await codeById(context.db, row.id)) ?? row, context);
    },
  );

  app.delete(
    "/api/v1/wecom/codes/:id",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: {
        ...shared,
        summary: "Delete a code at WeCom; pictures of it that were printed lead nowhere then, its figures stay",
      },
    },
    async (request) => {
      const row = await codeFor(request, "write", context);
      return shownOne(done(await codes.remove(row)), context);
    },
  );
}

function serveCodePicture(app: ApiInstance, { context, groupsAndPeople }: PeopleRoutes): void {
  const picture = (kind: "png" | "svg") => ({
    handlerTimeout: WECOM_ANSWERS_MS,
    schema: {
      tags,
      summary:
        kind === "png"
          ? "The code's picture, as WeCom drew it (PNG or JPEG)"
          : "The code as SVG, for print at any size",
      params: IdParams,
      produces: kind === "png" ? ["image/png", "image/jpeg"] : ["image/svg+xml"],
      response: { 200: FILE, ...failures, ...conflicts },
    },
  });
  app.get("/api/v1/wecom/codes/:id/qr.png", picture("png"), async (request, reply) => {
    const row = await codeFor(request, "read", context);
    const { bytes, mediaType } = await needPicture(row, groupsAndPeople);
    return reply
      .headers(attached(row, mediaType === "image/png" ? "png" : "jpg"))
      .type(mediaType)
      .send(bytes);
  });

  app.get("/api/v1/wecom/codes/:id/qr.svg", picture("svg"), async (request, reply) => {
    const row = await codeFor(request, "read", context);
    const svg = svgOf(await needPicture(row, groupsAndPeople), row.name);
    if (svg === null) throw rejected("code.noVector");
    return reply.headers(attached(row, "svg")).type("image/svg+xml; charset=utf-8").send(svg);
  });
}

async function needPicture(row: CodeRow, { codeDeps }: PeopleRoutes["groupsAndPeople"]) {
  const picture = await fromWecom(pictureOf(row.id, codeDeps));
  if (!picture) throw rejected("code.noPicture");
  return picture;
}

/** Shown within pages and named when saved; nothing in an SVG may run. */
function attached({ name }: CodeRow, ending: string) {
  return {
    "content-disposition": `inline; filename="code.${ending}"; filename*=UTF-8''${encodeURIComponent(name)}.${ending}`,
    "cache-control": "private, max-age=300",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  };
}

type Asked = Parameters<typeof askingFor>[0] & { readonly params: { readonly id: string } };

/** A code of a corp that is none of theirs looks like one that does not exist. */
async function codeFor(request: Asked, right: WecomRight, context: ApiContext): Promise<CodeRow> {
  const { corpIds } = await askingFor(request, right, context);
  const row = await codeById(context.db, request.params.id);
  if (!row || !corpIds.includes(row.corpId)) throw notFound("wecomCode");
  return row;
}

/** WeCom was asked for something that is not there to be kept, and did not give it. */
async function fromWecom<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if (isWecomFailure(error)) throw rejected("code.wecomFailed", { reason: error.message });
    throw error;
  }
}

const refusals: Readonly<Record<CodeRefusal, () => ReturnType<typeof rejected>>> = {
  "code.targetUnknown": () => rejected("code.targetUnknown"),
  "code.targetGone": () => rejected("code.targetGone"),
  "code.notLive": () => rejected("code.notLive"),
  "code.mayExist": () => rejected("code.mayExist"),
  "code.kindFixed": () => rejected("code.kindFixed"),
};

function done(answer: CodeRow | CodeRefusal): CodeRow {
  if (typeof answer === "string") throw refusals[answer]();
  return answer;
}

const NOTHING: Omit<CodeFigures, "codeId"> = { joins: 0, leaves: 0, customers: 0, known: 0, orders: 0, netFen: 0 };

async function shownOne(row: CodeRow, context: ApiContext): Promise<z.infer<typeof CodeShape>> {
  const [one] = await shown([row], context);
  if (!one) throw new Error("one row shows as one code");
  return one;
}

async function shown(rows: readonly CodeRow[], { db }: ApiContext): Promise<z.infer<typeof CodeShape>[]> {
  const targetIds = [...new Set(rows.flatMap((row) => row.targetIds))];
  const [figures, { open }, groups] = await Promise.all([
    codeFigures(
      db,
      rows.map(({ id }) => id),
    ),
    namesOfWecom(db, targetIds),
    groupsById(
      db,
      targetIds.filter((id) => id.startsWith("g_")),
    ),
  ]);
  const figuresOf = new Map(figures.map(({ codeId, ...rest }) => [codeId, rest]));
  const sizeOf = new Map(groups.map(({ id, size }) => [id, size]));
  return rows.map((row) => {
    const { id, corpId, name, channel, pending, state, skipVerify, tagIds, createdAt, deletedAt } = row;
    const { autoCreate, roomBaseName, roomBaseId } = row;
    const known = CodeShape.pick({ kind: true, status: true, failure: true, welcome: true }).parse(row);
    return {
      ...known,
      id,
      corpId,
      name,
      channel,
      pending,
      state,
      skipVerify,
      tagIds,
      createdAt,
      deletedAt,
      targets: row.targetIds.map((one) => ({ id: one, name: open.get(one) ?? null, size: sizeOf.get(one) ?? null })),
      nextGroup: autoCreate ? { baseName: roomBaseName ?? "", firstNumber: roomBaseId ?? 1 } : null,
      figures: figuresOf.get(id) ?? NOTHING,
    };
  });
}
