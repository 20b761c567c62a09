import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { startRedis, type TestRedis } from "#tests/support/redis.ts";
import { createRelay, type Relay } from "../live/relay.ts";
import { PresenceExchange, type NodePresence } from "./presence-exchange.ts";
import type { Online } from "./protocol.ts";

const log = pino({ level: "silent" });
const person = (id: string): Online => ({
  id,
  name: id,
  kind: "staff",
  roles: ["operator"],
  pages: ["control"],
  since: 1,
});

let redis: TestRedis;
const relays: Relay[] = [];
const exchanges: PresenceExchange[] = [];
afterEach(async () => {
  for (const exchange of exchanges.splice(0)) exchange.close();
  for (const relay of relays.splice(0)) await relay.close();
  await redis.stop();
});

function node(nodeId: string, url: string, own: () => NodePresence | undefined) {
  const relay = createRelay(url, log);
  relays.push(relay);
  const exchange = new PresenceExchange({
    relay,
    nodeId,
    own: () => {
      const presence = own();
      return presence ? [["s1", presence] as const] : [];
    },
    changed: () => undefined,
  });
  exchanges.push(exchange);
  return exchange;
}

it("tells one node who is on the other, and forgets a node that fell silent", async () => {
  redis = await startRedis();
  const state: NodePresence = { online: [person("p_1")], screens: 2 };
  const one = node("one", redis.url, () => undefined);
  const two = node("two", redis.url, () => state);
  await expect.poll(() => one.others("s1"), { timeout: 8_000 }).toMatchObject([state]);
  expect(two.others("s1")).toEqual([]);
  // What is no presence at all, from whoever else is on this Redis, is passed over.
  for (const text of ["not JSON", "null", "{}"]) relays[1]?.publish("kaibo.presence", text);
  two.close();
  await expect.poll(() => one.others("s1"), { timeout: 15_000 }).toEqual([]);
});
