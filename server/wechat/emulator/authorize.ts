import type { WechatState } from "./state.ts";

/** WeChat's page that says, or asks, who opens ours. On a phone it knows; here somebody is chosen, or named as `emulator_as`. */
export type PageAnswer = { readonly status: number; readonly html?: string; readonly location?: string };

const STATE = /^[a-zA-Z0-9]{0,128}$/;

export function authorizePage(state: WechatState, url: URL): PageAnswer {
  const query = url.searchParams;
  const app = state.apps.get(query.get("appid") ?? "");
  if (app?.kind !== "official") return failed("AppID 参数错误 · 40013");
  const redirect = query.get("redirect_uri") ?? "";
  if (!URL.canParse(redirect)) return failed("redirect_uri 参数错误 · 10003");
  const back = new URL(redirect);
  if (app.returnDomains.length > 0 && !app.returnDomains.includes(back.host)) {
    return failed("redirect_uri 域名与后台配置不一致 · 10003");
  }
  const scope = query.get("scope") ?? "";
  if (scope !== "snsapi_base" && scope !== "snsapi_userinfo") return failed("Scope 参数错误 · 10005");
  if (query.get("response_type") !== "code") return failed("response_type 参数错误 · 10016");
  if (!STATE.test(query.get("state") ?? "")) return failed("state 参数错误 · 10013");
  const chosen = query.get("emulator_as");
  if (chosen === null) return { status: 200, html: chooser(state, url, scope) };
  const user = state.users.get(chosen);
  if (!user) return failed("没有这个人");
  back.searchParams.set("code", state.newCode({ appId: app.appId, userId: user.id, kind: "page", scope }));
  back.searchParams.set("state", query.get("state") ?? "");
  return { status: 302, location: back.href };
}

const text = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"></head><body><main>${body}</main></body></html>`;

function failed(why: string): PageAnswer {
  return { status: 200, html: page("微信(模拟)", `<h1>${text(why)}</h1>`) };
}

function chooser(state: WechatState, url: URL, scope: string): string {
  const rows = [...state.users.values()].slice(0, 60).map(({ id, nickname }) => {
    const to = new URL(url);
    to.searchParams.set("emulator_as", id);
    return `<li><a href="${text(to.pathname + to.search)}">${text(nickname)}</a></li>`;
  });
  const asks = scope === "snsapi_userinfo" ? "申请使用你的昵称、头像" : "静默授权";
  return page(
    "微信(模拟)",
    `<h1>微信网页授权 <small>模拟</small></h1><p>${asks}。用谁的手机打开?</p><ul>${rows.join("")}</ul>`,
  );
}
