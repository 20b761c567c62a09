import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { username } from "better-auth/plugins/username";
import type { Database } from "#db/client.ts";
import { isPersonDisabled } from "#db/queries/person-disabled.ts";
import { signInAs } from "./sign-in-as.ts";
import { derivedKey } from "../lib/vault.ts";
import { authAccounts, authSessions, authUsers, authVerifications } from "#db/schema/accounts.ts";

/** Names that people type to sign in; also what better-auth checks. */
export const USERNAME = /^[a-z0-9][a-z0-9_.-]{1,39}$/;

/** Only what better-auth does well: passwords and their hashes, sessions and their cookie. Who may do what is ours (server/http/access.ts). */
export function createSignIn(deps: SignInDeps) {
  const { db, secret, publicUrl } = deps;
  return betterAuth({
    appName: "Kaibo",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret: derivedKey(secret, "sign-in v1").toString("hex"),
    telemetry: { enabled: false },
    trustedOrigins: [new URL(publicUrl).origin],
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user: authUsers, session: authSessions, account: authAccounts, verification: authVerifications },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: (name) => USERNAME.test(name.toLowerCase()),
        displayUsername: false,
      }),
      signInAs,
    ],
    session: {
      expiresIn: 30 * 24 * 3600,
      // A session lasts as long as its cookie; nothing has to be sent again while a show is on.
      disableSessionRefresh: true,
      // Not better-auth's cookie cache: a session that was revoked must be refused within 2 s (see principals.ts).
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (await isPersonDisabled(db, session.userId)) {
              throw new APIError("FORBIDDEN", { code: "DISABLED", message: "this person may not sign in" });
            }
          },
        },
      },
    },
    // Tries are counted at our edge, by address and name (sign-in-routes.ts).
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "kaibo",
      useSecureCookies: publicUrl.startsWith("https:"),
      ipAddress: { ipAddressHeaders: ["x-kaibo-ip"] },
    },
    logger: { disabled: true },
    // Else it prints what failed, values included, and answers 500; thrown, it is answered like everything else.
    onAPIError: { throw: true },
  });
}

export type SignInDeps = {
  readonly db: Database;
  readonly secret: string;
  readonly publicUrl: string;
};
export type SignIn = ReturnType<typeof createSignIn>;
