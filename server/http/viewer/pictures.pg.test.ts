import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  await api.addPerson("co", { roles: ["community"] });
});
afterAll(() => api.stop());

test("viewers see a picture whose key they were told, and nothing by a key that nobody made", async () => {
  const headers = { origin: ORIGIN, cookie: await api.signIn("co"), "content-type": "image/png" };
  const kept = await api.app.inject({
    method: "POST",
    url: `/api/v1/rooms/${api.roomId}/media`,
    headers,
    payload: PNG,
  });
  expect(kept.statusCode).toBe(201);
  const shown = await api.app.inject({ method: "GET", url: `/api/v1/viewer/pictures/${kept.json().key}` });
  expect([shown.statusCode, shown.headers["content-type"]]).toEqual([200, "image/png"]);
  expect(shown.rawPayload.equals(PNG)).toBe(true);
  const guessed = await api.app.inject({ method: "GET", url: "/api/v1/viewer/pictures/u_guessed" });
  expect([guessed.statusCode, guessed.json().code]).toEqual([404, "media.unknown"]);
});

test("a picture is read once, however many phones open the page", async () => {
  const headers = { origin: ORIGIN, cookie: await api.signIn("co"), "content-type": "image/png" };
  const url = `/api/v1/rooms/${api.roomId}/media`;
  const kept = await api.app.inject({ method: "POST", url, headers, payload: Buffer.concat([PNG, Buffer.from("2")]) });
  const reads = vi.spyOn(api.context.db, "select");
  const show = () => api.app.inject({ method: "GET", url: `/api/v1/viewer/pictures/${kept.json().key}` });
  const shown = await Promise.all(Array.from({ length: 20 }, show));
  shown.push(await show());
  expect(shown.map(({ statusCode }) => statusCode)).toEqual(shown.map(() => 200));
  expect(reads).toHaveBeenCalledTimes(1);
  reads.mockRestore();
});
