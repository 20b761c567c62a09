import type { Database } from "#db/client.ts";
import { listWechatApps, type WechatAppRow } from "#db/queries/wechat-apps.ts";
import type { Logger } from "../lib/log.ts";
import { createBoundVault, type BoundVault } from "../lib/vault.ts";
import { createAccessTokens, type AccessTokens } from "./access-tokens.ts";
import { createWechatClient, type WechatClient } from "./wechat-client.ts";
import type { WechatLine } from "./wechat-line.ts";

/**
 * The only place that opens what stands sealed in wechat_apps. What it opens goes into clients and is given to nobody else. Rows are read again after some
 * seconds, or at once on the node that changed them.
 */
export type AppSecrets = {
  list(): Promise<readonly WechatAppRow[]>;
  /** The app of that kind for a room: one for this room before one for all. Null: none whose secret is set. */
  appFor(roomId: string, kind: WechatAppRow["kind"]): Promise<ReadyApp | null>;
  /** By WeChat's own id. */
  appById(appId: string): Promise<ReadyApp | null>;
  seal(rowId: string, secret: string): string;
  /** Rows were changed. */
  forget(): void;
};

export type ReadyApp = { readonly row: WechatAppRow; readonly client: WechatClient };

type Parts = { readonly db: Database; readonly secret: string; readonly line: WechatLine; readonly log: Logger };

const FRESH_MS = 5_000;

export function createAppSecrets(parts: Parts): AppSecrets {
  return new KeptApps(parts);
}

export const servesRoom = ({ roomIds }: Pick<WechatAppRow, "roomIds">, roomId: string): boolean =>
  roomIds === null || roomIds.includes(roomId);

class KeptApps implements AppSecrets {
  readonly #parts: Parts;
  readonly #vault: BoundVault;
  readonly #tokens: AccessTokens;
  readonly #clients = new Map<string, { readonly sealed: string; readonly client: WechatClient | null }>();
  #rows: { readonly until: number; readonly read: Promise<readonly WechatAppRow[]> } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#vault = createBoundVault(parts.secret, "wechat");
    this.#tokens = createAccessTokens(parts.line);
  }

  list(): Promise<readonly WechatAppRow[]> {
    const now = Date.now();
    if (this.#rows && now < this.#rows.until) return this.#rows.read;
    const entry = { until: now + FRESH_MS, read: listWechatApps(this.#parts.db) };
    this.#rows = entry;
    entry.read.catch(() => {
      if (this.#rows === entry) this.#rows = null;
    });
    return entry.read;
  }

  async appFor(roomId: string, kind: WechatAppRow["kind"]): Promise<ReadyApp | null> {
    const fitting = (await this.list()).filter((row) => row.kind === kind && servesRoom(row, roomId));
    for (const row of fitting.toSorted((a, b) => Number(a.roomIds === null) - Number(b.roomIds === null))) {
      const ready = this.#ready(row);
      if (ready) return ready;
    }
    return null;
  }

  async appById(appId: string): Promise<ReadyApp | null> {
    const row = (await this.list()).find((one) => one.appId === appId);
    return row ? this.#ready(row) : null;
  }

  seal(rowId: string, secret: string): string {
    return this.#vault.seal(secret, placeOf(rowId));
  }

  forget(): void {
    this.#rows = null;
  }

  #ready(row: WechatAppRow): ReadyApp | null {
    const { id, appId, secretSealed } = row;
    if (secretSealed === null) return null;
    const known = this.#clients.get(id);
    if (known?.sealed === secretSealed) return known.client && { row, client: known.client };
    const secret = this.#open(id, secretSealed);
    const client =
      secret === null ? null : createWechatClient({ line: this.#parts.line, tokens: this.#tokens }, { appId, secret });
    this.#clients.set(id, { sealed: secretSealed, client });
    return client && { row, client };
  }

  /** Null, and said once: KAIBO_SECRET is another than when it was sealed, or somebody moved it. */
  #open(rowId: string, sealed: string): string | null {
    try {
      return this.#vault.open(sealed, placeOf(rowId));
    } catch (err) {
      this.#parts.log.error({ err, place: placeOf(rowId) }, "a secret can't be opened; set it again");
      return null;
    }
  }
}

const placeOf = (rowId: string): string => `wechat_apps/${rowId}/secret`;
