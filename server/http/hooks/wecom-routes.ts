import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Counter, type Registry } from "prom-client";
import { instant } from "#domain/units.ts";
import type { AppKey, AppKeys } from "../../wecom/callbacks/app-keys.ts";
import { openDelivery, openEcho, type Refusal, type Signature } from "../../wecom/callbacks/open-delivery.ts";
import type { CallbackInbox } from "../../wecom/callback-inbox.ts";
import type { Logger } from "../../lib/log.ts";
import { HttpError } from "../failures.ts";

/**
 * Where WeCom calls us: one URL for each app. A delivery is verified, stored and answered; work on it begins after that. Outside every sign-in and no
 * part of the described API: the signature is the only key.
 */

export type WecomHooks = {
  readonly appKeys: AppKeys & {
    /** The URL was checked by WeCom, and its keys are right. */
    verified(appKey: string): Promise<void>;
  };
  readonly inbox: Pick<CallbackInbox, "put">;
  readonly metrics: Registry;
  readonly log: Logger;
};

/** Real ones have about 1 kB; those of groups name whoever came or left. */
const BODY_BYTES_MAX = 256 * 1024;
/** Ids of WeCom have about 18 letters. */
const RECEIVER_MAX = 64;
const PATH = "/hooks/wecom/:appKey";

export async function serveWecomHooks(
  app: FastifyInstance,
  { appKeys, inbox, metrics, log }: WecomHooks,
): Promise<void> {
  const counter = new Counter({
    name: "kaibo_wecom_callbacks_total",
    help: "Callbacks of WeCom that were accepted: verified, stored, or seen before",
    labelNames: ["result"],
    registers: [metrics],
  });
  const appFor = async (request: FastifyRequest): Promise<AppKey | null> => {
    const app = await appKeys.find(appKeyOf(request));
    return app?.thisMachineOnly && !isFromThisMachine(request) ? null : app;
  };
  const [verified, stored, seen] = [
    counter.labels({ result: "verified" }),
    counter.labels({ result: "stored" }),
    counter.labels({ result: "seen" }),
  ];
  const told = new Set<string>();
  /** Once for each app: WeCom repeats itself, and the one who can mend it reads logs. */
  const refusedOf = (appKey: string, refusal: Refusal): HttpError => {
    if (refusal.refusal === "receiver" && !told.has(appKey)) {
      told.add(appKey);
      const receiver = refusal.receiver.slice(0, RECEIVER_MAX);
      log.warn(
        { receiver },
        "a callback is sealed for a suite or another company; connect an app that the company built itself",
      );
    }
    return refused(refusal);
  };
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // Whatever it calls itself: what counts is what is signed.
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_BYTES_MAX }, (_request, body, parsed) =>
      parsed(null, body),
    );

    scope.get(PATH, async (request, reply) => {
      const appKey = appKeyOf(request);
      // Base64 has no blanks: one that was not escaped on its way was a plus.
      const echo = textIn(request.query, "echostr").replaceAll(" ", "+");
      const opened = openEcho(await appFor(request), { ...signatureIn(request), echo });
      if ("refusal" in opened) throw refusedOf(appKey, opened);
      verified.inc();
      // WeCom waits for a second; that it asked is only shown to staff.
      appKeys.verified(appKey).catch((err: unknown) => log.warn({ err }, "that a URL was checked is not kept"));
      return plain(reply.header("cache-control", "no-store"), opened.echo);
    });

    scope.post(PATH, { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      const appKey = appKeyOf(request);
      const receivedAt = instant(Date.now());
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const opened = openDelivery(await appFor(request), { appKey, ...signatureIn(request), body, receivedAt });
      if ("refusal" in opened) throw refusedOf(appKey, opened);
      const result = await inbox.put(opened.row);
      (result === "stored" ? stored : seen).inc();
      return plain(reply, "success");
    });
    done();
  });
}

const statuses = { unknown: 404, signature: 401, malformed: 400, receiver: 400 } as const;
const codes = {
  unknown: "wecomCallback.unknown",
  signature: "wecomCallback.signature",
  malformed: "wecomCallback.malformed",
  receiver: "wecomCallback.receiver",
} as const;

const refused = ({ refusal }: Refusal) => new HttpError(statuses[refusal], codes[refusal]);

/** Without a proxy between, whose own address would hide the sender's. */
function isFromThisMachine({ raw: { socket, headers } }: FastifyRequest): boolean {
  const direct = headers["x-forwarded-for"] === undefined && headers.forwarded === undefined;
  const { remoteAddress = "" } = socket;
  return direct && (LOOPBACK.test(remoteAddress) || remoteAddress === socket.localAddress);
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

const appKeyOf = ({ params }: FastifyRequest) => textIn(params, "appKey");

/** Missing or repeated ones sign nothing. */
function signatureIn({ query }: FastifyRequest): Signature {
  return {
    signature: textIn(query, "msg_signature"),
    timestamp: textIn(query, "timestamp"),
    nonce: textIn(query, "nonce"),
  };
}

function textIn(parts: unknown, name: string): string {
  const value: unknown = typeof parts === "object" && parts !== null ? Reflect.get(parts, name) : undefined;
  return typeof value === "string" ? value : "";
}

/** As it is: no quotes, no mark before it, no line end. */
function plain(reply: FastifyReply, text: string | Buffer): FastifyReply {
  return reply.type("text/plain; charset=utf-8").send(text);
}
