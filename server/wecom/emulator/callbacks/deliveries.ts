import { randomBytes } from "node:crypto";
import type { Corp } from "../state/corp.ts";
import type { App } from "../state/corp-rows.ts";
import { Chance } from "../state/chance.ts";
import type { World } from "../state/world.ts";
import { sees } from "../api/request.ts";
import { type CorpEvent, envelopeXml, eventXml } from "./event-xml.ts";
import { seal, signature } from "./seal.ts";

const KEPT = 2_000;
const AT_ONCE = 64;

export type Try = { readonly at: number; readonly tookMs: number; readonly answer: string };
export type Delivery = {
  readonly id: number;
  readonly corpId: string;
  readonly agentId: number;
  readonly event: string;
  readonly changeType: string;
  readonly xml: string;
  readonly tries: Try[];
  outcome: "waiting" | "accepted" | "givenUp" | "lost";
};

type Parcel = { readonly delivery: Delivery; readonly corp: Corp; readonly app: App };

/**
 * §14: encrypted POSTs to each app's one callback URL, 5 s for an answer, three tries in all. Delays and tries run in real time,
 * because the receiver does. Only what happens on phones and in the console is told; writes through the API are silent.
 */
export class Deliveries {
  readonly log: Delivery[] = [];
  readonly #world: World;
  /** Its own: when deliveries happen depends on the receiver, and must not change the ids of the world. */
  readonly #chance = new Chance(1);
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #lastId = 0;
  #isClosed = false;

  constructor(world: World) {
    this.#world = world;
  }

  raise(corp: Corp, event: CorpEvent): void {
    for (const app of corp.apps.values()) {
      if (!app.externalContact || !app.contactCallbacks || app.callbackUrl === null) continue;
      const staff = event.userid === null ? undefined : corp.staff.get(event.userid);
      if (event.userid !== null && !(staff ? sees(app, staff) : app.seesAll)) continue;
      this.#deliver(corp, app, event);
    }
  }

  /** The same parcel once more, as the platform does when it believes nobody heard. */
  repeat(id: number): boolean {
    const delivery = this.log.find((candidate) => candidate.id === id);
    const corp = delivery ? this.#world.corps.get(delivery.corpId) : undefined;
    const app = delivery ? corp?.apps.get(delivery.agentId) : undefined;
    if (!delivery || !corp || !app) return false;
    this.#send({ delivery: this.#record(delivery), corp, app }, 0);
    return true;
  }

  /** How many still wait or are under way. */
  get open(): number {
    return this.log.filter(({ outcome }) => outcome === "waiting").length;
  }

  reset(): void {
    this.log.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.reset();
  }

  #deliver(corp: Corp, app: App, event: CorpEvent): void {
    const { callbacks: switches } = this.#world.switches;
    const style = { switches, chance: this.#chance };
    const xml = eventXml(event, { corpId: corp.corpId, app, atSeconds: this.#world.clock.seconds() }, style);
    const { corpId } = corp;
    const { agentId } = app;
    const head = { corpId, agentId, event: event.event, changeType: event.changeType, xml };
    const isLost = !switches.on || this.#chance.next() < switches.lossShare;
    for (let copy = 0; copy < switches.copies; copy += 1) {
      const delivery = this.#record(head);
      if (isLost) delivery.outcome = "lost";
      else this.#send({ delivery, corp, app }, switches.delayMs + this.#chance.next() * switches.disorderMs);
    }
  }

  #record(head: Pick<Delivery, "corpId" | "agentId" | "event" | "changeType" | "xml">): Delivery {
    this.#lastId += 1;
    const { corpId, agentId, event, changeType, xml } = head;
    const delivery: Delivery = {
      id: this.#lastId,
      corpId,
      agentId,
      event,
      changeType,
      xml,
      tries: [],
      outcome: "waiting",
    };
    this.log.push(delivery);
    if (this.log.length > KEPT) this.log.splice(0, this.log.length - KEPT);
    return delivery;
  }

  #send(parcel: Parcel, delayMs: number): void {
    if (delayMs <= 0) {
      this.#enter(parcel);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#enter(parcel);
    }, delayMs);
    this.#timers.add(timer);
  }

  #enter(parcel: Parcel): void {
    const run = () => {
      this.#running += 1;
      void this.#try(parcel).finally(() => {
        this.#running -= 1;
        this.#waiting.shift()?.();
      });
    };
    if (this.#running < AT_ONCE) run();
    else this.#waiting.push(run);
  }

  async #try(parcel: Parcel): Promise<void> {
    const { delivery } = parcel;
    const { timeoutMs, tries, retryDelayMs } = this.#world.switches.callbacks;
    const at = this.#world.now();
    const startedAt = performance.now();
    const answer = await this.#post(parcel, timeoutMs);
    delivery.tries.push({ at, tookMs: Math.round(performance.now() - startedAt), answer });
    if (this.#isClosed) return;
    if (answer.startsWith("2")) delivery.outcome = "accepted";
    else if (delivery.tries.length >= tries) delivery.outcome = "givenUp";
    else this.#send(parcel, Math.max(1, retryDelayMs));
    this.#world.changed();
  }

  /** The status as text, or why there is none. */
  async #post({ delivery, corp, app }: Parcel, timeoutMs: number): Promise<string> {
    if (app.callbackUrl === null) return "no callback URL";
    const style = { switches: this.#world.switches.callbacks, chance: this.#chance };
    const receiveId = style.switches.form === "suite" ? app.suiteId : corp.corpId;
    const sealed = seal(delivery.xml, receiveId, app);
    try {
      const response = await fetch(signedUrl(this.#world, app, sealed), {
        method: "POST",
        headers: { "content-type": "text/xml" },
        body: envelopeXml(sealed, { corpId: corp.corpId, app }, style),
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.arrayBuffer();
      return String(response.status);
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${causeOf(error)}` : String(error);
    }
  }
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

export function signedUrl(world: World, app: App, sealed: string): URL {
  const url = new URL(app.callbackUrl ?? "");
  const timestamp = String(world.clock.seconds());
  const nonce = randomBytes(5).toString("hex");
  url.searchParams.set("msg_signature", signature({ token: app.callbackToken, timestamp, nonce, sealed }));
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  return url;
}
