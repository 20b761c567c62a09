import pino from "pino";
import { expect, it } from "vitest";
import { createHealthApp } from "./health-app.ts";

it("is ready while its pages are, also when they have to be started again", async () => {
  let pages = false;
  const app = createHealthApp(pino({ level: "silent" }), () => pages);
  const ask = async (url: string) => (await app.inject({ url })).statusCode;
  expect([await ask("/healthz"), await ask("/readyz")]).toEqual([200, 503]);
  pages = true;
  expect([await ask("/healthz"), await ask("/readyz")]).toEqual([200, 200]);
  pages = false;
  const away = await app.inject({ url: "/readyz" });
  expect([away.statusCode, away.headers["retry-after"], away.json()]).toEqual([
    503,
    "1",
    { status: "retry", retryAfterMs: 1_000 },
  ]);
  await app.close();
});
