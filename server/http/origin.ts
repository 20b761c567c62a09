import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a browser sent this from a page of ours. Pages of others can make a browser send the cookie along; they cannot make it lie
 * about where they come from.
 */
export type OriginCheck = (headers: IncomingHttpHeaders) => boolean;

/** PUBLIC_URL, or whatever address this very request was sent to. */
export function createOriginCheck(publicUrl: string): { readonly own: OriginCheck; readonly notForeign: OriginCheck } {
  const publicOrigin = new URL(publicUrl).origin;
  const isOwn = (origin: string, host: string | undefined): boolean => {
    if (origin === publicOrigin) return true;
    if (!URL.canParse(origin) || host === undefined) return false;
    const { protocol, host: from } = new URL(origin);
    return (protocol === "http:" || protocol === "https:") && from === host;
  };
  return {
    /** For writes with a cookie: the origin must be there and ours. */
    own: ({ origin, host }) => origin !== undefined && isOwn(origin, host),
    /** For sockets: programs send no origin; browsers do, except with same-origin GETs, which say so. */
    notForeign: ({ origin, host, "sec-fetch-site": site }) =>
      origin !== undefined ? isOwn(origin, host) : site === undefined || site === "same-origin" || site === "none",
  };
}
