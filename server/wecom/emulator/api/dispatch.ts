import { uploadedMedia } from "../multipart.ts";
import type { Corp } from "../state/corp.ts";
import type { App } from "../state/corp-rows.ts";
import type { World } from "../state/world.ts";
import { type Call, type Endpoint, type Fields, refuse, Refusal } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { getToken } from "./get-token.ts";
import { rateRules } from "./rates.ts";
import { type ApiDesk, type ApiRequest, isTrusted, jsonObject } from "./request.ts";
import { robotCalls } from "./webhook.ts";

/** `body` null: HTTP 404 with nothing, as for a path the platform does not know. */
export type ApiAnswer = { readonly agentId: number | null; readonly body: Fields | null };

/** §1: token before parameters, business errors as HTTP 200, unknown paths as an empty 404. */
export async function answerApi(desk: ApiDesk, request: ApiRequest): Promise<ApiAnswer> {
  if (request.path === "/cgi-bin/gettoken") {
    const outcome = overIp(desk, request) ?? getToken(desk, request);
    return { agentId: null, body: written(outcome, {}, request) };
  }
  const robot = robotCalls.get(request.path);
  if (robot) return { agentId: null, body: written(robot(desk, request), {}, request) };
  const known = endpoints.get(request.path);
  if (!known) return { agentId: null, body: null };
  const caller = callerOf(desk.world, request);
  if (caller instanceof Refusal) return { agentId: null, body: written(caller, known, request) };
  const outcome = await answerKnown(desk, request, { known, ...caller });
  return { agentId: caller.app.agentId, body: written(outcome, known, request) };
}

type Known = { readonly known: Endpoint; readonly corp: Corp; readonly app: App };

async function answerKnown(desk: ApiDesk, request: ApiRequest, { known, corp, app }: Known): Promise<Fields | Refusal> {
  const { world, rates } = desk;
  if (!isTrusted(app, request.ip)) {
    return refuse(60020, "not allow to access from your ip");
  }
  const limited = overIp(desk, request) ?? overCorp(desk, corp, request.path);
  if (limited) return limited;
  if (known.contact === true && !app.externalContact) return refuse(48002, "api forbidden");
  if (!known.methods.some((method) => method === request.method)) {
    return request.method === "GET" ? refuse(43002, "require POST method") : refuse(43001, "require GET method");
  }
  const isUpload = request.contentType.startsWith("multipart/form-data");
  const call: Call = {
    world,
    rates,
    corp,
    app,
    now: world.now(),
    query: request.query,
    ip: request.ip,
    origin: request.origin,
    file: isUpload ? uploadedMedia(request.contentType, request.body) : null,
  };
  const raw = isUpload || request.method === "GET" ? Object.fromEntries(request.query) : jsonObject(request.body);
  if (raw === null) return refuse(47001, "data format error");
  const held = world.switches.objectHoldMs;
  if (held === 0) return known.handle(call, raw);
  const object = `${corp.corpId}|${request.path}|${objectOf(raw)}`;
  if (rates.isHeld(object)) return refuse(45033, "api concurrent out of limit");
  return rates.hold(object, held, () => known.handle(call, raw));
}

function callerOf(world: World, { query }: ApiRequest): { corp: Corp; app: App } | Refusal {
  const value = query.get("access_token");
  if (value === null || value === "") return refuse(41001, "access_token missing");
  const token = world.tokens.get(value);
  const corp = token ? world.corps.get(token.corpId) : undefined;
  const app = token ? corp?.apps.get(token.agentId) : undefined;
  if (!token || !corp || !app || token.revoked) return refuse(40014, "invalid access_token");
  if (token.expiresAt <= world.now()) return refuse(42001, "access_token expired");
  return { corp, app };
}

const tooOften = () => refuse(45009, "api freq out of limit");

function overIp({ rates }: ApiDesk, { ip }: ApiRequest): Refusal | null {
  return rates.take(rateRules.ipMinute, ip) && rates.take(rateRules.ipHour, ip) ? null : tooOften();
}

function overCorp({ rates }: ApiDesk, { corpId }: Corp, path: string): Refusal | null {
  const key = `${corpId}|${path}`;
  return rates.take(rateRules.apiMinute, key) && rates.take(rateRules.apiHour, key) ? null : tooOften();
}

/** What two calls at once would be about (45033). */
function objectOf(raw: Record<string, unknown>): string {
  const { chat_id: chat, msgid, external_userid: customer, config_id: config, sender } = raw;
  return [chat, msgid, customer, config, sender].find((value) => typeof value === "string")?.toString() ?? "";
}

function written(outcome: Fields | Refusal, known: Pick<Endpoint, "empty" | "okMessage">, request: ApiRequest): Fields {
  if (!(outcome instanceof Refusal)) return { errcode: 0, errmsg: known.okMessage ?? "ok", ...outcome };
  const { errcode, errmsg } = outcome;
  return { errcode, errmsg: `${errmsg}, ${hint(errcode, request.ip)}`, ...known.empty };
}

/** The text is not stable on the real platform either: nobody may read anything out of it. */
function hint(errcode: number, ip: string): string {
  let digits = "";
  while (digits.length < 19) digits += Math.floor(Math.random() * 10);
  return `hint: [${digits}], from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
}
