import { z } from "zod";
import { changeApp, deleteApp, lastCallbackAt, listApps, type AppChange, type AppRow } from "#db/queries/wecom-apps.ts";
import { listCorps } from "#db/queries/wecom-corps.ts";
import { changeRobot, deleteRobot, listRobots, type RobotChange, type RobotRow } from "#db/queries/wecom-robots.ts";
import { DoctorLine, examineApp, noAppLine, robotLine } from "../../wecom/doctor.ts";
import { isWecomFailure } from "../../wecom/wecom-error.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { notFound, rejected } from "../failures.ts";
import { At, Done, failures, IdParams, RejectedBody } from "../shapes.ts";
import { AppChangeShape, AppShape, RobotChangeShape, RobotShape } from "./wecom-corp-shapes.ts";
import { callbackUrlOf, mayConnect, shownApp, shownRobot, type WecomRoutes } from "./wecom-corp-routes.ts";

const tags = ["wecom"];
const conflicts = { 409: RejectedBody };
/** A test line is of use now or never. */
const TEST_USE_MS = 8_000;
/** Longer than WeCom is waited for. */
const WAIT_MS = 30_000;

/** Apps and robots of corps one by one, the connection doctor, and how WeCom is. */
export function serveWecomParts(app: ApiInstance, routes: WecomRoutes): void {
  serveApp(app, routes);
  serveRobot(app, routes);
  serveRobotTest(app, routes);
  serveDoctor(app, routes);
  serveWecomHealth(app, routes);
}

function serveApp(app: ApiInstance, { context, wecom: { secrets } }: WecomRoutes): void {
  const { db, publicUrl } = context;
  app.patch(
    "/api/v1/wecom/apps/:id",
    {
      schema: {
        tags,
        summary: "Rename an app, set its secret, set token and key of its callbacks",
        params: IdParams,
        body: AppChangeShape,
        response: { 200: AppShape, ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await appById(context, request.params.id);
      const { name, secret, callback } = request.body;
      const now = Date.now();
      const change: AppChange = {
        ...(name === undefined ? {} : { name }),
        ...(secret === undefined ? {} : { secretSealed: secrets.seal("secret", row.id, secret), secretAt: now }),
        ...(callback === undefined
          ? {}
          : {
              callbackTokenSealed: secrets.seal("callbackToken", row.id, callback.token),
              aesKeySealed: secrets.seal("aesKey", row.id, callback.aesKey),
              callbackAt: now,
              callbackVerifiedAt: null,
            }),
      };
      await changeApp(db, row.id, change);
      secrets.forget();
      return shownApp({ ...row, ...change }, publicUrl);
    },
  );

  app.delete(
    "/api/v1/wecom/apps/:id",
    { schema: { tags, summary: "Remove an app", params: IdParams, response: { 200: Done, ...failures } } },
    async (request) => {
      await mayConnect(request, context);
      const row = await appById(context, request.params.id);
      await deleteApp(db, row.id);
      secrets.forget();
      return { status: "ok" as const };
    },
  );
}

function serveRobot(app: ApiInstance, { context, wecom: { secrets } }: WecomRoutes): void {
  const { db } = context;
  app.patch(
    "/api/v1/wecom/robots/:id",
    {
      schema: {
        tags,
        summary: "Change a robot",
        params: IdParams,
        body: RobotChangeShape,
        response: { 200: RobotShape, ...failures, ...conflicts },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await robotById(context, request.params.id);
      const { key, name, groupName, purpose } = request.body;
      const keyHash = key === undefined ? row.keyHash : secrets.keyHash(key);
      if ((await listRobots(db)).some((other) => other.id !== row.id && other.keyHash === keyHash)) {
        throw rejected("wecomRobot.exists");
      }
      const change: RobotChange = {
        ...(name === undefined ? {} : { name }),
        ...(groupName === undefined ? {} : { groupName }),
        ...(purpose === undefined ? {} : { purpose }),
        ...(key === undefined ? {} : { keySealed: secrets.seal("robotKey", row.id, key), keyAt: Date.now(), keyHash }),
      };
      await changeRobot(db, row.id, change);
      secrets.forget();
      return shownRobot({ ...row, ...change });
    },
  );

  app.delete(
    "/api/v1/wecom/robots/:id",
    { schema: { tags, summary: "Remove a robot", params: IdParams, response: { 200: Done, ...failures } } },
    async (request) => {
      await mayConnect(request, context);
      const row = await robotById(context, request.params.id);
      await deleteRobot(db, row.id);
      secrets.forget();
      return { status: "ok" as const };
    },
  );
}

function serveRobotTest(app: ApiInstance, { context, wecom: { secrets } }: WecomRoutes): void {
  app.post(
    "/api/v1/wecom/robots/:id/test",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "Send a test line to the robot's group, marked as one: a key can be tried in no other way",
        params: IdParams,
        response: { 200: DoctorLine, ...failures, ...conflicts },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const row = await robotById(context, request.params.id);
      const robot = await secrets.robotFor(row.id);
      if (!robot) throw rejected("wecomRobot.unreadable");
      const content =
        "【Kaibo 测试】机器人已连接,这是一条测试消息,请忽略。\n[Kaibo test] The robot is connected; please ignore this line.";
      try {
        await robot.send({
          message: { msgtype: "text", text: { content } },
          lane: "urgent",
          useBy: Date.now() + TEST_USE_MS,
        });
      } catch (error) {
        if (!isWecomFailure(error)) throw error;
        return robotLine(subjectOf(row), { at: Date.now(), failure: error });
      }
      return robotLine(subjectOf(row), robot.last());
    },
  );
}

/** Robots mostly share one name; their groups tell them apart. */
const subjectOf = ({ name, groupName }: RobotRow): string => (groupName === "" ? name : `${name} · ${groupName}`);

function serveDoctor(app: ApiInstance, { context, wecom: { secrets } }: WecomRoutes): void {
  const { db, publicUrl } = context;
  app.post(
    "/api/v1/wecom/corps/:id/doctor",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "The connection doctor: what is missing between Kaibo and a company, line by line",
        params: IdParams,
        response: { 200: z.object({ at: At, lines: z.array(DoctorLine) }), ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const corp = (await listCorps(db)).find(({ id }) => id === request.params.id);
      if (!corp) throw notFound("wecomCorp");
      const own = <T extends { corpRow: string }>(rows: readonly T[]) =>
        rows.filter(({ corpRow }) => corpRow === corp.id);
      const [apps, robots] = await Promise.all([listApps(db).then(own), listRobots(db).then(own)]);
      const ofApps = await Promise.all(
        apps.map(async (row) =>
          examineApp({
            app: row,
            client: await secrets.clientOfApp(row.id),
            lastCallbackAt: await lastCallbackAt(db, row.appKey),
            callbackUrl: callbackUrlOf(publicUrl, row.appKey),
            publicUrl,
          }),
        ),
      );
      const ofRobots = await Promise.all(
        robots.map(async (row) => robotLine(subjectOf(row), (await secrets.robotFor(row.id))?.last() ?? null)),
      );
      const missing = apps.some(({ purpose }) => purpose === "customers") ? [] : [noAppLine(corp.name)];
      return { at: Date.now(), lines: [...missing, ...ofApps.flat(), ...ofRobots] };
    },
  );
}

const State = z.enum(["closed", "open", "halfOpen"]);
const Circuit = z.object({
  state: State,
  failures: z.int(),
  since: At.nullable(),
  nextTryAt: At.nullable(),
  lastFailure: z.string().nullable(),
});

function serveWecomHealth(app: ApiInstance, { context, wecom }: WecomRoutes): void {
  app.get(
    "/api/v1/wecom/health",
    {
      schema: {
        tags,
        summary: "How WeCom is, as this node sees it: whether it is asked, and what rests",
        description: "Kaibo works on without WeCom, so /readyz says nothing of it.",
        response: {
          200: z.object({
            host: Circuit,
            corps: z.array(Circuit.extend({ corpId: z.string() })),
            resting: z.array(z.object({ corpId: z.string(), api: z.string(), until: At })),
            refusedSecrets: z.array(z.object({ appId: z.string(), until: At })),
          }),
          ...failures,
        },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const { host, corps, blocked } = wecom.health();
      const refusedSecrets = await Promise.all(
        (await listApps(context.db)).map(async ({ id }) => {
          const until = (await wecom.secrets.clientOfApp(id))?.refusedUntil() ?? null;
          return until === null ? [] : [{ appId: id, until }];
        }),
      );
      return { host, corps: [...corps], resting: [...blocked], refusedSecrets: refusedSecrets.flat() };
    },
  );
}

async function appById({ db }: ApiContext, id: string): Promise<AppRow> {
  const row = (await listApps(db)).find((one) => one.id === id);
  if (!row) throw notFound("wecomApp");
  return row;
}

async function robotById({ db }: ApiContext, id: string): Promise<RobotRow> {
  const row = (await listRobots(db)).find((one) => one.id === id);
  if (!row) throw notFound("wecomRobot");
  return row;
}
