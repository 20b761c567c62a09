import type { LinkDomains } from "../links/link-domains.ts";
import type { Logger } from "../lib/log.ts";
import { createShowCodes } from "../links/show-codes.ts";
import type { Wechat } from "../wechat/wechat.ts";
import type { ApiContext, ApiInstance } from "./context.ts";
import { serveShortLinks } from "./short-link-routes.ts";
import { serveLinkDomains } from "./staff/link-domain-routes.ts";
import { serveShowLinks } from "./staff/show-link-routes.ts";
import { serveWechatApps } from "./staff/wechat-app-routes.ts";
import { serveViewerLinks } from "./viewer/link-routes.ts";
import { serveViewerSignIn } from "./viewer/sign-in-routes.ts";

export type WechatRoutes = {
  readonly context: ApiContext;
  readonly wechat: Wechat;
  readonly domains: LinkDomains;
  readonly log: Logger;
};

/** Who viewers are by WeChat, and the links by which they come. */
export function serveWechat(app: ApiInstance, { context, wechat, domains, log }: WechatRoutes): void {
  const { apps, urlLinks } = wechat;
  const showCodes = createShowCodes(context.db);
  serveWechatApps(app, { context, wechat });
  serveLinkDomains(app, { context, domains });
  serveShowLinks(app, { context, wechat, showCodes, domains, urlLinks, log });
  serveViewerSignIn(app, { context, wechat, domains });
  serveViewerLinks(app, { context, showCodes, domains, urlLinks, log });
  serveShortLinks(app, { context, showCodes, domains, apps });
}
