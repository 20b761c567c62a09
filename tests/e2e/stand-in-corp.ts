import { expect, type APIRequestContext } from "@playwright/test";
import { z } from "zod";

const Corp = z.object({
  corpId: z.string(),
  apps: z
    .array(z.object({ agentId: z.number(), secret: z.string(), callbackToken: z.string(), aesKey: z.string() }))
    .min(1),
  robots: z.array(z.object({ key: z.string() })).min(1),
});
export type StandInCorp = z.infer<typeof Corp>;

/** The WeCom that the test server talks to; see docs/wecom-emulator.md. */
export function standInUrl(): string {
  const url = process.env["KAIBO_E2E_WECOM_URL"];
  if (url === undefined) throw new Error("global-setup.ts starts the stand-in");
  return url;
}

export async function seedCorp(
  request: APIRequestContext,
  size: { readonly name: string; readonly staff: number; readonly groups: number; readonly customers: number },
): Promise<StandInCorp> {
  const answer = await request.post(`${standInUrl()}/emulator/corps`, { data: size });
  expect(answer.ok(), await answer.text()).toBe(true);
  return Corp.parse(await answer.json());
}

/** What an admin does in WeCom's console: enters the address, saves, and WeCom calls it at once. */
export async function saveCallback(request: APIRequestContext, corp: StandInCorp, callbackUrl: string): Promise<void> {
  const [app] = corp.apps;
  const path = `${standInUrl()}/emulator/apps/${app?.agentId}`;
  const saved = await request.patch(`${path}?corp=${corp.corpId}`, { data: { callbackUrl } });
  expect(saved.ok(), await saved.text()).toBe(true);
  const verified = await request.post(`${path}/verify-callback?corp=${corp.corpId}`, { data: {} });
  expect(await verified.json()).toMatchObject({ ok: true });
}
