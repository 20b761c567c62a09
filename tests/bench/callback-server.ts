import Fastify from "fastify";
import { Registry } from "prom-client";
import { openCallbackStore } from "#db/wecom-callback-store.ts";
import { handleFailures } from "#server/http/failures.ts";
import { serveWecomHooks } from "#server/http/hooks/wecom-routes.ts";
import { createLog } from "#server/lib/log.ts";
import { createCallbackInbox } from "#server/wecom/callback-inbox.ts";
import { appKeys } from "#tests/support/wecom-callbacks.ts";

/** The receiver of callbacks alone, and beside it a POST that takes the same body and does nothing. Usage: node callback-server.ts <database url> */

const [url = ""] = process.argv.slice(2);
const store = openCallbackStore({ url, name: "bench" });
const log = createLog("error");
const inbox = createCallbackInbox({ store, log, onWelcomes: () => undefined });
const app = Fastify({ logger: false });
handleFailures(app, { refused: () => undefined, log });
await serveWecomHooks(app, { appKeys, inbox, metrics: new Registry(), log });
await app.register((scope, _options, done) => {
  scope.addContentTypeParser("text/xml", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
  scope.post("/empty", (_request, reply) => reply.type("text/plain; charset=utf-8").send("success"));
  done();
});
await app.listen({ port: 0, host: "127.0.0.1" });
const address = app.server.address();
process.send?.(typeof address === "object" && address ? address.port : 0);
process.once("disconnect", () => process.exit(0));
