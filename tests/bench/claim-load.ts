import { connect, type Socket } from "node:net";

/**
 * A load generator that costs little: keep-alive connections, one request at a time on each, in a process of its own.
 * Message in: {port, connections, requests: [{path, token}]}; out: {statuses, tookMs: number[], wallMs}.
 */

export type LoadOrder = {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly { readonly path: string; readonly token: string }[];
};
export type LoadResult = {
  /** By request, in the order of the order; 0: no answer. */
  readonly statuses: readonly number[];
  readonly tookMs: readonly number[];
  readonly wallMs: number;
};

process.on("message", (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit(0));

async function run({ port, connections, requests }: LoadOrder): Promise<LoadResult> {
  const statuses = requests.map(() => 0);
  const tookMs = requests.map(() => 0);
  let next = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const startedAt = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let index = next++; index < requests.length; index = next++) {
        const request = requests[index];
        if (!request) break;
        const sentAt = performance.now();
        statuses[index] = await post(socket, request.path, request.token);
        tookMs[index] = performance.now() - sentAt;
      }
    }),
  );
  const wallMs = performance.now() - startedAt;
  for (const socket of sockets) socket.destroy();
  return { statuses, tookMs, wallMs };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** The status; the body is read to its end and left alone. */
function post(socket: Socket, path: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onData = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const head = text.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      socket.off("data", onData);
      socket.off("error", reject);
      resolve(Number(text.slice(9, 12)));
    };
    socket.on("data", onData);
    socket.once("error", reject);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
    );
  });
}
