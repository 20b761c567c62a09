import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** A session for somebody whom WeCom named. No route leads here: only the server itself calls it, with `asResponse`, for the cookie. */
export const signInAs = {
  id: "kaibo-sign-in-as",
  endpoints: {
    signInAs: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ personId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.personId);
        if (!user) throw new APIError("FORBIDDEN", { code: "NO_ACCOUNT", message: "this person has no account" });
        const session = await internalAdapter.createSession(user.id, false);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ status: "ok" });
      },
    ),
  },
} satisfies BetterAuthPlugin;
