import type { Database } from "#db/client.ts";
import { keepUrlLink, urlLinkFor } from "#db/queries/wechat-url-links.ts";
import type { AppSecrets } from "./app-secrets.ts";

/** Links into mini programs: one for a page and all its viewers, made anew some days before it ends. WeChat lets one be made for at most 30 days. */
export type UrlLinks = {
  /** Null: there is no such mini program with a secret. Throws WechatFailure where there is no link that still holds. */
  linkTo(target: MiniTarget): Promise<{ readonly url: string; readonly expiresAt: number } | null>;
};

export type MiniTarget = { readonly appId: string; readonly path: string; readonly query: string };

const DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const RENEW_BEFORE_MS = 7 * DAY_MS;
/** So near its end a link may be over when it is tapped. */
const LAST_MS = 3_600_000;

export function createUrlLinks(db: Database, apps: AppSecrets): UrlLinks {
  const making = new Map<string, Promise<{ url: string; expiresAt: number } | null>>();

  async function make({ appId, path, query }: MiniTarget, target: string) {
    const app = await apps.appById(appId);
    if (app?.row.kind !== "miniProgram") return null;
    const madeAt = Date.now();
    const url = await app.client.urlLink({ path, query, days: DAYS });
    const expiresAt = madeAt + DAYS * DAY_MS;
    await keepUrlLink(db, { appId, target, url, expiresAt, madeAt });
    return { url, expiresAt };
  }

  return {
    async linkTo(wanted) {
      const target = wanted.query === "" ? wanted.path : `${wanted.path}?${wanted.query}`;
      const known = await urlLinkFor(db, wanted.appId, target);
      const leftMs = known ? known.expiresAt - Date.now() : 0;
      if (known && leftMs > RENEW_BEFORE_MS) return { url: known.url, expiresAt: known.expiresAt };
      const key = JSON.stringify([wanted.appId, target]);
      const made = making.get(key) ?? make(wanted, target).finally(() => making.delete(key));
      making.set(key, made);
      try {
        return await made;
      } catch (error) {
        // The old one opens for some days yet; the next who asks tries again.
        if (known && leftMs > LAST_MS) return { url: known.url, expiresAt: known.expiresAt };
        throw error;
      }
    },
  };
}
