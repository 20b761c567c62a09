import "./lib/no-pretenuring.ts";
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { openDatabase } from "#db/client.ts";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { openEventStore } from "#db/event-store.ts";
import { engineOf } from "#domain/stream-engine.ts";
import { createRehearsalTokens } from "./auth/rehearsal-token.ts";
import { type Env, EnvError, loadEnv, localUrl, unknownNames } from "./env.ts";
import { type FirstAccount, makeFirstAccount } from "./first-start.ts";
import { playSamples } from "./sample-start.ts";
import { startFollowers } from "./followers/process.ts";
import { createApi } from "./http/api.ts";
import type { Refused } from "./http/failures.ts";
import { answersInTime } from "./http/health.ts";
import { createHealthApp } from "./http/health-app.ts";
import { servePeers } from "./http/peer-routes.ts";
import { holdDataDir, provideDatabase } from "./lib/database.ts";
import { Lifecycle, stopOnSignals } from "./lib/lifecycle.ts";
import { assertPortFree } from "./lib/listen.ts";
import { createLog, type Logger } from "./lib/log.ts";
import { createMetrics } from "./lib/metrics.ts";
import { outliveTerminal, sayOnTerminal, withProgress } from "./lib/progress.ts";
import { resolveSecret } from "./lib/secret.ts";
import { createVault } from "./lib/vault.ts";
import { createDirectory } from "./live/directory.ts";
import { createPeers, internalAddress } from "./live/peers.ts";
import { createFoldKeeper } from "./live/saved-folds.ts";
import { createRehearsals, type Rehearsals } from "./rehearsal/rehearsals.ts";
import { createReplay } from "./replay/replay.ts";
import { createHistories } from "./review/history.ts";
import { noticing } from "./wecom/pushes/noticing-store.ts";
import type { PushRunner } from "./wecom/pushes/push-runner.ts";
import { createPushes } from "./wecom/pushes/pushes.ts";
import { createWecomWatch } from "./warmup/wecom-watch.ts";
import { createGateway } from "./sockets/gateway.ts";
import { startWechat } from "./wechat-start.ts";
import { startWecom } from "./wecom-start.ts";
import { ensureNextBuild } from "./web/next-build.ts";
import { type NextChild, startNext } from "./web/next-child.ts";
import { pageSecurity } from "./web/page-security.ts";
import { proxyToNext, routeUpgrades } from "./web/proxy.ts";
import { serveStaticFiles } from "./web/static-files.ts";

/**
 * The composition root: the only place that wires. Order matters: what is started last is stopped
 * first, so sockets and queues are flushed before the database goes.
 */
const projectDir = process.cwd();
const say = sayOnTerminal;

type House = { env: Env; log: Logger; lifecycle: Lifecycle };

async function start(house: House): Promise<void> {
  const { env, log, lifecycle } = house;
  const startedAt = performance.now();
  await assertPortFree(env.host, env.port);
  if (env.role !== "web") holdDataDir({ env, lifecycle });
  const rendersPages = env.role === "all" || env.role === "web";
  const [databaseUrl] = await bothSettled(
    env.role === "web" ? Promise.resolve(null) : provideDatabase({ env, lifecycle, say }),
    rendersPages && !env.dev ? ensureNextBuild(projectDir, say) : Promise.resolve(),
  );
  const { promise: listening, resolve: nowListening } = Promise.withResolvers<void>();
  const shows = databaseUrl !== null && env.role !== "jobs" ? await serveShows(house, databaseUrl, listening) : null;
  let canWork: () => boolean | Promise<boolean> = () => false;
  const app = shows?.app ?? createHealthApp(log, () => canWork());
  const pages = rendersPages ? await servePages(house, app, shows?.refused ?? uncounted) : null;
  if (pages) canWork = pages.isReady;
  else if (databaseUrl !== null && shows === null) canWork = askDatabase(house, databaseUrl);
  routeUpgrades(app.server, { socketPath: pages?.socketPath ?? null, dev: env.dev, hasGateway: shows !== null });
  shows?.openSockets();
  await app.listen({ host: env.host, port: env.port });
  nowListening();
  if (databaseUrl !== null && env.role !== "live") follow(house, databaseUrl);

  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  for (const line of welcome(env, shows?.account ?? null, seconds)) say(line);
  process.send?.({ kind: "ready", url: localUrl(env.host, env.port), pid: process.pid });
  if (env.samples) await shows?.playSamples();
}

type Shows = {
  app: FastifyInstance;
  refused: Refused;
  account: FirstAccount | null;
  openSockets: () => void;
  /** Only after the first start; resolves when the sample rehearsal is over. */
  playSamples: () => Promise<void>;
};

/** The writer of shows with everything that asks it: HTTP, sockets, replay, rehearsals. */
async function serveShows({ env, log, lifecycle }: House, url: string, listening: Promise<void>): Promise<Shows> {
  const secret = resolveSecret(env.secret, env.dataDir);
  const metrics = createMetrics();
  const { db, eventLog, store, replay, histories, saved } = openClients({ log, lifecycle }, url);
  const account = await makeFirstAccount(db, env.adminPassword);

  const peers = createPeers({ redisUrl: env.redisUrl, secret, log });
  lifecycle.add({ name: "other nodes", deadlineMs: 2_000, stop: () => peers.close() });
  // The embedded database is this process's alone; on any other one there may be more nodes, if only while one relieves another.
  const address = env.databaseUrl === null ? "" : internalAddress(env.host, env.port);
  const directory = createDirectory({
    engineOf,
    store: noticing(store, (streamId, types) => {
      pushes.stored(streamId, types);
      if (types.includes("session.created.v1")) started.prepareRehearsal(streamId, directory);
    }),
    saved,
    node: { owner: randomUUID(), address },
    wall: Date.now,
    vault: createVault(secret),
    metrics: metrics.live,
    log,
    opened: (sessionId, state) => {
      rehearsals.resume(sessionId, state);
      pushes.opened(sessionId, state);
    },
    remote: peers.remote,
  });
  metrics.watchQueues((lane) => directory.waiting(lane));
  lifecycle.add({ name: "shows", deadlineMs: 8_000, stop: () => directory.close() });

  const rehearsalTokens = createRehearsalTokens(secret);
  const rehearsals: Rehearsals = createRehearsals({
    directory,
    listening,
    baseUrl: localUrl(env.host, env.port),
    tokenFor: (sessionId) => rehearsalTokens.sign(sessionId, Date.now()),
    phonesUrl: () => started.standIn.url(),
    log,
  });
  const registry = metrics.registry;
  const started = startWecom({ env, databaseUrl: url, db, secret, directory, metrics: registry, lifecycle, log });
  const { wecom, groupsAndPeople, standInPeople } = started;
  const { wechat, domains } = startWechat({ env, db, secret, listening, lifecycle, log });
  const { apiToken, publicUrl, trustedProxies } = env;
  const { wecomFor } = wecom;
  const linkOrigin = () => domains.origin();
  const toPush = { db, directory, wecomFor, standInPeople, publicUrl, linkOrigin, secret, log };
  const pushes: PushRunner = createPushes(toPush);
  // A call that is under way gets its time: what it comes to is worth more than a quick stop.
  lifecycle.add({ name: "pushes", deadlineMs: 12_000, stop: () => pushes.close() });
  const watch = createWecomWatch({ db, directory, log });
  lifecycle.add({ name: "WeCom's part of the warm-up", deadlineMs: 4_000, stop: () => watch.close() });
  const ping = () => db.execute("select 1");
  const deps = {
    publicUrl,
    secret,
    apiToken,
    db,
    directory,
    eventLog,
    log,
    metrics: registry,
    refused: metrics.refused,
    trustedProxies,
    ping,
    replay,
    histories,
    rehearsals,
    relay: peers.relay,
    wecom,
    groupsAndPeople,
    wechat,
    domains,
  };
  const api = await createApi(deps);
  await started.serveHooks(api.app);
  servePeers(api.app, { handler: peers.handlerFor(directory, engineOf), secret });
  lifecycle.add({
    name: "http",
    deadlineMs: 6_000,
    stop: async () => {
      await api.app.close();
      await api.close();
    },
  });
  const openSockets = () => {
    const gateway = createGateway({ server: api.app.server, context: api.context, log, relay: peers.relay });
    metrics.watchSockets(gateway.count);
    lifecycle.add({ name: "sockets", deadlineMs: 3_000, stop: () => gateway.close() });
    // Stopped before what they look through: a simulator that loses its show would call that a failure.
    lifecycle.add({ name: "rehearsals", deadlineMs: 3_000, stop: () => rehearsals.close() });
  };
  const samples = async () => {
    if (account === null) return;
    const list = (sessionId: string) => api.context.showIndex.touch(sessionId);
    await playSamples({ directory, rehearsals, standInPeople, account, list, now: Date.now(), say, log });
  };
  return { app: api.app, refused: metrics.refused, account, openSockets, playSamples: samples };
}

/** Everything that asks the database, stopped after all that works with it. */
function openClients({ log, lifecycle }: Omit<House, "env">, url: string) {
  const { db, close } = openDatabase({ url, name: "kaibo", connectionsMax: 10 });
  const eventLog = openEventLogReader(url, "kaibo");
  const store = openEventStore({ url, name: "kaibo" });
  const replay = createReplay(url);
  const histories = createHistories(url);
  const saved = createFoldKeeper({ url, log });
  lifecycle.add({
    name: "database clients",
    deadlineMs: 6_000,
    stop: async () => {
      await Promise.all([close(), eventLog.close(), store.close(), replay.close(), histories.close(), saved.close()]);
    },
  });
  return { db, eventLog, store, replay, histories, saved };
}

/** A node without an API has no figures to show. */
const uncounted: Refused = () => undefined;

/** Whether the database answers, for a node whose work is all there. */
function askDatabase({ lifecycle }: House, url: string): () => Promise<boolean> {
  const { db, close } = openDatabase({ url, name: "kaibo-health", connectionsMax: 1 });
  lifecycle.add({ name: "health's database client", deadlineMs: 2_000, stop: close });
  return () => answersInTime(() => db.execute("select 1"));
}

async function servePages({ env, log, lifecycle }: House, app: FastifyInstance, refused: Refused): Promise<NextChild> {
  const { dev, publicUrl, dataDir } = env;
  const apiUrl = env.role === "web" ? publicUrl : localUrl(env.host, env.port);
  const next = startNext({ projectDir, dataDir, dev, apiUrl, log });
  lifecycle.add({ name: "pages", deadlineMs: 5_000, stop: next.stop, abort: next.abort });
  const security = pageSecurity({ projectDir, dev, publicUrl });
  const { socketPath, isReady } = next;
  if (!dev) serveStaticFiles(app, projectDir);
  await proxyToNext(app, { socketPath, isReady, security, publicUrl, refused });
  await withProgress({ say, what: "启动页面 · starting the pages" }, () => next.ready);
  return next;
}

function follow({ env, log, lifecycle }: House, databaseUrl: string): void {
  const { stop, abort } = startFollowers({ databaseUrl, logLevel: env.logLevel }, log);
  lifecycle.add({ name: "followers", deadlineMs: 5_000, stop, abort });
}

/** Side by side, but a failure is told only when the other one can be stopped in good order. */
async function bothSettled<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

function welcome(env: Env, account: FirstAccount | null, seconds: string): string[] {
  const kept = env.databaseUrl === null ? env.dataDir : new URL(env.databaseUrl).host;
  const signIn =
    account === null
      ? []
      : [
          `账号 account  ${account.username}`,
          `密码 password ${env.adminPassword === null ? `${account.password}(只显示这一次 · shown only once)` : "KAIBO_ADMIN_PASSWORD"}`,
          "开始 begin    打开地址,登录,新建一场或先走一遍彩排 · open the address, sign in, plan or rehearse a show",
        ];
  const forAll = env.host === "0.0.0.0" || env.host === "::";
  const reachable =
    forAll && env.publicUrl === localUrl(env.host, env.port)
      ? ["注意 note     其他电脑要登录,请设置 PUBLIC_URL · set PUBLIC_URL so that other machines can sign in"]
      : [];
  const unknown = unknownNames().map(
    (name) => `注意 note     不认识 ${name},没有作用 · ${name} is not known and has no effect`,
  );
  return [
    `Kaibo 开播 已就绪 · ready in ${seconds} s`,
    `地址 address  ${env.publicUrl}`,
    ...signIn,
    ...reachable,
    ...unknown,
    `数据 data     ${kept}`,
    "停止 stop     Ctrl C",
  ];
}

async function main(): Promise<void> {
  outliveTerminal();
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
