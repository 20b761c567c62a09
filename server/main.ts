import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { type Env, EnvError, loadEnv, localUrl } from "./env.ts";
import { holdDataDir, provideDatabase } from "./lib/database.ts";
import { Lifecycle, stopOnSignals } from "./lib/lifecycle.ts";
import { assertPortFree } from "./lib/listen.ts";
import { createLog, type Logger } from "./lib/log.ts";
import { sayOnTerminal, withProgress } from "./lib/progress.ts";
import { resolveSecret } from "./lib/secret.ts";
import { ensureNextBuild } from "./web/next-build.ts";
import { startNext } from "./web/next-child.ts";
import { pageSecurity } from "./web/page-security.ts";
import { proxyToNext, routeUpgrades } from "./web/proxy.ts";

/**
 * The composition root: the only place that wires. Order matters twice: what is started last is
 * stopped first, so sockets and queues are flushed before the database goes.
 */
const projectDir = process.cwd();
const say = sayOnTerminal;

type House = { env: Env; log: Logger; lifecycle: Lifecycle };

async function start(house: House): Promise<void> {
  const { env, lifecycle } = house;
  const startedAt = performance.now();
  await assertPortFree(env.host, env.port);
  if (env.role !== "web") holdDataDir({ env, lifecycle });
  const rendersPages = env.role === "all" || env.role === "web";
  const [databaseUrl] = await bothSettled(
    env.role === "web" ? Promise.resolve(null) : provideDatabase({ env, lifecycle, say }),
    rendersPages && !env.dev ? ensureNextBuild(projectDir, say) : Promise.resolve(),
  );
  const secret = resolveSecret(env.secret, env.dataDir);
  void databaseUrl;
  void secret;

  const loggerInstance: FastifyBaseLogger = house.log;
  const app = Fastify({ loggerInstance });
  app.get("/healthz", () => ({ status: "ok" }));
  const socketPath = rendersPages ? await servePages(house, app) : null;
  routeUpgrades(app.server, { socketPath, dev: env.dev });
  await app.listen({ host: env.host, port: env.port });
  lifecycle.add({ name: "http", deadlineMs: 5_000, stop: () => app.close() });

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`Kaibo 开播 已就绪 · ready in ${seconds} s`);
  say(`地址 address  ${env.publicUrl}`);
  say(`数据 data     ${env.databaseUrl === null ? env.dataDir : new URL(env.databaseUrl).host}`);
  say("停止 stop     Ctrl C");
  process.send?.({ kind: "ready", url: localUrl(env.host, env.port), pid: process.pid });
}

/** Side by side, but a failure is told only when the other one can be stopped in good order. */
async function bothSettled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

async function servePages({ env, log, lifecycle }: House, app: FastifyInstance): Promise<string> {
  const next = startNext({
    projectDir,
    dataDir: env.dataDir,
    dev: env.dev,
    apiUrl: env.role === "web" ? env.publicUrl : localUrl(env.host, env.port),
    log,
  });
  lifecycle.add({ name: "pages", deadlineMs: 5_000, stop: next.stop, abort: next.abort });
  const { dev, publicUrl } = env;
  const security = pageSecurity({ projectDir, dev, publicUrl });
  const { socketPath, isReady } = next;
  await proxyToNext(app, { socketPath, isReady, security, publicUrl });
  await withProgress({ say, what: "启动页面 · starting the pages" }, () => next.ready);
  return socketPath;
}

async function main(): Promise<void> {
  const env = loadEnv();
  const log = createLog(env.logLevel);
  const lifecycle = new Lifecycle(log);
  stopOnSignals({ lifecycle, log, say });
  try {
    await start({ env, log, lifecycle });
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  const lines = error instanceof EnvError ? error.lines : [explain(error)];
  for (const line of lines) process.stderr.write(`\n  ${line}\n`);
  process.exit(1);
});

/** Errors that a person can act on carry their whole message; only bugs need a stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = error.name !== "Error" && error.name !== "TypeError";
  return known ? error.message : (error.stack ?? error.message);
}
