import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RehearsalApi } from "./api.ts";

/** What the server answers to each path's end, in order; the last one stays. "cut": the connection is reset. */
type Answer = { readonly status: number; readonly body?: object } | "cut";
let answers: Record<string, Answer[]> = {};
let asked: string[] = [];
let server: Server;
let api: RehearsalApi;

function answer(path: string, response: ServerResponse): void {
  const known = Object.keys(answers).find((end) => path.endsWith(end));
  const left = answers[known ?? ""] ?? [];
  const now = (left.length > 1 ? left.shift() : left[0]) ?? {
    status: 200,
    body: { token: "t", result: { code: "C1" } },
  };
  if (now === "cut") return void response.socket?.destroy();
  response
    .writeHead(now.status, { "content-type": "application/json", "retry-after": "0" })
    .end(JSON.stringify(now.body ?? {}));
}

beforeEach(async () => {
  [answers, asked] = [{}, []];
  server = createServer((request, response) => {
    const path = (request.url ?? "").replace("/api/v1/viewer/sessions/s_1/", "").replace("/api/v1/sessions/s_1/", "");
    asked.push(path);
    request.resume().on("end", () => answer(path, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  api = new RehearsalApi({ baseUrl: `http://127.0.0.1:${port}`, sessionId: "s_1", token: "program" });
});
afterEach(() => {
  api.close();
  server.closeAllConnections();
  server.close();
});

const coming = {
  kind: "come",
  name: "小鹿1",
  phone: "phone1",
  inviterCode: null,
  sourceCode: null,
  via: null,
  customer: null,
  looksFirst: true,
} as const;

describe("one simulated person who gets nowhere", () => {
  for (const [what, turned] of [
    ["is refused", { status: 403 }],
    ["came too often", { status: 429 }],
    ["meets a busy server", { status: 503 }],
    ["has a connection that breaks", "cut"],
  ] as const) {
    it(`${what}, and ends no rehearsal`, async () => {
      answers = { visitor: [turned], "demo-sign-in": [turned], claim: [turned], enter: [turned], opens: [turned] };
      expect(await api.comeAndSignUp(coming)).toBeUndefined();
      expect(await api.claim("p1", "c1", null)).toBeUndefined();
      expect(await api.enter("p1", "l1", null)).toBe(false);
      await api.opened("p1", "task");
      expect(await api.again("小鹿1")).toBe(false);
      // The next time they may have more luck.
      answers = {};
      expect(await api.claim("p1", "c1", null)).toBe("C1");
      expect(await api.comeAndSignUp(coming)).toBe("C1");
      expect(await api.openPage("小鹿1")).toBe(true);
    });
  }

  it("is a fault of the simulator where the server does not understand them", async () => {
    answers = { claim: [{ status: 400, body: { code: "invalid" } }] };
    await expect(api.claim("p1", "c1", null)).rejects.toThrow("answered 400");
    answers = { claim: [{ status: 200, body: { other: true } }] };
    await expect(api.claim("p1", "c1", null)).rejects.toThrow();
  });
});

it("is a customer of 示例企业 where the tables know them, else a name, and orders come in by the key of that", async () => {
  const customer = { id: "wm1", unionid: "u1" };
  expect(await api.comeAndSignUp({ ...coming, looksFirst: false, customer })).toBe("C1");
  expect(api.keyOf("小鹿1")).toBe("u1");
  answers = { "demo-sign-in": [{ status: 404 }, { status: 200, body: { token: "t" } }] };
  expect(await api.comeAndSignUp({ ...coming, name: "木木2", customer })).toBe("C1");
  expect(api.keyOf("木木2")).toBe("demo:s_1:木木2");
});

it("what the rehearsal itself asks for is tried again when the connection breaks or the server is busy", async () => {
  answers = { clock: ["cut", { status: 503 }, { status: 200 }], commands: [{ status: 409 }] };
  await api.stepClock(5);
  expect(asked).toEqual(["clock", "clock", "clock"]);
  expect(await api.command("session.end", {})).toBe(false);
  answers = { clock: [{ status: 401 }] };
  await expect(api.stepClock(6)).rejects.toThrow("answered 401");
});
