import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SECRET, testApi, type TestApi } from "#tests/support/api.ts";
import { csvOf, toldOrders, totalsOf } from "#tests/support/order-file.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const run = promisify(execFile);
const FROM = Date.UTC(2026, 10, 1, 12);
const told = toldOrders(120, { from: FROM });
const place = tempDir("import-cli");
const file = path.join(place.dir, "订单.csv");
let api: TestApi;
let port = "";

beforeAll(async () => {
  api = await testApi();
  port = new URL(await api.app.listen({ host: "127.0.0.1", port: 0 })).port;
  writeFileSync(file, csvOf(told));
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

function cli(...args: string[]) {
  const env = { NODE_ENV: "production" as const, PATH: String(process.env["PATH"]), PORT: port, KAIBO_SECRET: SECRET };
  return run(nodeBinary, [path.resolve(import.meta.dirname, "import.ts"), ...args], { env });
}

it("makes a past show from a file on the running server, and says its totals, times and what is new", async () => {
  const past = ["--room", api.roomId, "--title", "示例场", "--orders", file];
  const looked = await cli(...past, "--dry-run");
  expect(looked.stdout).toContain("2026-11-01 20:00:00");
  const { stdout } = await cli(...past);
  const { paidFen, refundedFen } = totalsOf(told);
  expect(stdout).toContain(`成交 ¥${(paidFen / 100).toFixed(2)},退款 ¥${(refundedFen / 100).toFixed(2)}`);
  const sessionId = /shows\/(\w+)\/import/.exec(stdout)?.[1] ?? "";
  const again = await cli("--session", sessionId, "--orders", file);
  expect(again.stdout).toContain("新 new 0,变 changed 0,同 same 120");
});

it("says what is wrong with what was asked", async () => {
  await expect(cli("--orders", file)).rejects.toThrow(/say a show \(--session ID\) or a room/);
  await expect(cli("--room", api.roomId, "--orders", file)).rejects.toThrow(/needs a --title/);
  await expect(cli("--session", "s_none", "--orders", file)).rejects.toThrow(/session\.unknown/);
  await expect(cli("--session", "s_none", "--orders", `${file}.not`)).rejects.toThrow(/there is no file/);
});

it("exits with 1 when rows stayed out, and says in words why", async () => {
  const rounded = path.join(place.dir, "rounded.csv");
  const text = String(readFileSync(file)).replaceAll(told[0]?.orderId ?? "", "3.70512E+18");
  writeFileSync(rounded, text);
  const past = ["--room", api.roomId, "--title", "示例场二", "--orders", rounded];
  for (const args of [[...past, "--dry-run"], past]) {
    await expect(cli(...args)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("id.mangled: 编号被表格改坏了"),
    });
  }
  await expect(cli("--room", "r_none", "--title", "T", "--orders", file)).rejects.toThrow(
    /没有这个直播间.*\(room\.unknown\)/,
  );
});
