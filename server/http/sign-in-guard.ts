import { randomUUID } from "node:crypto";
import { z } from "zod";
import { sha256Hex } from "../auth/ids.ts";
import { addressGroup } from "../lib/address-group.ts";
import { RateWindow } from "../lib/rate-window.ts";
import type { Relay } from "../live/relay.ts";
import { HttpError } from "./failures.ts";

/**
 * Counts failed tries to sign in: ten a minute for a name from one address, a hundred from one address for all names. Nodes tell one another of theirs,
 * so that more nodes don't mean more tries; without Redis each counts what it sees itself.
 */
export type SignInGuard = {
  /** Throws when there were too many. A try counts until it is taken back. */
  begin(ip: string, name: string): { takeBack(): void; failed(): void };
  close(): void;
};

const CHANNEL = "kaibo.tries";
const WINDOW_MS = 60_000;
const Told = z.object({ node: z.string(), address: z.string(), name: z.string() });

export function createSignInGuard(relay: Relay | null): SignInGuard {
  const node = randomUUID();
  const byName = new RateWindow({ limit: 10, windowMs: WINDOW_MS });
  const byAddress = new RateWindow({ limit: 100, windowMs: WINDOW_MS });
  const unsubscribe = relay?.subscribe(CHANNEL, (text) => {
    const told = Told.safeParse(readJson(text)).data;
    if (!told || told.node === node) return;
    const now = performance.now();
    byAddress.take(told.address, now);
    byName.take(told.name, now);
  });
  return {
    begin(ip, name) {
      const now = performance.now();
      const address = sha256Hex(addressGroup(ip));
      const both = sha256Hex(`${address} ${name}`);
      // Counted before the password is looked at, so that tries sent at once don't all pass.
      const retryAfterMs = byAddress.take(address, now) || byName.take(both, now);
      if (retryAfterMs > 0) throw new HttpError(429, "auth.tooMany", { retryAfterMs });
      return {
        takeBack() {
          byName.refund(both);
          byAddress.refund(address);
        },
        failed: () => relay?.publish(CHANNEL, JSON.stringify({ node, address, name: both })),
      };
    },
    close: () => unsubscribe?.(),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
