import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/**
 * From which address somebody comes. Whoever connects may write any X-Forwarded-For; it is believed as far as it was written by proxies that are
 * named (KAIBO_TRUSTED_PROXIES) or run on this machine, read from the nearest one outwards.
 */
export type ProxyTrust = (address: string) => boolean;

const LOOPBACK = ["127.0.0.0/8", "::1"];

/** An address, or a range of them as address/bits. A range of all there are would let anybody claim any address. */
export function isAddressRange(text: string): boolean {
  const { address, bits } = partsOf(text);
  const bitsMax = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 && (bits === null || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= bitsMax))
  );
}

/** `ranges` as `isAddressRange` takes them. */
export function createProxyTrust(ranges: readonly string[]): ProxyTrust {
  const trusted = new BlockList();
  for (const range of [...LOOPBACK, ...ranges]) {
    const { address, bits } = partsOf(range);
    if (bits === null) trusted.addAddress(address, familyOf(address));
    else trusted.addSubnet(address, Number(bits), familyOf(address));
  }
  // IPv4 in the clothes of IPv6 (::ffff:10.0.0.1) counts as what it is: BlockList sees to that.
  return (address) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

/** The client's address of a request that Fastify does not see (sockets); the same as its `request.ip` with the same trust. */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, "socket" | "headers">,
  isTrusted: ProxyTrust,
): string {
  const forwarded = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  let address = socket.remoteAddress ?? "";
  for (let next = forwarded.pop(); next !== undefined && isTrusted(address); next = forwarded.pop()) address = next;
  return address;
}

function partsOf(range: string): { address: string; bits: string | null } {
  const slash = range.indexOf("/");
  return slash < 0 ? { address: range, bits: null } : { address: range.slice(0, slash), bits: range.slice(slash + 1) };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
