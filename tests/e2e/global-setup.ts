import { startServer } from "#tests/support/server.ts";
import { adminPassword, apiToken } from "./credentials.ts";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer({
    port: Number(process.env["KAIBO_E2E_PORT"] ?? 4399),
    env: { KAIBO_ADMIN_PASSWORD: adminPassword, KAIBO_API_TOKEN: apiToken },
  });
  // For tests that turn a clock no API turns; workers inherit it.
  process.env["KAIBO_E2E_DATA_DIR"] = server.dataDir;
  return async () => {
    await server.stop();
  };
}
