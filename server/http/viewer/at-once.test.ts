import { once } from "node:events";
import net from "node:net";
import Fastify from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { Id } from "#domain/units.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { handleFailures, HttpError } from "../failures.ts";
import { acceptJsonOnly, BODY_BYTES_MAX } from "../json-body.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import { validatorOf } from "../validators.ts";
import { type AskedOf, atOnce, readBodiesAhead } from "./at-once.ts";

const shapes = {
  params: z.object({ id: Id }),
  headers: z.object({ "idempotency-key": Id.optional() }),
  body: z.strictObject({ say: z.string().optional() }).nullish(),
};
const closing: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** Throws, rejects and refuses by what it is told to `say`; who is `slow` is not known at once. */
async function answer({ params, headers, body }: AskedOf<typeof shapes>): Promise<CommandAnswer> {
  if (body?.say === "many") throw new HttpError(429, "http.tooMany", { retryAfterMs: 2_400 });
  if (body?.say === "busy") throw new BusyError(1_500);
  if (body?.say === "bug") throw new Error("示例");
  if (body?.say === "no") return { status: "rejected", code: "coupon.gone" };
  if (body?.say === "retry") return { status: "retry", retryAfterMs: 300 };
  return {
    status: "ok",
    seq: 7,
    result: { id: params.id, key: headers["idempotency-key"] ?? "-", say: body?.say ?? "–" },
  };
}

async function listen({ ahead }: { readonly ahead: boolean }) {
  const ways: ("at once" | "route")[] = [];
  const app = Fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  app.setValidatorCompiler<z.core.$ZodType>(validatorOf);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  handleFailures(app, { refused: () => undefined, log: { warn: () => undefined, error: () => undefined } });
  acceptJsonOnly(app);
  readBodiesAhead(app);
  app.addHook("onRequest", (_request, reply, done) => {
    void reply.header("x-content-type-options", "nosniff").header("set-cookie", ["a=1", "b=2"]);
    done();
  });
  const hooks = atOnce(shapes, (asked) => {
    if (asked.params.id === "slow") return undefined;
    ways.push("at once");
    if (asked.body?.say === "thrown") throw new HttpError(403, "access.denied");
    return answer(asked);
  });
  app
    .withTypeProvider<ZodTypeProvider>()
    .post("/acts/:id", { schema: { ...shapes }, ...(ahead ? hooks : {}) }, async (request, reply) => {
      ways.push("route");
      if (request.body?.say === "thrown") throw new HttpError(403, "access.denied");
      return sendAnswer(reply, await answer(request));
    });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  closing.push(() => app.close());
  return { url, port: Number(new URL(url).port), ways };
}

type Request = { readonly id?: string; readonly headers?: Record<string, string>; readonly body?: BodyInit };

async function ask(url: string, { id = "s_1", headers = {}, body }: Request) {
  const response = await fetch(`${url}/acts/${id}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body, duplex: "half" }),
  });
  const { date: _date, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, body: await response.text() };
}

const json = (value: unknown) => JSON.stringify(value);
const inPieces = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`{"say":`));
      controller.enqueue(new TextEncoder().encode(`"x"}`));
      controller.close();
    },
  });

const requests: readonly {
  readonly what: string;
  readonly request: () => Request;
  readonly way: "at once" | "route" | null;
}[] = [
  { what: "an empty object", request: () => ({ body: "{}" }), way: "at once" },
  { what: "no body", request: () => ({}), way: "at once" },
  { what: "null", request: () => ({ body: "null" }), way: "at once" },
  {
    what: "words and a key",
    request: () => ({ body: json({ say: "示例" }), headers: { "idempotency-key": "k_1" } }),
    way: "at once",
  },
  { what: "a refusal", request: () => ({ body: json({ say: "no" }) }), way: "at once" },
  { what: "come back later", request: () => ({ body: json({ say: "retry" }) }), way: "at once" },
  { what: "too many", request: () => ({ body: json({ say: "many" }) }), way: "at once" },
  { what: "busy", request: () => ({ body: json({ say: "busy" }) }), way: "at once" },
  { what: "a bug", request: () => ({ body: json({ say: "bug" }) }), way: "at once" },
  { what: "thrown before anything is waited for", request: () => ({ body: json({ say: "thrown" }) }), way: "at once" },
  { what: "who is not known at once", request: () => ({ id: "slow", body: json({ say: "x" }) }), way: "route" },
  { what: "a length that nobody told", request: () => ({ body: inPieces() }), way: "route" },
  {
    what: "another writing of the type",
    request: () => ({ body: "{}", headers: { "content-type": "application/json; charset=utf-8" } }),
    way: "route",
  },
  { what: "a long body", request: () => ({ body: `{"say":"x"${" ".repeat(5_000)}}` }), way: "route" },
  { what: "a body beyond the limit", request: () => ({ body: json({ say: "x".repeat(BODY_BYTES_MAX) }) }), way: null },
  { what: "no JSON", request: () => ({ body: `{"say":` }), way: null },
  { what: "a field that nobody knows", request: () => ({ body: json({ sya: "x" }) }), way: null },
  { what: "what can't be stored", request: () => ({ body: json({ say: "\u0000" }) }), way: null },
  { what: "a key that is none", request: () => ({ body: "{}", headers: { "idempotency-key": "k 1" } }), way: null },
  { what: "an id that is none", request: () => ({ id: "a%20b", body: "{}" }), way: null },
  { what: "another type", request: () => ({ body: "say=x", headers: { "content-type": "text/plain" } }), way: null },
];

test.each(requests)("$what is answered alike on both ways", async ({ request, way }) => {
  const both = await Promise.all([listen({ ahead: true }), listen({ ahead: false })]);
  const [ahead, plain] = await Promise.all(both.map(({ url }) => ask(url, request())));
  expect(ahead).toEqual(plain);
  expect(both.map(({ ways }) => ways)).toEqual([way === null ? [] : [way], way === null ? [] : ["route"]]);
});

const head = (length: number) =>
  `POST /acts/s_1 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

test("a body that comes piece by piece is waited for", async () => {
  const { port, ways } = await listen({ ahead: true });
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  for (const piece of [head(13), `{"say":`, `"两"`, "}"]) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [answered] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  expect(answered.toString()).toContain(`"say":"两"`);
  expect(ways).toEqual(["at once"]);
});

test("whoever leaves in the middle of a body has done nothing, and nobody else notices", async () => {
  const { url, port, ways } = await listen({ ahead: true });
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`${head(40)}{"say":`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  expect((await ask(url, { body: "{}" })).status).toBe(200);
  expect(ways).toEqual(["at once"]);
});

test("two acts on one connection, one behind the other, have their own answers in order", async () => {
  const { port } = await listen({ ahead: true });
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  let text = "";
  const both = new Promise<void>((resolve) =>
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split("HTTP/1.1 200").length > 2) resolve();
    }),
  );
  socket.write(`${head(11)}{"say":"a"}${head(11)}{"say":"b"}`);
  await both;
  socket.destroy();
  expect(text.indexOf(`"say":"a"`)).toBeGreaterThan(0);
  expect(text.indexOf(`"say":"b"`)).toBeGreaterThan(text.indexOf(`"say":"a"`));
});
