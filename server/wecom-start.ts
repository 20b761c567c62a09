import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Database } from "#db/client.ts";
import type { Env } from "./env.ts";
import { serveWecomHooks } from "./http/hooks/wecom-routes.ts";
import type { Lifecycle } from "./lib/lifecycle.ts";
import type { Logger } from "./lib/log.ts";
import { createCallbacks } from "./wecom/callbacks/callbacks.ts";
import { callsOfCorp } from "./wecom/callbacks/client-calls.ts";
import { createGroupsAndPeople, type GroupsAndPeople } from "./wecom/groups-and-people.ts";
import { noStandIns } from "./wecom/rehearsal-wecom.ts";
import { createWecom, type Wecom } from "./wecom/wecom.ts";

/** What is between Kaibo and WeCom: what asks it, what it calls, and who is known of it. */

type Parts = {
  readonly env: Pick<Env, "wecomUrl" | "redisUrl">;
  readonly databaseUrl: string;
  readonly db: Database;
  readonly secret: string;
  readonly metrics: Registry;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
};

export type StartedWecom = {
  readonly wecom: Wecom;
  readonly groupsAndPeople: GroupsAndPeople;
  /** Where WeCom calls. */
  serveHooks(app: FastifyInstance): Promise<void>;
};

export function startWecom({ env, databaseUrl, db, secret, metrics, lifecycle, log }: Parts): StartedWecom {
  const { wecomUrl, redisUrl } = env;
  const wecom = createWecom({ db, secret, baseUrl: wecomUrl, redisUrl, standIns: noStandIns, metrics, log });
  lifecycle.add({ name: "WeCom", deadlineMs: 2_000, stop: () => wecom.close() });
  const groupsAndPeople = createGroupsAndPeople({ db, wecomFor: wecom.wecomFor, wecomUrl, log });
  lifecycle.add({ name: "groups and people", deadlineMs: 5_000, stop: () => groupsAndPeople.close() });
  groupsAndPeople.begin();
  const { appKeys } = wecom.secrets;
  const { people, codeDeps } = groupsAndPeople;
  const callsOf = callsOfCorp(appKeys, codeDeps.clientOf);
  const callbacks = createCallbacks({ db, databaseUrl, appKeys, people, callsOf, log });
  lifecycle.add({ name: "WeCom callbacks", deadlineMs: 5_000, stop: () => callbacks.close() });
  callbacks.begin();
  return {
    wecom,
    groupsAndPeople,
    serveHooks: (app) => serveWecomHooks(app, { appKeys, inbox: callbacks.inbox, metrics, log }),
  };
}
