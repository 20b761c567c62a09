import { afterAll, beforeAll, expect, it } from "vitest";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

/** Owners and programs may come into every room; a room that does not exist is still none of them. */

let api: TestApi;
let owner = "";
beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  owner = await api.signIn("boss");
});
afterAll(() => api.stop());

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const form = ["--x", 'content-disposition: form-data; name="file"; filename="a.csv"', "", "订单号", "--x--", ""].join(
  "\r\n",
);

const doors = [
  ["GET", ""],
  ["PATCH", "", { name: "二号间" }],
  ["GET", "/members"],
  ["GET", "/shows"],
  ["GET", "/shows.csv"],
  ["GET", "/mappings/orders"],
  ["PUT", "/mappings/orders", { columns: { 订单号: "orderId" } }],
  ["POST", "/imports", form, "multipart/form-data; boundary=x"],
  ["POST", "/media", png, "image/png"],
] as const;

it.each(doors)("%s /rooms/{id}%s finds no room that is not there", async (method, rest, payload?, type?) => {
  const url = `/api/v1/rooms/r_none${rest}`;
  const ask = async (who: Record<string, string>) => {
    const headers = { origin: ORIGIN, ...who, ...(type === undefined ? {} : { "content-type": type }) };
    const { statusCode, body } = await api.app.inject({
      method,
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    return { statusCode, code: JSON.parse(body).code };
  };
  expect(await ask({ cookie: owner })).toEqual({ statusCode: 404, code: "room.unknown" });
  // What programs may not do at all they are told first.
  const program = await ask({ authorization: `Bearer ${API_TOKEN}` });
  expect(["room.unknown", "access.denied"]).toContain(program.code);
});

it("gives no company to a room that is not there", async () => {
  const headers = { origin: ORIGIN, cookie: owner };
  const asked = { method: "PUT" as const, url: "/api/v1/wecom/rooms/r_none", headers, payload: { corpId: null } };
  expect((await api.app.inject(asked)).json()).toMatchObject({ code: "room.unknown" });
});
