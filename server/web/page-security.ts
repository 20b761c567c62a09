import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The content security policy of pages. Pages rendered for a request carry a nonce, which Next
 * takes from the policy in the request headers. Pages rendered at build time cannot, so their
 * inline scripts are allowed by hash, taken once after the build.
 */
export type PageSecurity = {
  /** Policy for a page rendered now, by its address; also sent to Next as a request header. */
  withNonce: (nonce: string, url: string) => string;
  /** Policy for a page from the build: that of the viewers, which the team's editor shows in a frame of its own. */
  prerendered: string;
};

export const fixedHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

/** In place of the one above, where a page of ours may frame it. */
export const framedByUs = { "x-frame-options": "SAMEORIGIN" };

export type SecurityOptions = { projectDir: string; dev: boolean; publicUrl: string };

export function pageSecurity({ projectDir, dev, publicUrl }: SecurityOptions): PageSecurity {
  // Safari before 15.4 does not count sockets of the same host as 'self'.
  const sockets = publicUrl.replace(/^http/, "ws");
  const policy = (scripts: string, url: string) =>
    policyFor(scripts, { sockets, reads: REVIEW.test(url) ? "https:" : "", frames: "'none'" });
  const viewers = (scripts: string) => policyFor(scripts, { sockets, reads: "", frames: "'self'" });
  if (dev) {
    const open = "'self' 'unsafe-inline' 'unsafe-eval'";
    return { withNonce: (_nonce, url) => policy(open, url), prerendered: viewers(open) };
  }
  const built = path.join(projectDir, ".next", "server");
  const hashes = new Set(["app", "pages"].flatMap((router) => [...inlineScriptHashes(path.join(built, router))]));
  return {
    withNonce: (nonce, url) => policy(`'self' 'nonce-${nonce}' 'strict-dynamic'`, url),
    prerendered: viewers(["'self'", ...hashes].join(" ")),
  };
}

/** Where recordings of a show are looked at, by staff or by a link: a playlist and its parts are read by script, from wherever its address points. */
const REVIEW = /^\/(?:shows\/[^/?#]+\/review|r\/[^/?#]+)(?:[?#]|$)/;

type Sources = { readonly sockets: string; readonly reads: string; readonly frames: "'none'" | "'self'" };

function policyFor(scripts: string, { sockets, reads, frames }: Sources): string {
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    // Radix and charts place things with style attributes.
    "style-src 'self' 'unsafe-inline'",
    // Product pictures come from the shop's own hosts.
    "img-src 'self' data: blob: https:",
    // Recordings: files of the reviewer's own machine, and public addresses.
    "media-src 'self' blob: https:",
    "font-src 'self' data:",
    `connect-src 'self' ${sockets} ${reads}`.trimEnd(),
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${frames}`,
  ].join("; ");
}

function inlineScriptHashes(dir: string): Set<string> {
  const hashes = new Set<string>();
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".html")) continue;
    const html = readFileSync(path.join(dir, name), "utf8");
    for (const [, script = ""] of html.matchAll(
      /<script(?![^>]*\s(?:src=|type="application\/json"))[^>]*>([\s\S]*?)<\/script>/g,
    )) {
      hashes.add(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
    }
  }
  return hashes;
}
