import { meaningOf } from "#domain/wecom-errcodes.ts";
import { RateWindow } from "../lib/rate-window.ts";
import type { ShelfEntry, TokenShelf } from "./token-shelf.ts";
import { WecomError } from "./wecom-error.ts";

/**
 * One access token for each corp and secret. Renewed before it ends while the old one still serves; fetched by one caller at a time, on all nodes.
 * A secret that WeCom refused is not tried again for an hour: wrong secrets get the address of this machine blocked.
 */
export type FreshToken = { readonly token: string; readonly expiresInMs: number };

export type TokenSource = {
  /** Names corp and secret without telling them. */
  readonly key: string;
  /** Throws WecomFailure. */
  readonly fetch: () => Promise<FreshToken>;
};

type Clock = { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> };
type Token = Extract<ShelfEntry, { kind: "token" }>;

const RENEW_BEFORE_MS = 10 * 60_000;
/** WeCom gives the same token again as long as it holds: a renewal that brought nothing new is not repeated at once. */
const RENEW_GAP_MS = 60_000;
/** So close to its end a token may be over when it arrives. */
const LAST_MS = 20_000;
const BAD_MS = 3_600_000;
const FETCHES_PER_MINUTE = 10;
const OTHER_NODE_MS = 5_000;
const OTHER_NODE_LOOK_MS = 100;
const API = "gettoken";

export class TokenCache {
  readonly #shelf: TokenShelf;
  readonly #clock: Clock;
  readonly #onBad: (key: string, errcode: number) => void;
  readonly #known = new Map<string, ShelfEntry>();
  readonly #dropped = new Map<string, string>();
  readonly #flights = new Map<string, Promise<string>>();
  readonly #fetches = new RateWindow({ limit: FETCHES_PER_MINUTE, windowMs: 60_000 });

  constructor(shelf: TokenShelf, clock: Clock, onBad: (key: string, errcode: number) => void) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#onBad = onBad;
  }

  async get(source: TokenSource): Promise<string> {
    const known = this.#usable(this.#known.get(source.key) ?? null, source.key);
    if (!known) return this.#renewOnce(source);
    // One of the next calls tries again, or the last one before its end says why it can't be had.
    if (this.#clock.now() >= known.renewAt) void this.#renewOnce(source).catch(() => undefined);
    return known.token;
  }

  /** WeCom said that this token holds no more. */
  async drop({ key }: TokenSource, token: string): Promise<void> {
    this.#dropped.set(key, token);
    const known = this.#known.get(key);
    if (known?.kind === "token" && known.token === token) this.#known.delete(key);
    const shared = await this.#shelf.read(key);
    if (shared?.kind === "token" && shared.token === token) await this.#shelf.remove(key);
  }

  /** Until when this secret is not tried; null: it is. */
  refusedUntil(key: string): number | null {
    const known = this.#known.get(key);
    return known?.kind === "bad" && this.#clock.now() < known.until ? known.until : null;
  }

  #renewOnce(source: TokenSource): Promise<string> {
    const running = this.#flights.get(source.key);
    if (running) return running;
    const flight = this.#renew(source).finally(() => this.#flights.delete(source.key));
    this.#flights.set(source.key, flight);
    return flight;
  }

  async #renew(source: TokenSource): Promise<string> {
    const { key } = source;
    const { now, sleep } = this.#clock;
    const giveUpAt = now() + OTHER_NODE_MS;
    for (;;) {
      const shared = await this.#fromShelf(key);
      if (shared) return shared;
      const unlock = await this.#shelf.lock(key);
      if (!unlock && now() < giveUpAt) {
        await sleep(OTHER_NODE_LOOK_MS);
        continue;
      }
      try {
        // It may have come while we waited for the lock.
        return (await this.#fromShelf(key)) ?? (await this.#fetch(source));
      } finally {
        await unlock?.();
      }
    }
  }

  async #fromShelf(key: string): Promise<string | null> {
    const shared = await this.#shelf.read(key);
    const usable = this.#usable(shared, key);
    if (!usable || this.#clock.now() >= usable.renewAt) return null;
    this.#known.set(key, usable);
    return usable.token;
  }

  async #fetch(source: TokenSource): Promise<string> {
    const { key } = source;
    const askedAt = this.#clock.now();
    const waitMs = this.#fetches.take(key, askedAt);
    if (waitMs > 0) throw tooOften(waitMs);
    try {
      const { token, expiresInMs } = await source.fetch();
      const expiresAt = askedAt + expiresInMs;
      const entry: Token = {
        kind: "token",
        token,
        expiresAt,
        renewAt: Math.max(expiresAt - RENEW_BEFORE_MS, askedAt + RENEW_GAP_MS),
      };
      this.#known.set(key, entry);
      // A token that comes again after it was refused is taken for what WeCom says it is.
      this.#dropped.delete(key);
      await this.#shelf.write(key, entry, expiresInMs);
      return token;
    } catch (error) {
      if (error instanceof WecomError && error.class === "secret") await this.#remember(key, error.errcode);
      throw error;
    }
  }

  async #remember(key: string, errcode: number): Promise<void> {
    const entry = { kind: "bad" as const, errcode, until: this.#clock.now() + BAD_MS };
    this.#known.set(key, entry);
    this.#onBad(key, errcode);
    await this.#shelf.write(key, entry, BAD_MS);
  }

  /** Throws for a secret that WeCom refused not long ago. */
  #usable(entry: ShelfEntry | null, key: string): Token | null {
    if (!entry) return null;
    const now = this.#clock.now();
    if (entry.kind === "token") {
      return entry.token !== this.#dropped.get(key) && now < entry.expiresAt - LAST_MS ? entry : null;
    }
    if (now >= entry.until) return null;
    this.#known.set(key, entry);
    throw new WecomError({
      api: API,
      errcode: entry.errcode,
      errmsg: `refused before, not asked again: ${meaningOf(entry.errcode).advice}`,
      foreseen: true,
      retryAfterMs: entry.until - now,
    });
  }
}

function tooOften(retryAfterMs: number): WecomError {
  return new WecomError({
    api: API,
    errcode: 45009,
    errmsg: "tokens are refused again and again, not asked",
    foreseen: true,
    retryAfterMs,
  });
}
