import { createHash } from "node:crypto";
import { z } from "zod";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";

/** Pages inside the WeCom client prove with these that they are the app's. Asked for rarely: 400 an hour per corp, 100 per app. */
export type JsTicketKind = "corp" | "agent";

const Ticket = z.object({ ticket: z.string().min(1), expires_in: z.coerce.number().int().min(1) });
/** A page that is signed at the last moment still has time to be opened. */
const RENEW_BEFORE_MS = 10 * 60_000;

export class JsTickets {
  readonly #client: WecomClient;
  readonly #now: () => number;
  readonly #known = new Map<JsTicketKind, { readonly ticket: Promise<string>; renewAt: number }>();

  constructor(client: WecomClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** `corp` signs for wx.config, `agent` for agentConfig; they are not each other's (42012). */
  get(kind: JsTicketKind, options: CallOptions = {}): Promise<string> {
    const known = this.#known.get(kind);
    if (known && this.#now() < known.renewAt) return known.ticket;
    const entry = { ticket: this.#fetch(kind, options), renewAt: Number.POSITIVE_INFINITY };
    this.#known.set(kind, entry);
    return entry.ticket;
  }

  async #fetch(kind: JsTicketKind, options: CallOptions): Promise<string> {
    const askedAt = this.#now();
    try {
      const answer = await this.#client.call(
        {
          api: kind === "corp" ? "get_jsapi_ticket" : "ticket/get",
          method: "GET",
          query: kind === "corp" ? {} : { type: "agent_config" },
          answer: Ticket,
          repeat: "always",
        },
        options,
      );
      const lifeMs = answer.expires_in * 1_000;
      const entry = this.#known.get(kind);
      if (entry) entry.renewAt = askedAt + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2);
      return answer.ticket;
    } catch (error) {
      this.#known.delete(kind);
      throw error;
    }
  }
}

export type JsSignature = { readonly timestamp: number; readonly nonce: string; readonly signature: string };

/** Over the address as the page has it, up to its `#`; `timestamp` in seconds. */
export function signPage(page: {
  readonly ticket: string;
  readonly url: string;
  readonly nonce: string;
  readonly timestamp: number;
}): JsSignature {
  const { ticket, nonce, timestamp } = page;
  const [url = ""] = page.url.split("#");
  const text = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`;
  return { timestamp, nonce, signature: createHash("sha1").update(text).digest("hex") };
}
