import { afterAll, beforeAll, expect, test } from "vitest";
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
