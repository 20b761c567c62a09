import { z } from "zod";
import { insertApp, listApps, type AppRow } from "#db/queries/wecom-apps.ts";
import { changeCorp, deleteCorp, insertCorp, listCorps, roomsOfCorp, type CorpRow } from "#db/queries/wecom-corps.ts";
import { insertRobot, listRobots, type RobotRow } from "#db/queries/wecom-robots.ts";
import { corpStream } from "#domain/corp/index.ts";
import { QUOTA_RULES, type QuotaRule } from "#domain/corp/quota-state.ts";
import { newId, randomLetters } from "../../auth/ids.ts";
import { senderId, type StaffPrincipal } from "../../auth/principal.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { forgetCorp } from "../../wecom/identities/identities.ts";
import type { Wecom } from "../../wecom/wecom.ts";
import { managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound, rejected } from "../failures.ts";
import { Done, failures, IdParams, RejectedBody } from "../shapes.ts";
import {
  APP_PURPOSES,
  AppShape,
  CorpChange,
  CorpShape,
  NewApp,
  NewCorp,
  NewRobot,
  ROBOT_PURPOSES,
  RobotShape,
} from "./wecom-corp-shapes.ts";

export type WecomRoutes = { readonly context: ApiContext; readonly wecom: Wecom };

const tags = ["wecom"];
const conflicts = { 409: RejectedBody };

/** Which companies Kaibo speaks for. Secrets go in and never come out; owner and managers of any room. */
export function serveWecomCorps(app: ApiInstance, routes: WecomRoutes): void {
  serveCorpList(app, routes);
  serveCorpChanges(app, routes);
  serveNewParts(app, routes);
}

/** Corps are the house's, not a room's. */
export async function mayConnect(
  request: Parameters<typeof staffOf>[0],
  context: ApiContext,
): ReturnType<typeof staffOf> {
  const asking = await staffOf(request, context);
  if (managedRooms(asking)?.length === 0) throw denied();
  return asking;
}

function serveCorpList(app: ApiInstance, { context }: WecomRoutes): void {
  const { db, publicUrl } = context;
  app.get(
    "/api/v1/wecom/corps",
    {
      schema: {
        tags,
        summary: "Companies in WeCom, with apps and robots (owner, managers)",
        description: "Of secrets only whether they are set, and since when.",
        response: { 200: z.object({ corps: z.array(CorpShape) }), ...failures },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const [corps, apps, robots] = await Promise.all([listCorps(db), listApps(db), listRobots(db)]);
      return {
        corps: corps.map((corp) => ({
          ...shownCorp(corp),
          apps: apps.filter(({ corpRow }) => corpRow === corp.id).map((row) => shownApp(row, publicUrl)),
          robots: robots.filter(({ corpRow }) => corpRow === corp.id).map(shownRobot),
        })),
      };
    },
  );

  app.post(
    "/api/v1/wecom/corps",
    {
      schema: {
        tags,
        summary: "Add a company",
        body: NewCorp,
        response: { 201: CorpShape, ...failures, ...conflicts },
      },
    },
    async (request, reply) => {
      const asking = await mayConnect(request, context);
      const row: CorpRow = { id: newId("w"), ...request.body, createdBy: asking.personId, createdAt: Date.now() };
      if (!(await insertCorp(db, row))) throw rejected("wecomCorp.exists");
      await setQuotaRule(context, { corp: row.id, rule: request.body.quotaRule, asking });
      return reply.code(201).send({ ...shownCorp(row), apps: [], robots: [] });
    },
  );
}

function serveCorpChanges(app: ApiInstance, { context, wecom }: WecomRoutes): void {
  const { db } = context;
  app.patch(
    "/api/v1/wecom/corps/:id",
    {
      schema: {
        tags,
        summary: "Rename a company, or say which quota rule its admin console has",
        params: IdParams,
        body: CorpChange,
        response: { 200: Done, ...failures, ...conflicts },
      },
    },
    async (request) => {
      const asking = await mayConnect(request, context);
      const { name, quotaRule } = request.body;
      const corp = await knownCorp(context, request.params.id);
      if (quotaRule !== undefined) await setQuotaRule(context, { corp, rule: quotaRule, asking });
      const change = { ...(name === undefined ? {} : { name }), ...(quotaRule === undefined ? {} : { quotaRule }) };
      if (Object.keys(change).length > 0 && !(await changeCorp(db, corp, change))) throw notFound("wecomCorp");
      wecom.secrets.forget();
      return { status: "ok" as const };
    },
  );

  app.delete(
    "/api/v1/wecom/corps/:id",
    {
      schema: {
        tags,
        summary: "Remove a company with its apps, robots, secrets, and all that is known of its groups and people",
        description: "Refused while a room's shows push through it.",
        params: IdParams,
        response: { 200: Done, ...failures, ...conflicts },
      },
    },
    async (request) => {
      await mayConnect(request, context);
      const { id } = request.params;
      if ((await roomsOfCorp(db, id)).length > 0) throw rejected("wecomCorp.inUse");
      if (!(await deleteCorp(db, id))) throw notFound("wecomCorp");
      await forgetCorp(db, id, Date.now());
      wecom.secrets.forget();
      return { status: "ok" as const };
    },
  );
}

function serveNewParts(app: ApiInstance, { context, wecom }: WecomRoutes): void {
  const { db, publicUrl } = context;
  const { secrets } = wecom;
  app.post(
    "/api/v1/wecom/corps/:id/apps",
    {
      schema: {
        tags,
        summary: "Add one of the company's apps",
        params: IdParams,
        body: NewApp,
        response: { 201: AppShape, ...failures, ...conflicts },
      },
    },
    async (request, reply) => {
      await mayConnect(request, context);
      const corpRow = await knownCorp(context, request.params.id);
      const { name, purpose, agentId, secret, callback } = request.body;
      const id = newId("a");
      const now = Date.now();
      const row: AppRow = {
        id,
        corpRow,
        name,
        purpose,
        agentId,
        appKey: randomLetters(20),
        secretSealed: secret === undefined ? null : secrets.seal("secret", id, secret),
        secretAt: secret === undefined ? null : now,
        callbackTokenSealed: callback ? secrets.seal("callbackToken", id, callback.token) : null,
        aesKeySealed: callback ? secrets.seal("aesKey", id, callback.aesKey) : null,
        callbackAt: callback ? now : null,
        callbackVerifiedAt: null,
        createdAt: now,
      };
      if (!(await insertApp(db, row))) throw rejected("wecomApp.exists");
      secrets.forget();
      return reply.code(201).send(shownApp(row, publicUrl));
    },
  );

  app.post(
    "/api/v1/wecom/corps/:id/robots",
    {
      schema: {
        tags,
        summary: "Add the robot of an internal group, by its key or webhook address",
        params: IdParams,
        body: NewRobot,
        response: { 201: RobotShape, ...failures, ...conflicts },
      },
    },
    async (request, reply) => {
      await mayConnect(request, context);
      const corpRow = await knownCorp(context, request.params.id);
      const { key, ...told } = request.body;
      const id = newId("b");
      const now = Date.now();
      const sealed = { keySealed: secrets.seal("robotKey", id, key), keyAt: now, keyHash: secrets.keyHash(key) };
      const row: RobotRow = { id, corpRow, ...told, ...sealed, createdAt: now };
      if (!(await insertRobot(db, row))) throw rejected("wecomRobot.exists");
      secrets.forget();
      return reply.code(201).send(shownRobot(row));
    },
  );
}

async function knownCorp({ db }: ApiContext, id: string): Promise<string> {
  if (!(await listCorps(db)).some((corp) => corp.id === id)) throw notFound("wecomCorp");
  return id;
}

type RuleChange = { readonly corp: string; readonly rule: QuotaRule; readonly asking: StaffPrincipal };

/** Pushes are counted by what stands in the corp's own stream; the row repeats it for lists. */
async function setQuotaRule({ directory }: ApiContext, { corp, rule, asking }: RuleChange): Promise<void> {
  const command = { id: `rule-${randomLetters(12)}`, type: "quota.setRule", input: { rule } };
  const grants = [asking.owner ? ("owner" as const) : ("manager" as const)];
  const answer = await directory.send(corpStream(corp), command, { id: senderId(asking), grants });
  if (answer.status === "rejected") throw rejected(answer.code);
  if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
}

const ShownRule = z.enum(QUOTA_RULES).catch("daysOfMonth");
const AppPurpose = z.enum(APP_PURPOSES).catch("sign_in");
const RobotPurpose = z.enum(ROBOT_PURPOSES).catch("all");

function shownCorp({ id, corpId, name, quotaRule, createdAt }: CorpRow) {
  return { id, corpId, name, quotaRule: ShownRule.parse(quotaRule), createdAt };
}

/** Where WeCom is to call for this app. */
export function callbackUrlOf(publicUrl: string, appKey: string): string {
  return `${publicUrl}/hooks/wecom/${appKey}`;
}

export function shownApp(row: AppRow, publicUrl: string): z.infer<typeof AppShape> {
  return {
    id: row.id,
    name: row.name,
    purpose: AppPurpose.parse(row.purpose),
    agentId: row.agentId,
    callbackUrl: callbackUrlOf(publicUrl, row.appKey),
    secret: { set: row.secretSealed !== null, at: row.secretAt },
    callback: { set: row.callbackTokenSealed !== null && row.aesKeySealed !== null, at: row.callbackAt },
    callbackVerifiedAt: row.callbackVerifiedAt,
  };
}

export function shownRobot(row: RobotRow): z.infer<typeof RobotShape> {
  const { id, name, groupName, purpose, keyAt } = row;
  return { id, name, groupName, purpose: RobotPurpose.parse(purpose), key: { set: true, at: keyAt } };
}
