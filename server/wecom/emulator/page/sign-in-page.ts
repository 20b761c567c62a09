import { issueCode } from "../api/sign-in.ts";
import type { Corp } from "../state/corp.ts";
import type { World } from "../state/world.ts";

/** Signed in on this browser as if it were somebody's phone; the value is `corpId:id`. */
const COOKIE = "wecom_emulator_phone";
const STATE_BYTES_MAX = 128;
const SHOWN_MAX = 60;

export type PageAnswer = {
  readonly status: number;
  readonly html?: string;
  readonly location?: string;
  readonly cookie?: string;
};

export const signInPaths: ReadonlySet<string> = new Set([
  "/connect/oauth2/authorize",
  "/wwlogin/sso/login",
  "/wwopen/sso/qrConnect",
]);

/** §13. Inside the client nobody is asked; in a browser somebody has to scan, which here is a choice from a list. */
export function signInPage(world: World, url: URL, cookies: string): PageAnswer {
  const query = url.searchParams;
  const corp = world.corps.get(query.get("appid") ?? "");
  const redirect = query.get("redirect_uri") ?? "";
  if (!corp) return failed("40013", "appid 不是这里的企业 · invalid appid");
  if (!URL.canParse(redirect)) return failed("50001", "redirect_uri 缺失或不合法 · redirect_uri is missing or wrong");
  if (Buffer.byteLength(query.get("state") ?? "") > STATE_BYTES_MAX)
    return failed("40058", "state 超过 128 字节 · state over 128 bytes");
  if (!isTrustedDomain(corp, query.get("agentid"), new URL(redirect))) {
    return failed("50001", "redirect_uri 不是应用的可信域名 · redirect_url is not a trusted domain");
  }
  const chosen = query.get("emulator_as");
  const inClient = url.pathname === "/connect/oauth2/authorize";
  const known = inClient ? phoneOf(cookies, corp) : null;
  const id = chosen ?? known;
  if (id === null) return { status: 200, html: chooser(corp, url) };
  const back = new URL(redirect);
  const isPrivate = query.get("scope") === "snsapi_privateinfo";
  back.searchParams.set("code", issueCode(world, corp, { id, isPrivate }));
  const state = query.get("state");
  if (state !== null) back.searchParams.set("state", state);
  return { status: 302, location: back.href };
}

/** Opens a link on somebody's phone: the page behind it meets that person when it asks who is there. */
export function openAs(world: World, url: URL): PageAnswer {
  const to = url.searchParams.get("to") ?? "";
  const id = url.searchParams.get("as") ?? "";
  // Two corps may both have a staff01; the page says which one it shows.
  const named = world.corps.get(url.searchParams.get("corp") ?? "");
  const candidates = named ? [named] : [...world.corps.values()];
  const corp = candidates.find(({ staff, customers }) => staff.has(id) || customers.has(id));
  const isWeb = URL.canParse(to) && /^https?:$/.test(new URL(to).protocol);
  if (!corp || !isWeb) return failed("400", "打不开 · cannot be opened");
  const cookie = `${COOKIE}=${encodeURIComponent(`${corp.corpId}:${id}`)}; Path=/; HttpOnly; SameSite=Lax`;
  return { status: 302, location: to, cookie };
}

function phoneOf(cookies: string, corp: Corp): string | null {
  const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(cookies)?.[1];
  const [corpId, id] = value === undefined ? [] : decodeURIComponent(value).split(":");
  return corpId === corp.corpId && id !== undefined ? id : null;
}

function isTrustedDomain(corp: Corp, agentId: string | null, redirect: URL): boolean {
  const app = agentId === null ? [...corp.apps.values()][0] : corp.apps.get(Number(agentId));
  if (!app) return false;
  return (
    app.redirectDomains.length === 0 ||
    app.redirectDomains.includes(redirect.host) ||
    app.redirectDomains.includes(redirect.hostname)
  );
}

function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/phones.css"></head><body class="sign-in"><main>${body}</main></body></html>`;
}

function failed(code: string, why: string): PageAnswer {
  return { status: 200, html: page("无法登录", `<h1>无法登录</h1><p class="wrong"><b>${code}</b> ${text(why)}</p>`) };
}

function chooser(corp: Corp, url: URL): string {
  const link = (id: string) => {
    const to = new URL(url);
    to.searchParams.set("emulator_as", id);
    return text(`${to.pathname}${to.search}`);
  };
  const staff = [...corp.staff.values()].slice(0, SHOWN_MAX);
  const customers = [...corp.customers.values()].slice(0, 12);
  const rows = (people: readonly { id: string; name: string; note: string }[]) =>
    people
      .map(
        ({ id, name, note }) =>
          `<a class="person" href="${link(id)}"><i>${text(name.slice(-2))}</i><span>${text(name)}<small>${text(note)}</small></span></a>`,
      )
      .join("");
  return page(
    "企业微信登录（模拟）",
    `<h1>企业微信登录 <small>模拟</small></h1><p>谁在扫码？选一个人，就以其身份回到应用。</p>
<h2>员工</h2><div class="people">${rows(staff.map(({ userid, name, position }) => ({ id: userid, name, note: position })))}</div>
<h2>客户（应用不认得其成员身份）</h2><div class="people">${rows(customers.map(({ id, name }) => ({ id, name, note: "微信用户" })))}</div>
<h2>陌生人</h2><div class="people">${rows([{ id: "oStranger0000000000000000000", name: "陌生微信用户", note: "只有 openid" }])}</div>`,
  );
}
