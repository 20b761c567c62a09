import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { openEventStore } from "#db/event-store.ts";
import { GRANTS } from "#domain/op.ts";
import { engineOf } from "#domain/stream-engine.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import { createDirectory } from "#server/live/directory.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { INTERNAL_PATH } from "#server/live/peer-protocol.ts";
import { createPeers } from "#server/live/peers.ts";
import { createFoldKeeper } from "#server/live/saved-folds.ts";
import { unfenced } from "./unfenced-store.ts";

/** A process with nothing but the writers of shows, for tests that kill and stop it. `live-nodes.ts` starts it. */
const Settings = z.object({
  LIVE_DATABASE_URL: z.string(),
  LIVE_OWNER: z.string(),
  /** "no": as if epochs were never checked, to show that the checker finds what then goes wrong. */
  LIVE_FENCE: z.enum(["yes", "no"]),
  LIVE_REDIS_URL: z.string().optional(),
});
const Sent = z.object({
  sessionId: z.string(),
  command: z.object({ id: z.string(), type: z.string(), input: z.unknown() }),
  sender: z.object({ id: z.string(), grants: z.array(z.enum(GRANTS)) }),
});
const Clock = z.object({ offsetMs: z.number() });
const Watched = z.object({ sessionId: z.string() });

const settings = Settings.parse(process.env);
const url = settings.LIVE_DATABASE_URL;
const secret = "a secret for tests that is long enough";
const log = createLog("fatal");
let offsetMs = 0;

const server = createServer();
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = z.object({ port: z.number() }).parse(server.address());

const fencedStore = openEventStore({ url, name: settings.LIVE_OWNER });
const peers = createPeers({ redisUrl: settings.LIVE_REDIS_URL ?? null, secret, log });
const directory = createDirectory({
  engineOf,
  store: settings.LIVE_FENCE === "yes" ? fencedStore : unfenced(fencedStore, url),
  saved: createFoldKeeper({ url, log }),
  node: { owner: settings.LIVE_OWNER, address: `http://127.0.0.1:${port}` },
  wall: () => Date.now() + offsetMs,
  vault: createVault(secret),
  metrics: noMetrics,
  log,
  opened: () => undefined,
  remote: peers.remote,
});
const peerHandler = peers.handlerFor(directory, engineOf);
/** What this node's own screens were shown of the control view, newest last. */
const shown: { kind: "snapshot" | "frame"; frame: number; seq: number; at: number }[] = [];

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const body: unknown = JSON.parse(await text(request));
  const verb = request.url?.startsWith(INTERNAL_PATH) ? request.url.slice(INTERNAL_PATH.length) : null;
  if (verb !== null) return peerHandler.handle({ verb, authorization: request.headers.authorization, body });
  if (request.url === "/clock") {
    offsetMs = Clock.parse(body).offsetMs;
    return { status: 200, body: { offsetMs } };
  }
  if (request.url === "/watch") {
    await directory.watch(Watched.parse(body).sessionId, "control", {
      onSnapshot: ({ frame, seq }) => shown.push({ kind: "snapshot", frame, seq, at: Date.now() }),
      onFrame: ({ frame, seq }) => shown.push({ kind: "frame", frame, seq, at: Date.now() }),
    });
    return { status: 200, body: {} };
  }
  if (request.url === "/shown") return { status: 200, body: shown };
  const { sessionId, command, sender } = Sent.parse(body);
  const checked = engineOf(sessionId).parse(command);
  if (!("parsed" in checked)) return { status: 200, body: checked };
  return { status: 200, body: await directory.send(sessionId, checked.parsed, sender) };
}

server.on("request", (request, response) => {
  answer(request).then(
    ({ status, body }) => {
      response.statusCode = status;
      response.end(JSON.stringify(body));
    },
    (error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port });
