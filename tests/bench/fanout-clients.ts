import { io, type Socket } from "socket.io-client";

/**
 * The receiving end of the fanout bench, in a process of its own: opens sockets, counts what they get, and says so when asked.
 * Usage: node fanout-clients.ts <url> <sockets> <room>
 */

const [url = "", count = "0", room = ""] = process.argv.slice(2);
let received = 0;
let wanted = Infinity;

const sockets: Socket[] = Array.from({ length: Number(count) }, () =>
  io(url, { transports: ["websocket"], auth: { room }, reconnection: false, forceNew: true }),
);
await Promise.all(
  sockets.map(
    (socket) =>
      new Promise<void>((resolve, reject) => {
        socket.once("welcome", () => resolve());
        socket.once("connect_error", reject);
      }),
  ),
);
for (const socket of sockets) {
  socket.on("frame", () => {
    received += 1;
    if (received >= wanted) {
      wanted = Infinity;
      process.send?.("all");
    }
  });
}
process.on("message", (expected: number) => {
  received = 0;
  wanted = expected;
  process.send?.("armed");
});
process.once("disconnect", () => process.exit(0));
process.send?.("open");
