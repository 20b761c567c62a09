import { io, type Socket } from "socket.io-client";
import type { Audience } from "#domain/op.ts";
import type { CommandAnswer, Frame, Snapshot } from "#domain/wire.ts";
import { createClock } from "./clock.ts";
import { createReading, type OnlinePerson, type OutgoingCommand, type Sent, type SessionSource } from "./source.ts";
import { fromSnapshot, settled, withFrame } from "./view-state.ts";

/** What the gateway and we say to each other: docs/api-for-screens.md. */
type FromServer = {
  snapshot: (snapshot: Snapshot & { readonly sessionId: string; readonly now: number }) => void;
  packedSnapshot: (packed: { readonly sessionId: string; readonly gzip: ArrayBuffer }) => void;
  frame: (frame: Frame) => void;
  names: (added: { readonly names: Record<string, string>; readonly comments: Record<string, string> }) => void;
  presence: (presence: { readonly online: readonly OnlinePerson[] }) => void;
  revoked: (revoked: { readonly code: string }) => void;
};
type JoinAnswer = { readonly status: "ok" } | { readonly status: "error"; readonly code: string };
type ToServer = {
  join: (
    join: { sessionId: string; audience: Audience; packed: boolean; page?: string },
    ack: (answer: JoinAnswer) => void,
  ) => void;
  resync: () => void;
  command: (command: OutgoingCommand, ack: (answer: CommandAnswer | { status: "error"; code: string }) => void) => void;
  page: (page: { page: string }) => void;
  clock: (ack: (answer: { readonly now: number }) => void) => void;
};

export type SocketSourceOptions = {
  readonly sessionId: string;
  readonly audience: Audience;
  readonly page?: string;
  /** Of a screen link; staff sign in with their cookie. */
  readonly token?: string;
};

/** Longer than the server's own deadline of 2 s and a slow line; then the caller sends the same id again. */
const ANSWER_MS = 6_000;
const CLOCK_EVERY_MS = 30_000;
const CLOCK_SAMPLES_AT_FIRST = 5;

const CAN_UNPACK = typeof DecompressionStream === "function";

/** Throws where the bytes are damaged. */
async function unpacked(gzip: ArrayBuffer): Promise<Snapshot> {
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"));
  // Our own server's, of the same build.
  return (await new Response(stream).json()) as Snapshot;
}

/** The live show. Joins again after every reconnect, notices lost frames, and measures the server's clock. */
export function createSocketSource(options: SocketSourceOptions): SessionSource {
  const { sessionId, audience, token } = options;
  const store = createReading();
  const clock = createClock();
  let page = options.page;
  let resyncing = false;
  /** Frames that came while the snapshot before them is being unpacked. */
  let unpacking: Frame[] | null = null;
  const socket: Socket<FromServer, ToServer> = io({
    auth: token ? { token } : {},
    withCredentials: true,
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    autoConnect: false,
  });

  let connecting: ReturnType<typeof setTimeout> | undefined;
  const connectIn = (ms: number) => {
    clearTimeout(connecting);
    connecting = setTimeout(() => socket.connect(), ms);
  };
  const measure = () => {
    if (!socket.connected) return;
    const sentAt = Date.now();
    socket.emit("clock", ({ now }) => {
      const clockOffsetMs = clock.add({ sentAt, receivedAt: Date.now(), serverNow: now });
      if (clockOffsetMs !== store.read().clockOffsetMs) store.update({ clockOffsetMs });
    });
  };
  const lost = () => {
    const { connection, view } = store.read();
    if (connection.state === "refused" || connection.state === "lost") return;
    store.update({ connection: view ? { state: "lost", since: Date.now() } : { state: "connecting" }, online: [] });
  };
  const refuse = (code: string) => {
    store.update({ connection: { state: "refused", code }, online: [] });
    socket.disconnect();
  };

  socket.on("connect", () => {
    clock.forget();
    for (let sample = 0; sample < CLOCK_SAMPLES_AT_FIRST; sample++) setTimeout(measure, sample * 150);
    socket.emit("join", { sessionId, audience, packed: CAN_UNPACK, ...(page ? { page } : {}) }, (answer) => {
      if (answer.status === "error") refuse(answer.code);
    });
  });
  socket.on("disconnect", (reason) => {
    unpacking = null;
    lost();
    // The server closed it on purpose (restart, overload): the client library would not come back by itself.
    if (reason === "io server disconnect" && store.read().connection.state !== "refused") connectIn(1_000);
  });
  socket.on("connect_error", (error) => {
    if (/^(auth|access)\./.test(error.message)) return refuse(error.message);
    lost();
    if (!socket.active) connectIn(2_000);
  });
  const begin = (snapshot: Snapshot) => {
    unpacking = null;
    resyncing = false;
    store.update({ view: settled(store.read().view, fromSnapshot(snapshot)), connection: { state: "live" } });
  };
  const resync = () => {
    resyncing = true;
    socket.emit("resync");
  };
  const follow = (frame: Frame) => {
    if (unpacking) {
      unpacking.push(frame);
      return;
    }
    const { view } = store.read();
    if (!view || resyncing) return;
    const next = withFrame(view, frame);
    if (next === "gap") resync();
    else if (next !== view) store.update({ view: next });
  };
  socket.on("snapshot", (snapshot) => {
    if (snapshot.sessionId === sessionId) begin(snapshot);
  });
  socket.on("packedSnapshot", (packed) => {
    if (packed.sessionId !== sessionId) return;
    const after: Frame[] = [];
    unpacking = after;
    unpacked(packed.gzip).then(
      (snapshot) => {
        // A later snapshot has taken its place, or the connection is another one.
        if (unpacking !== after) return;
        begin(snapshot);
        for (const frame of after) follow(frame);
      },
      () => {
        if (unpacking !== after) return;
        unpacking = null;
        resync();
      },
    );
  });
  socket.on("frame", follow);
  socket.on("names", (added) => {
    const { names, comments } = store.read();
    store.update({ names: { ...names, ...added.names }, comments: { ...comments, ...added.comments } });
  });
  socket.on("presence", ({ online }) => store.update({ online }));
  socket.on("revoked", ({ code }) => refuse(code));

  const clockTimer = setInterval(measure, CLOCK_EVERY_MS);
  // React mounts twice in development; a source that is closed at once never opens a connection.
  connectIn(0);

  return {
    kind: "socket",
    subscribe: store.subscribe,
    read: store.read,
    send(command): Promise<Sent> {
      if (!socket.connected) return Promise.resolve({ status: "error", code: "connection.lost" });
      return new Promise((resolve) => {
        // No answer is not a no: whether it was done is unknown until the same id is sent again.
        socket.timeout(ANSWER_MS).emit("command", command, (timedOut, answer) => {
          resolve(timedOut ? { status: "retry", retryAfterMs: 500 } : answer);
        });
      });
    },
    setPage(next) {
      page = next;
      if (socket.connected) socket.emit("page", { page: next });
    },
    close() {
      clearTimeout(connecting);
      clearInterval(clockTimer);
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
