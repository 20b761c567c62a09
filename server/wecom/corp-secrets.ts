import { createHmac } from "node:crypto";
import type { Database } from "#db/client.ts";
import { type AppRow, callbackVerified, listApps } from "#db/queries/wecom-apps.ts";
import { type CorpRow, listCorps } from "#db/queries/wecom-corps.ts";
import { listRobots, type RobotRow } from "#db/queries/wecom-robots.ts";
import type { Logger } from "../lib/log.ts";
import { type BoundVault, createBoundVault, derivedHmacKey } from "../lib/vault.ts";
import type { AppKey, AppKeys } from "./callbacks/app-keys.ts";
import { type AppClient, createClient } from "./client.ts";
import { RobotClient } from "./robot-client.ts";
import type { WecomLine } from "./wecom-line.ts";

/**
 * The only place that opens what stands sealed in wecom_apps and wecom_robots. What it opens goes into clients and into the check of callbacks, and is
 * given to nobody else. Rows are read again after some seconds, or at once on the node that changed them.
 */
export type SealedColumn = "secret" | "callbackToken" | "aesKey" | "robotKey";
export type AppPurpose = "customers" | "sign_in";

export type CorpSecrets = {
  readonly appKeys: AppKeys & {
    /** WeCom checked the address of its callbacks, and the keys are right. */
    verified(appKey: string): Promise<void>;
  };
  /** As the corp's app for customers. Null: no such corp, or no app with a secret. */
  clientFor(corpRow: string, purpose?: AppPurpose): Promise<AppClient<"real"> | null>;
  clientOfApp(appId: string): Promise<AppClient<"real"> | null>;
  robotFor(robotId: string): Promise<RobotClient<"real"> | null>;
  seal(column: SealedColumn, rowId: string, plain: string): string;
  /** One robot is found by it without opening any. */
  keyHash(robotKey: string): string;
  /** Rows were changed. */
  forget(): void;
  close(): void;
};

type Rows = {
  readonly corps: ReadonlyMap<string, CorpRow>;
  readonly apps: readonly AppRow[];
  readonly robots: readonly RobotRow[];
};

type Parts = { readonly db: Database; readonly secret: string; readonly line: WecomLine<"real">; readonly log: Logger };

const FRESH_MS = 5_000;

export function createCorpSecrets(parts: Parts): CorpSecrets {
  return new KeptSecrets(parts);
}

class KeptSecrets implements CorpSecrets {
  readonly appKeys: CorpSecrets["appKeys"];
  readonly #parts: Parts;
  readonly #vault: BoundVault;
  readonly #clients = new Map<string, { readonly sealed: string; readonly client: AppClient<"real"> }>();
  readonly #robots = new Map<string, { readonly sealed: string; readonly client: RobotClient<"real"> }>();
  /** What could not be opened, by place: said once for each value. */
  readonly #unreadable = new Map<string, string>();
  #rows: { readonly until: number; readonly read: Promise<Rows> } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#vault = createBoundVault(parts.secret, "wecom");
    this.appKeys = {
      find: (appKey) => this.#findKeys(appKey),
      verified: (appKey) => callbackVerified(parts.db, appKey, Date.now()),
    };
  }

  async clientFor(corpRow: string, purpose: AppPurpose = "customers"): Promise<AppClient<"real"> | null> {
    const { apps } = await this.#read();
    const own = apps.filter((app) => app.corpRow === corpRow && app.secretSealed !== null);
    // An app for customers may sign in as well; one for signing in may not do the rest.
    const app = own.find((one) => one.purpose === purpose) ?? own.find((one) => one.purpose === "customers");
    return app ? this.clientOfApp(app.id) : null;
  }

  async clientOfApp(appId: string): Promise<AppClient<"real"> | null> {
    const { apps, corps } = await this.#read();
    const app = apps.find(({ id }) => id === appId);
    const corp = app && corps.get(app.corpRow);
    if (!app || !corp || app.secretSealed === null) return null;
    const known = this.#clients.get(appId);
    if (known?.sealed === app.secretSealed) return known.client;
    const secret = this.#open("secret", appId, app.secretSealed);
    if (secret === null) return null;
    const client = createClient(this.#parts.line, { corpId: corp.corpId, agentId: app.agentId, secret });
    this.#clients.set(appId, { sealed: app.secretSealed, client });
    return client;
  }

  async robotFor(robotId: string): Promise<RobotClient<"real"> | null> {
    const { robots, corps } = await this.#read();
    const robot = robots.find(({ id }) => id === robotId);
    const corp = robot && corps.get(robot.corpRow);
    const known = this.#robots.get(robotId);
    if (robot && known?.sealed === robot.keySealed) return known.client;
    // Another key is another robot: what waits for the old one must not come out of the new one.
    known?.client.close();
    this.#robots.delete(robotId);
    const key = robot && corp ? this.#open("robotKey", robotId, robot.keySealed) : null;
    if (!robot || !corp || key === null) return null;
    const client = new RobotClient(this.#parts.line, { corpId: corp.corpId, key });
    this.#robots.set(robotId, { sealed: robot.keySealed, client });
    return client;
  }

  seal(column: SealedColumn, rowId: string, plain: string): string {
    return this.#vault.seal(plain, placeOf(column, rowId));
  }

  keyHash(robotKey: string): string {
    return createHmac("sha256", derivedHmacKey(this.#parts.secret, "wecom robot keys v1"))
      .update(robotKey)
      .digest("hex");
  }

  forget(): void {
    this.#rows = null;
  }

  close(): void {
    for (const { client } of this.#robots.values()) client.close();
    this.#robots.clear();
  }

  async #findKeys(appKey: string): Promise<AppKey | null> {
    const { apps, corps } = await this.#read();
    const app = apps.find((one) => one.appKey === appKey);
    const corp = app && corps.get(app.corpRow);
    if (!app || !corp || app.callbackTokenSealed === null || app.aesKeySealed === null) return null;
    const token = this.#open("callbackToken", app.id, app.callbackTokenSealed);
    const aesKey = this.#open("aesKey", app.id, app.aesKeySealed);
    return token === null || aesKey === null ? null : { corpId: corp.corpId, token, aesKey, corpRow: corp.id };
  }

  /** Null, and said once: KAIBO_SECRET is another than when it was sealed, or somebody moved it. */
  #open(column: SealedColumn, rowId: string, sealed: string): string | null {
    try {
      return this.#vault.open(sealed, placeOf(column, rowId));
    } catch (err) {
      const place = placeOf(column, rowId);
      if (this.#unreadable.get(place) !== sealed)
        this.#parts.log.error({ err, place }, "a secret can't be opened; set it again");
      this.#unreadable.set(place, sealed);
      return null;
    }
  }

  #read(): Promise<Rows> {
    const now = Date.now();
    if (this.#rows && now < this.#rows.until) return this.#rows.read;
    const read = readRows(this.#parts.db);
    const entry = { until: now + FRESH_MS, read };
    this.#rows = entry;
    read.catch(() => {
      if (this.#rows === entry) this.#rows = null;
    });
    return read;
  }
}

async function readRows(db: Database): Promise<Rows> {
  const [corps, apps, robots] = await Promise.all([listCorps(db), listApps(db), listRobots(db)]);
  return { corps: new Map(corps.map((corp) => [corp.id, corp])), apps, robots };
}

function placeOf(column: SealedColumn, rowId: string): string {
  return `${column === "robotKey" ? "wecom_robots" : "wecom_apps"}/${rowId}/${column}`;
}
