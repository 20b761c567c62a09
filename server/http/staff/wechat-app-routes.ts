import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  changeWechatApp,
  deleteWechatApp,
  insertWechatApp,
  listWechatApps,
  type WechatAppChange,
  type WechatAppRow,
} from "#db/queries/wechat-apps.ts";
import { newId } from "../../auth/ids.ts";
import { examineWechatApp, WechatDoctorLine } from "../../wechat/doctor.ts";
import type { Wechat } from "../../wechat/wechat.ts";
import { managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound, rejected } from "../failures.ts";
import { At, Done, failures, IdParams, RejectedBody } from "../shapes.ts";
import { NewWechatApp, WechatAppChangeShape, WechatAppShape } from "./wechat-app-shapes.ts";

export type WechatAppRoutes = { readonly context: ApiContext; readonly wechat: Wechat };

const tags = ["wechat"];
const conflicts = { 409: RejectedBody };
/** Longer than WeChat is waited for. */
const WAIT_MS = 20_000;

/** 公众号 and mini programs by which viewers are known. Secrets go in and never come out; owner and managers of any room. */
export function serveWechatApps(app: ApiInstance, routes: WechatAppRoutes): void {
  serveList(app, routes);
  serveChanges(app, routes);
  serveDoctor(app, routes);
}

async function mayConnect(request: FastifyRequest, context: ApiContext) {
  const asking = await staffOf(request, context);
  if (managedRooms(asking)?.length === 0) throw denied();
  return asking;
}

function serveList(app: ApiInstance, { context, wechat }: WechatAppRoutes): void {
  const { db, publicUrl } = context;
  app.get(
    "/api/v1/wechat/apps",
    {
      schema: {
        tags,
        summary: "公众号 and mini programs by which viewers are known (owner, managers)",
        description: "Of secrets only whether they are set, and since when.",
        response: {
          200: z.object({
            apps: z.array(WechatAppShape),
            returnDomain: z.string().describe("To be entered as 网页授权域名"),
            stale: z.boolean().describe("WeChat does not answer right now, as this node sees it"),
          }),
          ...failures,
        },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const apps = await listWechatApps(db);
      return {
        apps: apps.map(shownApp),
        returnDomain: new URL(publicUrl).host,
        stale: wechat.health().state !== "closed",
      };
    },
  );

  app.post(
    "/api/v1/wechat/apps",
    {
      schema: {
        tags,
        summary: "Add a 公众号 or a mini program",
        body: NewWechatApp,
        response: { 201: WechatAppShape, ...failures, ...conflicts },
      },
    },
    async (request, reply) => {
      const asking = await mayConnect(request, context);
      const { secret, ...told } = request.body;
      const id = newId("o");
      const now = Date.now();
      const row: WechatAppRow = {
        id,
        ...told,
        secretSealed: secret === undefined ? null : wechat.apps.seal(id, secret),
        secretAt: secret === undefined ? null : now,
        createdBy: asking.personId,
        createdAt: now,
      };
      if (!(await insertWechatApp(db, row))) throw rejected("wechatApp.exists");
      wechat.apps.forget();
      return reply.code(201).send(shownApp(row));
    },
  );
}

function serveChanges(app: ApiInstance, { context, wechat }: WechatAppRoutes): void {
  const { db } = context;
  app.patch(
    "/api/v1/wechat/apps/:id",
    {
      schema: {
        tags,
        summary: "Rename it, set its secret, its rooms, WeChat's file, the page that reserves",
        params: IdParams,
        body: WechatAppChangeShape,
        response: { 200: WechatAppShape, ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await appRow(context, request.params.id);
      const { name, secret, roomIds, verifyFile, reservePath } = request.body;
      const change: WechatAppChange = {
        ...(name === undefined ? {} : { name }),
        ...(secret === undefined ? {} : { secretSealed: wechat.apps.seal(row.id, secret), secretAt: Date.now() }),
        ...(roomIds === undefined ? {} : { roomIds }),
        ...(verifyFile === undefined ? {} : { verifyFile }),
        ...(reservePath === undefined ? {} : { reservePath }),
      };
      await changeWechatApp(db, row.id, change);
      wechat.apps.forget();
      return shownApp({ ...row, ...change });
    },
  );

  app.delete(
    "/api/v1/wechat/apps/:id",
    {
      schema: {
        tags,
        summary: "Remove it with its secret",
        description: "Who signed in by it stays who they are.",
        params: IdParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await appRow(context, request.params.id);
      await deleteWechatApp(db, row.id);
      wechat.apps.forget();
      return { status: "ok" as const };
    },
  );
}

function serveDoctor(app: ApiInstance, { context, wechat }: WechatAppRoutes): void {
  app.post(
    "/api/v1/wechat/apps/:id/doctor",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "What is missing between Kaibo and this app, line by line",
        params: IdParams,
        response: { 200: z.object({ at: At, lines: z.array(WechatDoctorLine) }), ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await appRow(context, request.params.id);
      const client = (await wechat.apps.appById(row.appId))?.client ?? null;
      return { at: Date.now(), lines: await examineWechatApp({ row, client, publicUrl: context.publicUrl }) };
    },
  );
}

async function appRow({ db }: ApiContext, id: string): Promise<WechatAppRow> {
  const row = (await listWechatApps(db)).find((one) => one.id === id);
  if (!row) throw notFound("wechatApp");
  return row;
}

function shownApp(row: WechatAppRow): z.infer<typeof WechatAppShape> {
  const { id, kind, appId, name, secretSealed, secretAt, roomIds, verifyFile, reservePath, createdAt } = row;
  const secret = { set: secretSealed !== null, at: secretAt };
  return { id, kind, appId, name, secret, roomIds, verifyFile, reservePath, createdAt };
}
