/** Pictures of people lie with WeChat; a page can draw one on its canvas only when it comes from us. Fetched when it is asked for, kept by the phone alone. */

const HOSTS = /(^|\.)qlogo\.cn$/;
const FETCH_MS = 5_000;
const BYTES_MAX = 300_000;

export type Picture = { readonly bytes: Buffer; readonly mime: "image/png" | "image/jpeg" };

/** Whether WeChat keeps pictures there: what it tells is not fetched from anywhere else. */
export function isWechatPicture(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port } = new URL(url);
  return (protocol === "https:" || protocol === "http:") && port === "" && HOSTS.test(hostname);
}

/** Null: it is gone, too large, or no picture. */
export async function fetchPicture(url: string): Promise<Picture | null> {
  if (!isWechatPicture(url)) return null;
  try {
    const response = await fetch(url.replace(/^http:/, "https:"), {
      redirect: "error",
      signal: AbortSignal.timeout(FETCH_MS),
    });
    if (response.status !== 200) return null;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > BYTES_MAX) return null;
    }
    const bytes = Buffer.concat(chunks);
    const mime = mimeOf(bytes);
    return mime && { bytes, mime };
  } catch {
    // Away, cut, or too slow: the poster goes without.
    return null;
  }
}

/** By its first bytes: what a server calls a file says little. */
export function mimeOf(bytes: Buffer): Picture["mime"] | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ? "image/jpeg" : null;
}
