import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Database } from "#db/client.ts";
import { type Env, localUrl } from "./env.ts";
import { serveWecomHooks } from "./http/hooks/wecom-routes.ts";
import type { Lifecycle } from "./lib/lifecycle.ts";
import type { Logger } from "./lib/log.ts";
import { createStandIn, type StandIn } from "./rehearsal/stand-in.ts";
import { createStandInPeople, type StandInPeople } from "./rehearsal/stand-in-people.ts";
import type { Directory } from "./live/directory-contract.ts";
import type { AppKeys } from "./wecom/callbacks/app-keys.ts";
import { createCallbacks } from "./wecom/callbacks/callbacks.ts";
import { callsOfCorp } from "./wecom/callbacks/client-calls.ts";
import { createGroupsAndPeople, type GroupsAndPeople } from "./wecom/groups-and-people.ts";
import { showFacts } from "./wecom/pushes/task-facts.ts";
import { createWecom, type Wecom } from "./wecom/wecom.ts";

/** What is between Kaibo and WeCom: what asks it, what it calls, and who is known of it. */

type Parts = {
  readonly env: Pick<Env, "wecomUrl" | "redisUrl" | "dataDir" | "host" | "port">;
  readonly databaseUrl: string;
  readonly db: Database;
  readonly secret: string;
  readonly directory: Pick<Directory, "send" | "snapshot">;
  readonly metrics: Registry;
  readonly lifecycle: Lifecycle;
  readonly log: Logger;
};

export type StartedWecom = {
  readonly wecom: Wecom;
  readonly groupsAndPeople: GroupsAndPeople;
  /** The WeCom of rehearsals, and its people. */
  readonly standIn: StandIn;
  readonly standInPeople: StandInPeople;
  /** Has the people of rehearsals read when this show is one, so that they can be chosen when its pushes are planned. */
  prepareRehearsal(sessionId: string, directory: Pick<Directory, "read">): void;
  /** Where WeCom calls. */
  serveHooks(app: FastifyInstance): Promise<void>;
};

export function startWecom({ env, databaseUrl, db, secret, directory, metrics, lifecycle, log }: Parts): StartedWecom {
  const { wecomUrl, redisUrl, dataDir, host, port } = env;
  const standIn = createStandIn({ dataDir, ownUrl: localUrl(host, port), log });
  // Stopped after all that asks it.
  lifecycle.add({ name: "the rehearsals' WeCom", deadlineMs: 3_000, stop: standIn.stop, abort: standIn.abort });
  const wecom = createWecom({ db, secret, baseUrl: wecomUrl, redisUrl, standIns: standIn.standIns, metrics, log });
  standIn.onGone((baseUrl) => wecom.rehearsals.leave(baseUrl));
  lifecycle.add({ name: "WeCom", deadlineMs: 2_000, stop: () => wecom.close() });
  const groupsAndPeople = createGroupsAndPeople({ db, wecomFor: wecom.wecomFor, wecomUrl, directory, log });
  lifecycle.add({ name: "groups and people", deadlineMs: 5_000, stop: () => groupsAndPeople.close() });
  groupsAndPeople.begin();
  const appKeys = withStandIn(wecom.secrets.appKeys, standIn.appKeys);
  const { people, codeDeps } = groupsAndPeople;
  const callsOf = callsOfCorp(appKeys, codeDeps.clientOf);
  const callbacks = createCallbacks({ db, databaseUrl, appKeys, people, callsOf, log });
  lifecycle.add({ name: "WeCom callbacks", deadlineMs: 5_000, stop: () => callbacks.close() });
  callbacks.begin();
  const standInPeople = createStandInPeople({ db, sync: groupsAndPeople.sync });
  return {
    wecom,
    groupsAndPeople,
    standIn,
    standInPeople,
    prepareRehearsal(sessionId, directory) {
      directory
        .read(sessionId, showFacts)
        .then(({ rehearsal }) => (rehearsal ? standInPeople.known() : false))
        .catch((err: unknown) => log.debug({ err }, "the people of rehearsals are read when they are needed"));
    },
    serveHooks: (app) => serveWecomHooks(app, { appKeys, inbox: callbacks.inbox, metrics, log }),
  };
}

type RealKeys = Wecom["secrets"]["appKeys"];

/** The stand-in's own key stands in no row, and what is found by it opens the stand-in alone. */
function withStandIn(real: RealKeys, standIn: AppKeys): RealKeys {
  return {
    find: async (appKey) => (await standIn.find(appKey)) ?? real.find(appKey),
    verified: (appKey) => real.verified(appKey),
  };
}
