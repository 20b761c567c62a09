import type { OutgoingHttpHeader } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { encodingFor, type Encoding } from "./packed.ts";
import type { ViewerView } from "./viewer-view.ts";

/** ms UTC. Phones measure by it how far their own clock is off, with every answer. */
export const CLOCK_HEADER = "x-kaibo-now";
const CACHE = "public, max-age=0, s-maxage=1";
const TYPE = "application/json; charset=utf-8";

/** A tag for each encoding, as caches want it; whoever knows one of them knows what the others say. */
function tagsOf({ etag }: ViewerView, encoding: Encoding | null) {
  const known = etag.slice(0, -1);
  return { known, etag: encoding ? `${known}-${encoding}"` : etag };
}

export function sendView(
  request: FastifyRequest,
  reply: FastifyReply,
  view: ViewerView,
): FastifyReply | Promise<FastifyReply> {
  const now = Date.now();
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const packed = encoding && view.packed(encoding);
  const { known, etag } = tagsOf(view, packed ? encoding : null);
  void reply
    .header("etag", etag)
    .header("vary", "accept-encoding")
    .header("cache-control", CACHE)
    .header(CLOCK_HEADER, now);
  if (request.headers["if-none-match"]?.includes(known)) return reply.code(304).send();
  void reply.type(TYPE);
  if (packed) {
    void reply.header("content-encoding", encoding);
    return packed instanceof Promise ? packed.then(({ bytes }) => reply.send(bytes)) : reply.send(packed.bytes);
  }
  // Text already: made once for all who ask within the second; only the clock is of this moment.
  return reply.serializer(String).send(view.json(now));
}

/**
 * The same answer to a GET without what Fastify does around a handler (schemas, promises, serialising), for who asks by the ten thousand a second: where it is packed
 * already. `false`: it is not, and nothing was sent.
 */
export function sendAtHand(request: FastifyRequest, reply: FastifyReply, view: ViewerView): boolean {
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const packed = encoding && view.packed(encoding);
  if (!packed || packed instanceof Promise) return false;
  const { known, etag } = tagsOf(view, encoding);
  const headers = headersSet(reply);
  headers.push("etag", etag, "vary", "accept-encoding", "cache-control", CACHE, CLOCK_HEADER, Date.now());
  const { raw } = reply.hijack();
  if (request.headers["if-none-match"]?.includes(known)) {
    raw.writeHead(304, headers).end();
    return true;
  }
  const { bytes, signs } = packed;
  headers.push("content-type", TYPE, "content-encoding", encoding, "content-length", bytes.length);
  raw.writeHead(200, headers).end(signs, "latin1");
  return true;
}

/** Headers that hooks have put there, as names and values in turn. A plain loop: this runs for every one of thousands a second, and lists of lists were a twentieth of it. */
export function headersSet(reply: FastifyReply): OutgoingHttpHeader[] {
  const names: OutgoingHttpHeader[] = [];
  const set = reply.getHeaders();
  for (const name in set) {
    const value = set[name];
    if (value !== undefined) names.push(name, value);
  }
  return names;
}
