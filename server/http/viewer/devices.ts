import type { FastifyReply, FastifyRequest } from "fastify";
import { createDeviceTokens, type Device } from "../../auth/device-token.ts";
import type { ApiContext } from "../context.ts";

/** The phone that a request came from. */
export type Devices = {
  /** One that was never here gets its cookie. */
  know(request: FastifyRequest, reply: FastifyReply): Device;
  known(request: FastifyRequest): Device | undefined;
  /** Has the phone forget that it was here. */
  drop(reply: FastifyReply): void;
};

export function devicesOf({ secret, publicUrl }: Pick<ApiContext, "secret" | "publicUrl">): Devices {
  const tokens = createDeviceTokens(secret);
  const isSecure = publicUrl.startsWith("https:");
  const known = (request: FastifyRequest) => tokens.read(request.headers.cookie, Date.now());
  return {
    known,
    know(request, reply) {
      const device = known(request);
      if (device) return device;
      const fresh = tokens.fresh(Date.now());
      void reply.header("set-cookie", tokens.setCookie(fresh.token, isSecure));
      return fresh.device;
    },
    drop(reply) {
      void reply.header("set-cookie", tokens.dropCookie(isSecure));
    },
  };
}
