import type { Database } from "#db/client.ts";
import { personKeys } from "../auth/person-keys.ts";
import type { Logger } from "../lib/log.ts";
import { createAppSecrets, type AppSecrets } from "./app-secrets.ts";
import { createAuthorizePage, type AuthorizePage } from "./authorize-page.ts";
import { createKnownAs, type KnownAs } from "./known-as.ts";
import { createUrlLinks, type UrlLinks } from "./url-links.ts";
import { WechatLine } from "./wechat-line.ts";

/** Everything that asks WeChat (not WeCom), for the composition root. */
export type Wechat = {
  readonly apps: AppSecrets;
  readonly authorizePage: AuthorizePage;
  readonly knownAs: KnownAs;
  readonly urlLinks: UrlLinks;
  health(): ReturnType<WechatLine["health"]>;
};

type Parts = {
  readonly db: Database;
  readonly secret: string;
  /** Where WeChat is reached; env.wechatUrl. */
  readonly baseUrl: string;
  readonly log: Logger;
};

export function createWechat({ db, secret, baseUrl, log }: Parts): Wechat {
  const line = new WechatLine(baseUrl);
  const apps = createAppSecrets({ db, secret, line, log });
  return {
    apps,
    authorizePage: createAuthorizePage(line.baseUrl),
    knownAs: createKnownAs(db, personKeys(secret)),
    urlLinks: createUrlLinks(db, apps),
    health: () => line.health(),
  };
}
