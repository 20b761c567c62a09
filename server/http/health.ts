import type { ApiDeps } from "./api.ts";
import type { ApiInstance } from "./context.ts";

const PING_MS = 2_000;

/** For those who watch over the process: alive, ready to work, and its figures. */
export function serveHealth(app: ApiInstance, { ping, metrics }: Pick<ApiDeps, "ping" | "metrics">): void {
  const schema = { tags: ["operating"] };
  app.get("/healthz", { schema: { ...schema, summary: "The process runs" } }, () => ({ status: "ok" }));
  app.get("/readyz", { schema: { ...schema, summary: "The database answers" } }, async (_request, reply) => {
    const ready = await answersInTime(ping);
    if (!ready) void reply.code(503).header("retry-after", 1);
    return ready ? { status: "ok" } : { status: "retry", retryAfterMs: 1_000 };
  });
  app.get("/metrics", { schema: { ...schema, summary: "Figures for Prometheus" } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

async function answersInTime(ping: () => Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), PING_MS);
  try {
    return await Promise.race([ping().then(() => true), late.promise]);
  } catch {
    // Any failure of the ping means the same: not ready.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
