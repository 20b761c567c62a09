import { startWechatEmulator } from "#server/wechat/emulator/start.ts";
import { startEmulator } from "#server/wecom/emulator/start.ts";
import { startServer } from "#tests/support/server.ts";
import { adminPassword, apiToken } from "./credentials.ts";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const wecom = await startEmulator();
  const wechat = await startWechatEmulator();
  const server = await startServer({
    port: Number(process.env["KAIBO_E2E_PORT"] ?? 4399),
    env: {
      KAIBO_ADMIN_PASSWORD: adminPassword,
      KAIBO_API_TOKEN: apiToken,
      KAIBO_WECOM_URL: wecom.url,
      KAIBO_WECHAT_URL: wechat.url,
    },
  });
  process.env["KAIBO_E2E_WECOM_URL"] = wecom.url;
  process.env["KAIBO_E2E_WECHAT_URL"] = wechat.url;
  // For tests that turn a clock no API turns; workers inherit it.
  process.env["KAIBO_E2E_DATA_DIR"] = server.dataDir;
  return async () => {
    await server.stop();
    await wecom.close();
    await wechat.close();
  };
}
