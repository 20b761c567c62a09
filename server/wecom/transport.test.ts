import { createServer, type Server, type Socket } from "node:net";
import { createServer as createHttpServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "#tests/support/ports.ts";
import { createTransport, type Transport, type WireRequest } from "./transport.ts";
import { WecomTransportError } from "./wecom-error.ts";

const open: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const request: WireRequest = {
  api: "user/get",
  method: "GET",
  query: { access_token: "a-token-of-the-tests" },
  body: null,
  fresh: false,
  wholeMs: 500,
};

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `127.0.0.1:${address.port}`;
}

function transportTo(baseUrl: string): Transport {
  const transport = createTransport(baseUrl);
  open.push(() => transport.close());
  return transport;
}

async function failureOf(transport: Transport, over: Partial<WireRequest> = {}): Promise<WecomTransportError> {
  const failure: unknown = await transport.send({ ...request, ...over }).then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  if (failure instanceof WecomTransportError) return failure;
  throw failure;
}

const answering = (reply: string) =>
  listening(createServer((socket) => socket.on("data", () => socket.write(reply)).on("error", () => undefined)));

describe("what surely did not go", () => {
  it("nobody listens, or there is no such name", async () => {
    const nobody = await failureOf(transportTo(`http://127.0.0.1:${await freePort()}`));
    expect(nobody).toMatchObject({ reason: "connect", outcome: "notSent" });
    const nameless = await failureOf(transportTo("http://wecom.invalid"), { wholeMs: 10_000 });
    expect(nameless).toMatchObject({ reason: "connect", outcome: "notSent" });
  });

  it("the connection stands, but its encryption never does", async () => {
    const host = await answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    expect(await failureOf(transportTo(`https://${host}`))).toMatchObject({ reason: "connect", outcome: "notSent" });
    const silent = await listening(createServer(() => undefined));
    expect(await failureOf(transportTo(`https://${silent}`))).toMatchObject({ reason: "timeout", outcome: "notSent" });
  });

  it.each([301, 404, 413])("a status that comes before any work: %i", async (status) => {
    const host = await answering(`HTTP/1.1 ${status} No\r\nlocation: https://example.com\r\ncontent-length: 0\r\n\r\n`);
    expect(await failureOf(transportTo(`http://${host}`))).toMatchObject({ reason: "status", outcome: "notSent" });
  });
});

describe("what may have gone", () => {
  it.each([
    ["a gateway that gave up", "HTTP/1.1 504 Late\r\ncontent-length: 0\r\n\r\n", "status"],
    ["no HTTP at all", "good evening\r\n\r\n", "cut"],
    ["no JSON", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\noops", "body"],
  ])("%s", async (_name, reply, reason) => {
    const host = await answering(reply);
    expect(await failureOf(transportTo(`http://${host}`))).toMatchObject({ reason, outcome: "unknown" });
  });

  it("no answer in time, or half of one", async () => {
    const silent = await listening(createServer(() => undefined));
    expect(await failureOf(transportTo(`http://${silent}`))).toMatchObject({ reason: "timeout", outcome: "unknown" });
    const half = await answering('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"errcode":');
    expect(await failureOf(transportTo(`http://${half}`))).toMatchObject({ reason: "timeout", outcome: "unknown" });
  });

  it("more of an answer than any list has", async () => {
    const host = await listening(
      createHttpServer((_request, response) => {
        response.on("error", () => undefined);
        for (let count = 0; count < 20; count += 1) response.write(" ".repeat(1024 * 1024));
        response.end("{}");
      }),
    );
    const failure = await failureOf(transportTo(`http://${host}`), { wholeMs: 10_000 });
    expect(failure).toMatchObject({ reason: "body", outcome: "unknown" });
  });
});

it("keeps connections for questions, and takes one of its own for what must not be asked twice", async () => {
  const used: number[] = [];
  const server = createHttpServer((incoming, response) => {
    used.push(incoming.socket.remotePort ?? 0);
    response.end("{}");
  });
  const transport = transportTo(`http://${await listening(server)}`);
  await transport.send(request);
  await transport.send(request);
  await transport.send({ ...request, fresh: true });
  await transport.send({ ...request, fresh: true });
  expect(used[0]).toBe(used[1]);
  expect(new Set(used).size).toBe(3);
});

it("reaches a gateway below a path, and says where it was going without the query", async () => {
  const asked: string[] = [];
  const server = createHttpServer((incoming, response) => {
    asked.push(incoming.url ?? "");
    response.writeHead(404).end();
  });
  const failure = await failureOf(transportTo(`http://${await listening(server)}/wecom/`));
  expect(asked).toEqual(["/wecom/cgi-bin/user/get?access_token=a-token-of-the-tests"]);
  expect(`${failure.message} ${String(failure.cause)}`).not.toContain("a-token-of-the-tests");
  expect(failure.message).toBe("user/get: status 404");
});
