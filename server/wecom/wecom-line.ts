import { setTimeout as sleepFor } from "node:timers/promises";
import { z } from "zod";
import type { Logger } from "../lib/log.ts";
import type { WireBody } from "./api-call.ts";
import { Circuit, type CircuitHealth } from "./circuit.ts";
import { ApiPace, OneByOne, type PaceLimits, WECOM_PACE } from "./pacing.ts";
import { TokenCache } from "./token-cache.ts";
import type { SharedPace } from "./shared-pace.ts";
import type { TokenShelf } from "./token-shelf.ts";
import type { Transport } from "./transport.ts";
import { isWecomFailure, WecomError, type WecomFailure, WecomTransportError } from "./wecom-error.ts";

/**
 * What all clients of one WeCom share: the way there, the circuits, the pace, the tokens. One for the real WeCom in a process, one for each
 * stand-in of a rehearsal; they have nothing in common.
 */
export type WecomClock = {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
};

/** A line to a stand-in can never be taken for one to the real WeCom. */
export type World = "real" | "rehearsal";

export type WecomFigures = {
  /** `result`: the errcode, or the reason why there is none. */
  asked(call: { readonly api: string; readonly result: string; readonly ms: number }): void;
};

export type Ask<T> = {
  readonly corp: string;
  readonly api: string;
  readonly method: "GET" | "POST";
  readonly query: Readonly<Record<string, string>>;
  readonly body: WireBody | null;
  /** For what must not be asked twice: a connection of its own, and never as the probe of a circuit. */
  readonly fresh: boolean;
  /** Whether WeCom counts it by corp and API. */
  readonly pace: boolean;
  readonly wholeMs: number;
  /** Taken out of what WeCom says, should it repeat them. */
  readonly hidden: readonly string[];
  readonly answer: z.ZodType<T>;
  readonly signal?: AbortSignal | undefined;
};

export type LineHealth = {
  readonly host: CircuitHealth;
  readonly corps: readonly ({ readonly corpId: string } & CircuitHealth)[];
  readonly blocked: readonly { readonly corpId: string; readonly api: string; readonly until: number }[];
};

export type LineOptions<W extends World> = {
  readonly world: W;
  readonly transport: Transport;
  readonly shelf: TokenShelf;
  readonly figures: WecomFigures;
  readonly log: Logger;
  readonly clock?: WecomClock;
  readonly limits?: PaceLimits;
  /** Left out: nobody else asks in the same corps' names. */
  readonly sharedPace?: SharedPace | undefined;
};

export const realClock: WecomClock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    // Who stops waiting looks at the signal next.
    await sleepFor(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  },
  random: Math.random,
};

/** Some old endpoints say nothing when all is well. */
const Verdict = z.object({
  errcode: z.coerce
    .number()
    .int()
    .nullish()
    .transform((code) => code ?? 0),
  errmsg: z.string().catch(""),
});
const PROBE_MS = 5_000;

export class WecomLine<W extends World = World> {
  readonly world: W;
  readonly transport: Transport;
  readonly clock: WecomClock;
  readonly tokens: TokenCache;
  readonly oneByOne = new OneByOne();
  readonly sharedPace: SharedPace | null;
  readonly #pace: ApiPace;
  readonly #host: Circuit;
  readonly #corps = new Map<string, Circuit>();
  readonly #figures: WecomFigures;
  readonly #log: Logger;

  constructor(options: LineOptions<W>) {
    const { world, transport, shelf, figures, log, clock = realClock, limits = WECOM_PACE } = options;
    this.world = world;
    this.transport = transport;
    this.clock = clock;
    this.#figures = figures;
    this.#log = log;
    this.sharedPace = options.sharedPace ?? null;
    this.#pace = new ApiPace(clock.now, limits, this.sharedPace);
    this.#host = new Circuit(clock.now);
    this.tokens = new TokenCache(shelf, clock, (_key, errcode) =>
      log.error(
        { errcode },
        "WeCom refused a corp id or secret; it is not tried again for an hour, or until it is changed",
      ),
    );
  }

  /** One try. */
  async ask<T>(ask: Ask<T>): Promise<T> {
    const { corp, api } = ask;
    const circuits = await this.#enter(ask);
    const key = `${corp}\n${api}`;
    const waitMs = ask.pace ? await this.#pace.take(key) : 0;
    if (waitMs > 0) {
      for (const circuit of circuits) circuit.abandoned();
      throw new WecomError({ api, errcode: 45009, errmsg: "not asked", foreseen: true, retryAfterMs: waitMs });
    }
    const startedAt = performance.now();
    try {
      const answer = this.#read(ask, await this.transport.send(ask));
      for (const circuit of circuits) circuit.succeeded();
      this.#pace.passed(key);
      this.#tell(api, "0", startedAt);
      return answer;
    } catch (error) {
      if (!isWecomFailure(error)) {
        for (const circuit of circuits) circuit.abandoned();
        throw error;
      }
      this.#judge(error, corp);
      this.#tell(api, error instanceof WecomError ? String(error.errcode) : error.reason, startedAt);
      if (!(error instanceof WecomError && error.class === "rate" && ask.pace)) throw error;
      const { errcode, errmsg } = error;
      throw new WecomError({ api, errcode, errmsg, retryAfterMs: this.#pace.block(key) });
    }
  }

  health(): LineHealth {
    return {
      host: this.#host.health(),
      corps: [...this.#corps].map(([corpId, circuit]) => ({ corpId, ...circuit.health() })),
      blocked: this.#pace.blocked().map(({ key, until }) => {
        const [corpId = "", api = ""] = key.split("\n");
        return { corpId, api, until };
      }),
    };
  }

  close(): void {
    this.transport.close();
  }

  #read<T>({ api, hidden, answer }: Ask<T>, body: unknown): T {
    const verdict = Verdict.safeParse(body);
    if (!verdict.success) throw strange(api, "is no object");
    const { errcode, errmsg } = verdict.data;
    if (errcode !== 0) {
      const shown = hidden.reduce((text, word) => (word === "" ? text : text.replaceAll(word, "(hidden)")), errmsg);
      // Busy says nothing of how far it came.
      throw new WecomError({ api, errcode, errmsg: shown, outcome: errcode === -1 ? "unknown" : "notSent" });
    }
    const parsed = answer.safeParse(body);
    if (!parsed.success) throw strange(api, parsed.error.issues.map(({ path }) => path.join(".")).join(", "));
    return parsed.data;
  }

  async #enter({ corp, api, fresh }: Pick<Ask<unknown>, "corp" | "api" | "fresh">): Promise<readonly Circuit[]> {
    const circuits = [this.#host, this.#of(corp)];
    const waitMs = Math.max(...circuits.map((circuit) => circuit.waitMs()));
    if (waitMs > 0)
      throw new WecomTransportError({ api, reason: "circuitOpen", outcome: "notSent", retryAfterMs: waitMs });
    if (fresh && circuits.some((circuit) => !circuit.isClosed)) await this.#probe(corp, api);
    for (const circuit of circuits) circuit.enter();
    return circuits;
  }

  /** A question that does nothing and needs no right: WeCom answers that the corp id is missing. */
  async #probe(corp: string, forApi: string): Promise<void> {
    try {
      await this.ask({
        corp,
        api: "gettoken",
        method: "GET",
        query: {},
        body: null,
        fresh: false,
        pace: false,
        wholeMs: PROBE_MS,
        hidden: [],
        answer: z.unknown(),
      });
    } catch (error) {
      if (error instanceof WecomError && error.class !== "retry") return;
      throw new WecomTransportError({ api: forApi, reason: "circuitOpen", outcome: "notSent", cause: error });
    }
  }

  #judge(error: WecomFailure, corp: string): void {
    const own = this.#of(corp);
    if (error instanceof WecomError) {
      this.#host.succeeded();
      if (error.class === "retry") own.failed(String(error.errcode));
      else own.succeeded();
      return;
    }
    const silent = error.reason !== "stopped" && !(error.reason === "status" && error.outcome === "notSent");
    for (const circuit of [this.#host, own]) {
      if (silent) circuit.failed(error.reason);
      else circuit.abandoned();
    }
  }

  #of(corp: string): Circuit {
    const known = this.#corps.get(corp);
    if (known) return known;
    const made = new Circuit(this.clock.now);
    this.#corps.set(corp, made);
    return made;
  }

  #tell(api: string, result: string, startedAt: number): void {
    const ms = performance.now() - startedAt;
    this.#figures.asked({ api, result, ms });
    this.#log.debug({ api, result, ms: Math.round(ms) }, "WeCom answered");
  }
}

/** WeCom took it and said yes, in words that we do not understand. */
function strange(api: string, detail: string): WecomTransportError {
  return new WecomTransportError({ api, reason: "body", outcome: "unknown", detail });
}
