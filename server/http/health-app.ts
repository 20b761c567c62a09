import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import type { Logger } from "../lib/log.ts";

/** For a part without an API: answers whether it lives and whether it can do its work. Pages may still be put behind it. */
export function createHealthApp(log: Logger, isReady: () => boolean | Promise<boolean>): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  // Addresses of pages hold the tokens of host screens: none of them belongs in a log.
  const app = Fastify({ loggerInstance, logController: new LogController({ disableRequestLogging: true }) });
  app.get("/healthz", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) =>
    (await isReady())
      ? reply.send({ status: "ok" })
      : reply.code(503).header("retry-after", 1).send({ status: "retry", retryAfterMs: 1_000 }),
  );
  return app;
}
