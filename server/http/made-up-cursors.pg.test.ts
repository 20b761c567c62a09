import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { writePageCursor } from "./page-cursor.ts";

let api: TestApi;
let owner = "";
beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  owner = await api.signIn("boss");
});
afterAll(() => api.stop());

const Described = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ parameters: z.array(z.object({ name: z.string() })).optional() })),
  ),
});

it("answers a cursor that no list gave with 200 or 400, on every list that takes one", async () => {
  const show = {
    roomId: api.roomId,
    title: "示例",
    plannedStartAt: 1_800_000_000_000,
    plannedEndAt: 1_800_000_000_001,
  };
  const headers = { origin: ORIGIN, cookie: owner };
  const made = await api.app.inject({ method: "POST", url: "/api/v1/sessions", headers, payload: show });
  const { paths } = Described.parse((await api.app.inject({ url: "/api/v1/openapi.json" })).json());
  const lists = Object.entries(paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === "cursor"))
    .map(([path]) => path);
  expect(lists).toContain("/api/v1/sessions/{id}/signups");
  const cursors = [2_147_483_648, -2_147_483_649, 999_999_999_999_999].map((value) =>
    writePageCursor({ value, id: "x" }),
  );
  for (const path of lists) {
    for (const cursor of [...cursors, "", "x"]) {
      const url = `${path.replace("{id}", made.json().id)}?cursor=${cursor}`;
      const { statusCode, body } = await api.app.inject({ url, headers: { cookie: owner } });
      expect([200, 400, 404], `${url} ${body}`).toContain(statusCode);
    }
  }
});
