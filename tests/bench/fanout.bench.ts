import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import path from "node:path";
import { Server } from "socket.io";
import type { ShowState } from "#domain/engine.ts";
import { engine } from "#domain/ops/index.ts";
import { createView } from "#domain/views.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { createLog } from "#server/lib/log.ts";
import type { Directory, FrameListener } from "#server/live/directory-contract.ts";
import { Channel } from "#server/sockets/channel.ts";
import type { Gate } from "#server/sockets/protocol.ts";
import { show } from "#tests/support/given.ts";
import type { Bench, Measure } from "./bench.ts";

const SOCKETS = 1_000;
/** Together under the megabyte that may wait for one socket; a round waits until all have arrived. */
const FRAMES = 8;
const ROUNDS = 4;
const SESSION = "fanout-show";

/** Frames a second to a thousand sockets, as a channel sends them, against socket.io alone with the same payload. */
export const fanout: Bench = {
  name: "fanout",
  async run(say) {
    const frames = busyFrames();
    const bytes = Math.round(frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0) / frames.length);
    say(`${SOCKETS} sockets, frames of ${(bytes / 1_000).toFixed(1)} kB`);
    const bare = await openBare();
    const ours = await openChannel();
    const rates: { bare: number[]; ours: number[] } = { bare: [], ours: [] };
    try {
      // In turn, so that whatever else the machine does meets both.
      for (let round = 0; round < ROUNDS; round += 1) {
        rates.bare.push(await rateOf(bare, frames));
        rates.ours.push(await rateOf(ours, frames));
      }
    } finally {
      await Promise.all([bare.close(), ours.close()]);
    }
    const measures: Measure[] = [
      {
        name: "fanout",
        value: Math.round(median(rates.ours)),
        unit: "frames/s",
        baseline: Math.round(median(rates.bare)),
        goal: { kind: "ratioAtLeast", value: 0.85 },
      },
    ];
    return measures;
  },
};

type Way = { readonly clients: ChildProcess; send(frame: Frame): void; close(): Promise<void> };

async function rateOf({ clients, send }: Way, frames: readonly Frame[]): Promise<number> {
  clients.send(SOCKETS * frames.length);
  await once(clients, "message");
  const all = once(clients, "message");
  const startedAt = performance.now();
  for (const frame of frames) {
    send(frame);
    // As between two ticks of a live show: the sockets get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await all;
  return (SOCKETS * frames.length) / ((performance.now() - startedAt) / 1_000);
}

async function openBare(): Promise<Way> {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], serveClient: false });
  io.on("connection", (socket) => {
    void socket.join("show");
    socket.emit("welcome");
  });
  const clients = await openClients(http, "show");
  return {
    clients,
    send: (frame) => void io.local.to("show").emit("frame", frame),
    close: () => closeAll(http, clients, () => io.close()),
  };
}

async function openChannel(): Promise<Way> {
  const http = createServer();
  const io: Gate = new Server(http, { transports: ["websocket"], serveClient: false });
  let listener: FrameListener | undefined;
  const snapshot: Snapshot = { frame: 0, seq: 0, at: 0, slices: {} };
  const directory = {
    watch: (_id: string, _audience: string, listening: FrameListener) => {
      listener = listening;
      listening.onSnapshot(snapshot);
      return Promise.resolve(() => undefined);
    },
    snapshot: () => Promise.resolve(snapshot),
  } as unknown as Directory;
  const personal = { ofView: nobody, ofIds: nobody };
  const place = { sessionId: SESSION, roomId: "room" };
  const channel = new Channel({ io, directory, personal, log: createLog("warn") }, place, "control");
  io.on("connection", (socket) => {
    void channel.join(socket).then(() => (socket as unknown as { emit(name: string): void }).emit("welcome"));
  });
  const clients = await openClients(http, SESSION);
  return {
    clients,
    send: (frame) => listener?.onFrame(frame),
    close: () => closeAll(http, clients, () => io.close()),
  };
}

const nobody = () => Promise.resolve({ names: {}, comments: {} });

async function openClients(http: HttpServer, room: string): Promise<ChildProcess> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const clients = fork(path.join(import.meta.dirname, "fanout-clients.ts"), [
    `http://127.0.0.1:${address.port}`,
    String(SOCKETS),
    room,
  ]);
  await once(clients, "message");
  return clients;
}

async function closeAll(http: HttpServer, clients: ChildProcess, end: () => Promise<void>): Promise<void> {
  const exited = once(clients, "exit");
  clients.disconnect();
  await exited;
  await end();
  http.close();
}

/** Frames of a show with 500 products into which fifty orders a tick come. */
function busyFrames(): Frame[] {
  const room = show().live();
  const products = Array.from({ length: 500 }, (_, index) => ({
    linkNo: index + 1,
    platformId: `P${index}`,
    name: `示例商品 ${index}`,
    skus: [{ platformId: `S${index}`, name: "默认", liveFen: 9_900, sellable: 5_000, pool: 0 }],
  }));
  room.when("bag.applySheet", { products });
  const state: ShowState = room.state;
  const view = createView(engine, state, "control");
  const frames: Frame[] = [];
  for (let tick = 0; tick < FRAMES; tick += 1) {
    for (let n = 0; n < 50; n += 1) {
      const at = room.now;
      const index = (tick * 50 + n * 7) % 500;
      room.when("order.record", {
        orderId: `o${tick}-${n}`,
        sourceUpdatedAt: at,
        status: "paid",
        placedAt: at,
        paidAt: at,
        lines: [{ lineId: "1", productId: `P${index}`, skuId: `S${index}`, units: 1, paidFen: 9_900 }],
      });
    }
    room.pass(100);
    const frame = view.frame();
    if (frame) frames.push(frame);
  }
  return frames;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
