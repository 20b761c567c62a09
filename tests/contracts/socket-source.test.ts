import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket } from "socket.io";
import { afterEach, expect, test, vi } from "vitest";
import { createSocketSource } from "#components/session/socket-source.ts";

/** A gateway that answers nothing, and the address bar of a page that it served. */
async function gateway() {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"] });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  vi.stubGlobal("location", { protocol: "http:", host: `127.0.0.1:${(http.address() as AddressInfo).port}` });
  let connections = 0;
  const joined = Promise.withResolvers<void>();
  io.on("connection", (client) => {
    connections += 1;
    client.on("join", ({ sessionId }: { sessionId: string }) => {
      if (sessionId === "other") joined.resolve();
    });
  });
  return {
    connected: async (): Promise<Socket> => {
      const [client] = (await once(io, "connection")) as [Socket];
      return client;
    },
    otherJoined: joined.promise,
    connections: () => connections,
    close: () => io.close(),
  };
}

const stops: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  for (const stop of stops.splice(0)) await stop();
});

const lost = (source: ReturnType<typeof createSocketSource>) =>
  new Promise<void>((resolve) => {
    const stop = source.subscribe(() => {
      if (source.read().connection.state === "live") return;
      stop();
      resolve();
    });
  });

test("a page that comes back after its server sent it away does so by itself; one that was left does not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const server = await gateway();
  stops.push(server.close);
  const staying = createSocketSource({ sessionId: "s", audience: "control" });
  stops.push(() => staying.close());
  let came = server.connected();
  vi.advanceTimersByTime(1);
  let away = lost(staying);
  (await came).disconnect(true);
  await away;
  came = server.connected();
  vi.advanceTimersByTime(1_100);
  const again = await came;

  away = lost(staying);
  again.disconnect(true);
  await away;
  staying.close();
  vi.advanceTimersByTime(60_000);
  // Who comes only now joins after the one that was left would have come.
  const other = createSocketSource({ sessionId: "other", audience: "control" });
  stops.push(() => other.close());
  vi.advanceTimersByTime(1);
  await server.otherJoined;
  expect(server.connections()).toBe(3);
});
