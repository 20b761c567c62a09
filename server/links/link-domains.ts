import type { Database } from "#db/client.ts";
import {
  changeLinkDomain,
  claimDueDomains,
  insertLinkDomain,
  listLinkDomains,
  type LinkDomainRow,
} from "#db/queries/link-domains.ts";
import { newId } from "../auth/ids.ts";
import { errorForLog, type Logger } from "../lib/log.ts";
import { lookAtDomain } from "./look-at-domain.ts";

/**
 * The domains that links may use: the main one and spare ones. New links use the first that opens and that nobody saw stopped; links that are out keep working as
 * long as their domain does, for all of them lead here. Each is looked at once an hour, by one node; a failed look is repeated a minute later, and two in a row
 * make it failing.
 */
export type LinkDomains = {
  /** What new links begin with, as last known: asked for at every link that is made. */
  origin(): string;
  /** Whether people may be led there with what proves who they are: a spare one only as long as it is seen to lead here, for domains lapse and are bought. */
  isOurs(origin: string): Promise<boolean>;
  list(): Promise<readonly LinkDomainRow[]>;
  /** Looks now, whoever else does. `undefined`: there is no such domain. */
  check(id: string): Promise<LinkDomainRow | undefined>;
  /** Rows were changed. */
  refresh(): Promise<void>;
  readonly mainOrigin: string;
  /** Looks from time to time, until it is closed. */
  begin(): void;
  close(): Promise<void>;
};

export type DomainState = "unchecked" | "ok" | "failing" | "blocked";

type Parts = { readonly db: Database; readonly secret: string; readonly publicUrl: string; readonly log: Logger };

const FAILURES_MAX = 2;
const EVERY_MS = 3_600_000;
const AGAIN_MS = 60_000;
const FAILING_EVERY_MS = 5 * 60_000;
/** Longer than a look takes; who dies in the middle holds it up no longer. */
const LEASE_MS = 60_000;
const TICK_MS = 15_000;
const AT_ONCE = 5;

export function stateOf({ blocked, failures, checkedAt }: LinkDomainRow): DomainState {
  if (blocked) return "blocked";
  if (failures >= FAILURES_MAX) return "failing";
  return checkedAt === null ? "unchecked" : "ok";
}

/** The first that may be used; where none may, the main one, for a link that may open is better than none. */
export function inUse(rows: readonly LinkDomainRow[], mainOrigin: string): LinkDomainRow | undefined {
  const usable = (row: LinkDomainRow) =>
    stateOf(row) === "ok" || (stateOf(row) === "unchecked" && row.origin === mainOrigin);
  return rows.find(usable) ?? rows.find(({ origin }) => origin === mainOrigin);
}

export function createLinkDomains(parts: Parts): LinkDomains {
  return new KeptDomains(parts);
}

class KeptDomains implements LinkDomains {
  readonly mainOrigin: string;
  readonly #parts: Parts;
  #origin: string;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.mainOrigin = new URL(parts.publicUrl).origin;
    this.#origin = this.mainOrigin;
  }

  origin(): string {
    return this.#origin;
  }

  async isOurs(origin: string): Promise<boolean> {
    if (origin === this.mainOrigin) return true;
    const row = (await listLinkDomains(this.#parts.db)).find((one) => one.origin === origin);
    return row !== undefined && row.okAt !== null && row.failures < FAILURES_MAX && row.failure !== "otherHouse";
  }

  async list(): Promise<readonly LinkDomainRow[]> {
    const { db } = this.#parts;
    const rows = await listLinkDomains(db);
    if (rows.some(({ origin }) => origin === this.mainOrigin)) return this.#keep(rows);
    await insertLinkDomain(db, { id: newId("d"), origin: this.mainOrigin, now: Date.now() });
    return this.#keep(await listLinkDomains(db));
  }

  async check(id: string): Promise<LinkDomainRow | undefined> {
    const row = (await this.list()).find((one) => one.id === id);
    return row && this.#look(row);
  }

  async refresh(): Promise<void> {
    await this.list();
  }

  begin(): void {
    const tick = () => {
      this.#working = this.#work().catch((error: unknown) => {
        // The database is away; what was known stays in use.
        this.#parts.log.warn({ error: errorForLog(error) }, "domains of links were not looked at");
      });
    };
    tick();
    this.#timer = setInterval(tick, TICK_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    await this.refresh();
    const now = Date.now();
    const due = await claimDueDomains(this.#parts.db, { now, until: now + LEASE_MS, limit: AT_ONCE });
    await Promise.all(due.map((row) => this.#look(row)));
  }

  async #look(row: LinkDomainRow): Promise<LinkDomainRow | undefined> {
    const { db, secret, log } = this.#parts;
    const failure = await lookAtDomain(row.origin, secret);
    const now = Date.now();
    const failures = failure === null ? 0 : row.failures + 1;
    const isFailing = failures >= FAILURES_MAX;
    const failingSince = isFailing || row.blocked ? (row.failingSince ?? now) : null;
    const nextMs = failure === null ? EVERY_MS : isFailing ? FAILING_EVERY_MS : AGAIN_MS;
    const seen = { failures, failure, failingSince, checkedAt: now, nextAt: now + nextMs };
    const changed = await changeLinkDomain(db, row.id, failure === null ? { ...seen, okAt: now } : seen);
    if (isFailing !== row.failures >= FAILURES_MAX) {
      const say = isFailing
        ? "a domain of links does not open; new links use the next one"
        : "a domain of links opens again";
      log.warn({ origin: row.origin, failure }, say);
    }
    await this.refresh();
    return changed;
  }

  #keep(rows: LinkDomainRow[]): readonly LinkDomainRow[] {
    this.#origin = inUse(rows, this.mainOrigin)?.origin ?? this.mainOrigin;
    return rows;
  }
}
