import type { Database } from "#db/client.ts";
import type { Env } from "./env.ts";
import type { Lifecycle } from "./lib/lifecycle.ts";
import type { Logger } from "./lib/log.ts";
import { createLinkDomains, type LinkDomains } from "./links/link-domains.ts";
import { createWechat, type Wechat } from "./wechat/wechat.ts";

/** What is between Kaibo and WeChat itself: who viewers are, and the domains of links. */

type Parts = {
  readonly env: Pick<Env, "wechatUrl" | "publicUrl">;
  readonly db: Database;
  readonly secret: string;
  /** The main domain is looked at through our own port. */
  readonly listening: Promise<void>;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
};

export type StartedWechat = { readonly wechat: Wechat; readonly domains: LinkDomains };

export function startWechat({ env, db, secret, listening, lifecycle, log }: Parts): StartedWechat {
  const { wechatUrl, publicUrl } = env;
  const wechat = createWechat({ db, secret, baseUrl: wechatUrl, log });
  const domains = createLinkDomains({ db, secret, publicUrl, log });
  lifecycle.add({ name: "domains of links", deadlineMs: 10_000, stop: () => domains.close() });
  void listening.then(() => domains.begin());
  return { wechat, domains };
}
