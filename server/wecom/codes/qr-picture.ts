import type { Database } from "#db/client.ts";
import { changeCode, codeById, codePicture } from "#db/queries/wecom-codes.ts";
import type { World } from "../wecom-line.ts";
import { readAgain, type CodeDeps } from "./code-work.ts";
import { readPng } from "./png-pixels.ts";
import { codeSvg, traceCode } from "./trace-code.ts";

/**
 * WeCom keeps a code's picture under an address of its own. It is fetched once, kept, and served from here, so that pages ask no strangers and a print shop
 * gets a file.
 */
export type QrPicture = { readonly bytes: Buffer; readonly mediaType: string };

const BYTES_MAX = 2_000_000;
const FETCH_MS = 10_000;
const REDIRECTS_MAX = 3;
const MEDIA_TYPES = ["image/png", "image/jpeg"];
/** Where WeCom keeps pictures. */
const HOSTS = [".qpic.cn", ".qlogo.cn", ".weixin.qq.com", ".wework.qq.com"];

/** null: there is none yet, or WeCom does not give it. */
export async function pictureOf(id: string, deps: CodeDeps): Promise<QrPicture | null> {
  const { db } = deps;
  const kept = await codePicture(db, id);
  if (kept) return kept;
  if ((await codeById(db, id))?.qrUrl === null) await readAgain(id, deps);
  const row = await codeById(db, id);
  if (!row || row.qrUrl === null) return null;
  const client = await deps.clientOf(row.corpId);
  const picture = client && (await fetchPicture(row.qrUrl, { world: client.world, wecomUrl: deps.wecomUrl }));
  if (!picture) return null;
  await keepPicture(db, id, picture);
  return picture;
}

/** null: the picture is no drawn code that can be traced; then the picture itself is the best there is. */
export function svgOf({ bytes, mediaType }: QrPicture, title: string): string | null {
  const pixels = mediaType === "image/png" ? readPng(bytes) : null;
  const grid = pixels && traceCode(pixels);
  return grid && codeSvg(grid, title);
}

async function keepPicture(db: Database, id: string, { bytes, mediaType }: QrPicture): Promise<void> {
  await changeCode(db, id, { qrPicture: bytes, qrMediaType: mediaType });
}

/** The addresses come from WeCom, and are followed to WeCom's own hosts only; in a rehearsal to this machine's. */
async function fetchPicture(address: string, from: From): Promise<QrPicture | null> {
  let url = addressOf(address, from);
  for (let hops = 0; url && hops <= REDIRECTS_MAX; hops += 1) {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(FETCH_MS) });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = addressOf(new URL(location, url).href, from);
      continue;
    }
    return response.ok ? readPicture(response) : null;
  }
  return null;
}

type From = { readonly world: World; readonly wecomUrl: string };

function addressOf(address: string, { world, wecomUrl }: From): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (world === "real" && url.origin === new URL(wecomUrl).origin) return url;
  if (world === "rehearsal") return url.protocol === "http:" && url.hostname === "127.0.0.1" ? url : null;
  if (url.protocol === "http:") url.protocol = "https:";
  const isWecom = HOSTS.some((host) => url.hostname.endsWith(host));
  return url.protocol === "https:" && url.port === "" && isWecom ? url : null;
}

async function readPicture(response: Response): Promise<QrPicture | null> {
  const mediaType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return MEDIA_TYPES.includes(mediaType) && size > 0 ? { bytes: Buffer.concat(chunks), mediaType } : null;
}
