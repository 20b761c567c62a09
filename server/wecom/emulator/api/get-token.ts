import { type Fields, refuse, type Refusal } from "./endpoint.ts";
import { type RateRule, rateRules } from "./rates.ts";
import { type ApiDesk, type ApiRequest, isTrusted } from "./request.ts";

/** §2. The order of the checks is that of the public probes: what is missing first, then what is wrong. */
export function getToken({ world, rates }: ApiDesk, { query, ip }: ApiRequest): Fields | Refusal {
  const corpId = query.get("corpid");
  const secret = query.get("corpsecret");
  if (!corpId) return refuse(41002, "corpid missing");
  if (!secret) return refuse(41004, "corpsecret missing");
  const wrong: RateRule = { name: "wrongSecrets", max: world.switches.wrongSecretsMax, per: "hour" };
  if (wrong.max > 0 && rates.isBlocked(wrong, ip)) return refuse(45009, "api freq out of limit");
  const corp = world.corps.get(corpId);
  if (!corp) return refuse(40013, "invalid corpid");
  if (!rates.take(rateRules.tokenMinute, corpId) || !rates.take(rateRules.tokenHour, corpId)) {
    return refuse(45009, "api freq out of limit");
  }
  const app = [...corp.apps.values()].find((candidate) => candidate.secret === secret);
  if (!app) {
    if (wrong.max > 0) rates.take(wrong, ip);
    return refuse(40001, "invalid credential");
  }
  if (!isTrusted(app, ip)) return refuse(60020, "not allow to access from your ip");
  const token = world.tokenFor(corp, app);
  return { access_token: token.value, expires_in: Math.floor((token.expiresAt - world.now()) / 1000) };
}
