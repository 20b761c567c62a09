import { Socket } from "node:net";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { clientAddress, createProxyTrust, isAddressRange } from "./client-address.ts";

const isTrusted = createProxyTrust(["10.1.0.0/16", "192.0.2.7", "2001:db8:1::/48"]);

/** [who connects, what they say of those before them, whom it is counted for] */
const CASES = [
  ["203.0.113.9", undefined, "203.0.113.9"],
  ["203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["::1", "198.51.100.1", "198.51.100.1"],
  ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["10.2.2.3", "198.51.100.1", "10.2.2.3"],
  ["2001:db8:1::5", " 198.51.100.1 , 192.0.2.7", "198.51.100.1"],
  // What stands before the first stranger is the stranger's own word.
  ["10.1.2.3", "127.0.0.1, 198.51.100.1, 192.0.2.7", "198.51.100.1"],
  ["10.1.2.3", "10.1.0.1, 10.1.0.2", "10.1.0.1"],
  ["10.1.2.3", "nonsense, 10.1.0.2", "nonsense"],
] as const;

it("believes X-Forwarded-For as far as named proxies wrote it, for requests and sockets alike", async () => {
  const app = Fastify({ trustProxy: isTrusted });
  app.get("/", (request) => request.ip);
  for (const [remoteAddress, forwarded, expected] of CASES) {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress });
    expect(clientAddress({ socket, headers }, isTrusted), `${remoteAddress} ${forwarded}`).toBe(expected);
    expect((await app.inject({ url: "/", headers, remoteAddress })).body).toBe(expected);
  }
  await app.close();
});

it("takes addresses and ranges, and no range of everybody", () => {
  for (const range of ["10.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "10.0.0.1/32"])
    expect(isAddressRange(range)).toBe(true);
  for (const wrong of [
    "",
    "10.0.0",
    "10.0.0.0/33",
    "0.0.0.0/0",
    "::/0",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "proxy.local",
    "loopback",
  ])
    expect(isAddressRange(wrong), wrong).toBe(false);
});
