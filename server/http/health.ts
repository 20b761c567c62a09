import type { Registry } from "prom-client";
import { z } from "zod";
import type { ApiInstance } from "./context.ts";
import { RetryBody } from "./shapes.ts";

const PING_MS = 2_000;
const Fine = z.object({ status: z.literal("ok") });

type Watched = { readonly ping: () => Promise<unknown>; readonly metrics: Registry };

/** For those who watch over the process: alive, ready to work, and its figures. */
export function serveHealth(app: ApiInstance, { ping, metrics }: Watched): void {
  const schema = { tags: ["operating"], security: [] };
  app.get("/healthz", { schema: { ...schema, summary: "The process runs", response: { 200: Fine } } }, () => ({
    status: "ok" as const,
  }));
  app.get(
    "/readyz",
    { schema: { ...schema, summary: "The database answers", response: { 200: Fine, 503: RetryBody } } },
    async (_request, reply) => {
      if (await answersInTime(ping)) return { status: "ok" as const };
      return reply.code(503).header("retry-after", 1).send({ status: "retry", retryAfterMs: 1_000 });
    },
  );
  app.get(
    "/metrics",
    {
      schema: { ...schema, summary: "Figures for Prometheus", produces: ["text/plain"], response: { 200: z.string() } },
    },
    async (_request, reply) =>
      reply
        .type(metrics.contentType)
        .serializer(String)
        .send(await metrics.metrics()),
  );
}

/** Any failure, or silence, of the ping means the same: not ready. */
export async function answersInTime(ping: () => Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), PING_MS);
  try {
    return await Promise.race([ping().then(() => true), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
