import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { GRANTS } from "#domain/op.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import { createDirectory } from "#server/live/directory.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { createFoldKeeper } from "#server/live/saved-folds.ts";
import { unfenced } from "./unfenced-store.ts";

/** A process with nothing but the writers of shows, for tests that kill and stop it. `live-nodes.ts` starts it. */
const Settings = z.object({
  LIVE_DATABASE_URL: z.string(),
  LIVE_OWNER: z.string(),
  /** "no": as if epochs were never checked, to show that the checker finds what then goes wrong. */
  LIVE_FENCE: z.enum(["yes", "no"]),
});
const Sent = z.object({
  sessionId: z.string(),
  command: z.object({ id: z.string(), type: z.string(), input: z.unknown() }),
  sender: z.object({ id: z.string(), grants: z.array(z.enum(GRANTS)) }),
});
const Clock = z.object({ offsetMs: z.number() });

const settings = Settings.parse(process.env);
const url = settings.LIVE_DATABASE_URL;
const log = createLog("fatal");
const fencedStore = openEventStore({ url, name: settings.LIVE_OWNER });
const store = settings.LIVE_FENCE === "yes" ? fencedStore : unfenced(fencedStore, url);
let offsetMs = 0;
const directory = createDirectory({
  engine,
  store,
  saved: createFoldKeeper({ url, log }),
  node: { owner: settings.LIVE_OWNER, address: "" },
  wall: () => Date.now() + offsetMs,
  vault: createVault("a secret for tests that is long enough"),
  metrics: noMetrics,
  log,
  remote: null,
});

async function answer(request: IncomingMessage): Promise<unknown> {
  const body: unknown = JSON.parse(await text(request));
  if (request.url === "/clock") {
    offsetMs = Clock.parse(body).offsetMs;
    return { offsetMs };
  }
  const { sessionId, command, sender } = Sent.parse(body);
  const checked = engine.parse(command);
  return "parsed" in checked ? directory.send(sessionId, checked.parsed, sender) : checked;
}

const server = createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    },
  );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.send?.({ port: address.port });
});
process.on("disconnect", () => process.exit(0));
