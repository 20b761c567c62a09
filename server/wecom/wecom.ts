import type { Redis } from "ioredis";
import type { Registry } from "prom-client";
import type { Database } from "#db/client.ts";
import type { Logger } from "../lib/log.ts";
import { connectRedis } from "../lib/redis.ts";
import { createBoundVault } from "../lib/vault.ts";
import { type CorpSecrets, createCorpSecrets } from "./corp-secrets.ts";
import { createSignInPages, type SignInPages } from "./sign-in-pages.ts";
import { createRehearsalWecom, type RehearsalClients, type StandIns } from "./rehearsal-wecom.ts";
import { redisPace } from "./shared-pace.ts";
import { noShelf, redisShelf } from "./token-shelf.ts";
import { createTransport } from "./transport.ts";
import { createWecomFor, type WecomFor } from "./wecom-for.ts";
import { type LineHealth, WecomLine } from "./wecom-line.ts";
import { createWecomFigures } from "./wecom-metrics.ts";

/** Everything that asks WeCom, for the composition root. */
export type Wecom = {
  readonly secrets: CorpSecrets;
  readonly wecomFor: WecomFor;
  readonly rehearsals: RehearsalClients;
  readonly signInPages: SignInPages;
  health(): LineHealth;
  close(): Promise<void>;
};

type Parts = {
  readonly db: Database;
  readonly secret: string;
  /** Where WeCom is reached; env.wecomUrl. */
  readonly baseUrl: string;
  /** Null: the only node. */
  readonly redisUrl: string | null;
  readonly standIns: StandIns;
  readonly metrics: Registry;
  readonly log: Logger;
};

export function createWecom({ db, secret, baseUrl, redisUrl, standIns, metrics, log }: Parts): Wecom {
  const redis: Redis | null = redisUrl === null ? null : connectRedis(redisUrl, log);
  const figures = createWecomFigures(metrics);
  const shelf = redis ? redisShelf(redis, createBoundVault(secret, "wecom tokens")) : noShelf;
  const sharedPace = redis ? redisPace(redis) : undefined;
  const line = new WecomLine({ world: "real", transport: createTransport(baseUrl), shelf, figures, log, sharedPace });
  figures.watch(() => line.health());
  const secrets = createCorpSecrets({ db, secret, line, log });
  const rehearsals = createRehearsalWecom({ standIns, log });
  const real = {
    world: "real" as const,
    clientFor: (corp: string) => secrets.clientFor(corp),
    robotFor: (robot: string) => secrets.robotFor(robot),
  };
  return {
    secrets,
    rehearsals,
    signInPages: createSignInPages(baseUrl),
    wecomFor: createWecomFor(real, rehearsals),
    health: () => line.health(),
    close() {
      secrets.close();
      rehearsals.close();
      line.close();
      redis?.disconnect();
      return Promise.resolve();
    },
  };
}
