import { openidOf, unionidOf, word, type Code, type EmulatedApp, type WechatState } from "./state.ts";

/** The calls, as documented: what they want, what they answer, and the errcodes in the order in which WeChat looks. */

export type Asked = {
  readonly path: string;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly ip: string;
};
export type Said = Readonly<Record<string, unknown>>;

const CODE_MS = 5 * 60_000;
const TOKEN_MS = 7_200_000;
/** After a forced renewal the old one holds for a while. */
const OLD_TOKEN_MS = 5 * 60_000;
const LINK_DAYS_MAX = 30;
const QUERY_MAX = 1_024;
const QUERY_SIGNS = /^[\w!#$&'()*+,/:;=?@.~%-]*$/;

type Refusal = { readonly errcode: number; readonly errmsg: string };
const refuse = (errcode: number, errmsg: string): Refusal => ({
  errcode,
  errmsg: `${errmsg}, rid: ${word(4)}-${word(4)}`,
});

export function answerCall(state: WechatState, asked: Asked): Said | null {
  switch (asked.path) {
    case "/sns/oauth2/access_token":
      return pageAccess(state, asked);
    case "/sns/userinfo":
      return userInfo(state, asked);
    case "/sns/jscode2session":
      return miniSession(state, asked);
    case "/cgi-bin/stable_token":
      return stableToken(state, asked);
    case "/wxa/generate_urllink":
      return urlLink(state, asked);
    default:
      return null;
  }
}

function pageAccess(state: WechatState, { query }: Asked): Said {
  const app = appOf(state, { appId: query.get("appid"), secret: query.get("secret") });
  if ("errcode" in app) return app;
  if (query.get("grant_type") !== "authorization_code") return refuse(40_002, "invalid grant_type");
  const code = codeOf(state, query.get("code"), { app, kind: "page" });
  if ("errcode" in code) return code;
  const user = state.users.get(code.userId);
  const token = word(24);
  state.pageTokens.set(token, {
    appId: app.appId,
    userId: code.userId,
    scope: code.scope,
    until: state.now() + TOKEN_MS,
  });
  return {
    access_token: token,
    expires_in: TOKEN_MS / 1_000,
    refresh_token: word(24),
    // Of somebody who does not exist.
    openid: user?.snapshot ? `o_snap_${word(8)}` : openidOf(app.appId, code.userId),
    scope: code.scope,
    ...(user?.snapshot ? { is_snapshotuser: 1 } : {}),
    ...(app.bound && code.scope === "snsapi_userinfo" ? { unionid: unionidOf(code.userId) } : {}),
  };
}

function userInfo(state: WechatState, { query }: Asked): Said {
  const token = state.pageTokens.get(query.get("access_token") ?? "");
  if (!token || token.until <= state.now())
    return refuse(40_001, "invalid credential, access_token is invalid or not latest");
  if (token.scope !== "snsapi_userinfo") return refuse(48_001, "api unauthorized");
  const openid = openidOf(token.appId, token.userId);
  if (query.get("openid") !== openid) return refuse(40_003, "invalid openid");
  const user = state.users.get(token.userId);
  const app = state.apps.get(token.appId);
  return {
    openid,
    nickname: user?.nickname ?? "",
    sex: 0,
    language: "",
    city: "",
    province: "",
    country: "",
    headimgurl: user?.headimgurl ?? "",
    privilege: [],
    ...(app?.bound ? { unionid: unionidOf(token.userId) } : {}),
  };
}

function miniSession(state: WechatState, { query }: Asked): Said {
  const app = appOf(state, { appId: query.get("appid"), secret: query.get("secret") });
  if ("errcode" in app) return app;
  const code = codeOf(state, query.get("js_code"), { app, kind: "mini" });
  if ("errcode" in code) return code;
  if (state.users.get(code.userId)?.limited) return refuse(40_226, "code blocked");
  const openid = openidOf(app.appId, code.userId);
  return { openid, session_key: word(12), ...(app.bound ? { unionid: unionidOf(code.userId) } : {}) };
}

function stableToken(state: WechatState, { method, body, ip }: Asked): Said {
  if (method !== "POST") return refuse(43_002, "require POST method");
  if (body["grant_type"] !== "client_credential") return refuse(40_002, "invalid grant_type");
  const app = appOf(state, { appId: text(body["appid"]), secret: text(body["secret"]) });
  if ("errcode" in app) return app;
  if (app.frozen) return refuse(50_007, "账号已冻结");
  if (app.ipList !== null && !app.ipList.includes(ip)) {
    return refuse(40_164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`);
  }
  const now = state.now();
  const current = state.tokens.findLast(({ appId, until }) => appId === app.appId && until > now);
  if (current && body["force_refresh"] !== true) {
    return { access_token: current.token, expires_in: Math.floor((current.until - now) / 1_000) };
  }
  if (current) current.until = Math.min(current.until, now + OLD_TOKEN_MS);
  const token = word(32);
  state.tokens.push({ appId: app.appId, token, madeAt: now, until: now + TOKEN_MS });
  return { access_token: token, expires_in: TOKEN_MS / 1_000 };
}

function urlLink(state: WechatState, { method, query, body }: Asked): Said {
  if (method !== "POST") return refuse(43_002, "require POST method");
  const now = state.now();
  const token = state.tokens.find((one) => one.token === query.get("access_token"));
  if (!token) return refuse(40_001, "invalid credential, access_token is invalid or not latest");
  if (token.until <= now) return refuse(42_001, "access_token expired");
  const app = state.apps.get(token.appId);
  if (app?.kind !== "miniProgram") return refuse(48_001, "api unauthorized");
  if (app.personal) return refuse(43_104, "no permission");
  if (app.pages.length === 0) return refuse(85_079, "miniprogram has no online release");
  const path = text(body["path"]) ?? "";
  const given = text(body["query"]) ?? "";
  if (path.includes("?") || (path !== "" && !app.pages.includes(path.replace(/^\//, "")))) {
    return refuse(40_165, "invalid weapp pagepath");
  }
  if (given.length > QUERY_MAX || !QUERY_SIGNS.test(given)) return refuse(40_212, "invalid query");
  const days = Number(body["expire_interval"]);
  if (body["expire_type"] !== 1 || !Number.isInteger(days) || days < 1 || days > LINK_DAYS_MAX) {
    return refuse(85_401, "invalid expire_time");
  }
  const id = word(6);
  state.links.set(id, { appId: app.appId, path, query: given, until: now + days * 24 * 3_600_000 });
  return { errcode: 0, errmsg: "ok", url_link: `https://wxaurl.cn/${id}` };
}

function appOf(
  state: WechatState,
  { appId, secret }: { appId: string | null; secret: string | null },
): EmulatedApp | Refusal {
  if (!appId) return refuse(41_002, "appid missing");
  if (!secret) return refuse(41_004, "appsecret missing");
  const app = state.apps.get(appId);
  if (!app) return refuse(40_013, "invalid appid");
  return app.secret === secret ? app : refuse(40_125, "invalid appsecret");
}

type Wanted = { readonly app: EmulatedApp; readonly kind: Code["kind"] };

function codeOf(state: WechatState, value: string | null, { app, kind }: Wanted): Code | Refusal {
  if (!value) return refuse(41_008, "missing code");
  const code = state.codes.get(value);
  if (!code || code.appId !== app.appId || code.kind !== kind) return refuse(40_029, "invalid code");
  if (code.used) return refuse(40_163, "code been used");
  if (state.now() - code.madeAt >= CODE_MS) return refuse(40_029, "invalid code");
  code.used = true;
  return code;
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
