import { startWechatEmulator } from "../wechat/emulator/start.ts";
import { readOptions, runCommand, UsageError } from "./command-line.ts";

/**
 * npm run wechat-emulator -- [--port 8710] [--host 127.0.0.1]
 * A stand-in of WeChat itself with a 公众号, a mini program and some people. Point Kaibo at it with KAIBO_WECHAT_URL. See docs/wechat.md.
 */
const usage = "npm run wechat-emulator -- [--port 8710] [--host 127.0.0.1]";

async function run(): Promise<void> {
  const values = readOptions({
    options: { port: { type: "string", default: "8710" }, host: { type: "string", default: "127.0.0.1" } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError("--port must be a whole number from 0 to 65535");

  const emulator = await startWechatEmulator({ port, host: values.host });
  const { state } = emulator;
  const official = state.addApp({
    kind: "official",
    appId: "wx00000000000000a1",
    secret: "stand-in-secret-of-the-official",
  });
  const mini = state.addApp({
    kind: "miniProgram",
    appId: "wx00000000000000b1",
    secret: "stand-in-secret-of-the-mini-prog",
    pages: ["pages/reserve/index"],
  });
  for (const nickname of ["示例小安", "示例小白", "示例小程"])
    state.addUser({ id: `user${state.users.size + 1}`, nickname });

  console.log(`\n  微信模拟器 · WeChat stand-in   ${emulator.url}\n`);
  console.log(`  KAIBO_WECHAT_URL=${emulator.url} npm start`);
  for (const { kind, appId, secret } of [official, mini]) console.log(`  ${kind}  AppID ${appId}  AppSecret ${secret}`);
  console.log("");

  const stop = () => void emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

await runCommand(usage, run);
