import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let owner = "";
let sessionId = "";
const START = Date.now();

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  await api.addPerson("watcher", { roles: ["reviewer"] });
  owner = await api.signIn("boss");
  const payload = { roomId: api.roomId, title: "示例", plannedStartAt: START, plannedEndAt: START + 1 };
  const headers = { origin: ORIGIN, cookie: owner };
  const made = await api.app.inject({ method: "POST", url: "/api/v1/sessions", headers, payload });
  sessionId = made.json().id;
});
afterAll(() => api.stop());

async function send(payload: object, cookie = owner) {
  const url = `/api/v1/sessions/${sessionId}/commands`;
  const answer = await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie }, payload });
  return { status: answer.statusCode, body: answer.json() };
}

const issuesOf = (body: { issues?: { path: string; code: string }[] }) =>
  (body.issues ?? []).map(({ path, code }) => `${path} ${code}`);

describe("a command that names what nothing reads", () => {
  it("[ENG9] is refused by the path of each such field, and does nothing", async () => {
    const logged = api.directory.logOf(sessionId).length;
    const skus = [{ name: "均码", plannedFen: 9_900, plannedSellable: 1, price: 9_900 }];
    const made = await send({
      id: "n1",
      type: "bag.createProduct",
      input: { name: "示例毛衣", skus, lnkNo: 1 },
    });
    expect(made.status).toBe(400);
    expect(made.body.status).toBe("invalid");
    expect(issuesOf(made.body).toSorted()).toEqual([
      "input.lnkNo unrecognized_keys",
      "input.skus.0.price unrecognized_keys",
    ]);
    expect(api.directory.logOf(sessionId)).toHaveLength(logged);
  });

  it("[ENG9] also in what the sender says it saw, and beside the input", async () => {
    const edit = { type: "session.edit", input: { title: "示例二" } };
    const start = { type: "session.start", input: {}, expect: { title: "示例" } };
    expect(issuesOf((await send({ ...start, id: "n2" })).body)).toEqual(["expect unrecognized_keys"]);
    const price = { type: "bag.setPrice", input: { productId: "p", priceFen: 1 } };
    expect(issuesOf((await send({ ...price, id: "n3", expect: { liveFen: 1, livFen: 1 } })).body)).toEqual([
      "expect.livFen unrecognized_keys",
    ]);
    expect(issuesOf((await send({ ...edit, id: "n4", expct: {} })).body)).toEqual(["expct unrecognized_keys"]);
    expect((await send({ ...edit, id: "n5" })).status).toBe(200);
  });

  it("is told no more than before to whom it is forbidden", async () => {
    const edit = { id: "n6", type: "session.edit", input: { titel: "x" } };
    expect((await send(edit, await api.signIn("watcher"))).status).toBe(403);
  });
});
