import { randomBytes } from "node:crypto";
import type { Corp } from "../state/corp.ts";
import type { App } from "../state/corp-rows.ts";
import type { World } from "../state/world.ts";
import { signedUrl } from "./deliveries.ts";
import { seal } from "./seal.ts";

/** §14: the plain text back within 1 s. */
const ANSWER_MS = 1_000;

export type Verification = { readonly ok: boolean; readonly reason: string };

/** What the console does when somebody saves a callback URL. */
export async function verifyCallbackUrl(world: World, corp: Corp, app: App): Promise<Verification> {
  if (app.callbackUrl === null) return { ok: false, reason: "no callback URL" };
  const plain = randomBytes(9).toString("hex");
  const receiveId = world.switches.callbacks.form === "suite" ? app.suiteId : corp.corpId;
  const sealed = seal(plain, receiveId, app);
  const url = signedUrl(world, app, sealed);
  url.searchParams.set("echostr", sealed);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const text = await response.text();
    if (response.status !== 200) return { ok: false, reason: `answered ${response.status}` };
    return text === plain
      ? { ok: true, reason: "" }
      : { ok: false, reason: "answered something else than the plain text" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
