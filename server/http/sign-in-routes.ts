import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Json } from "#domain/op.ts";
import { principalOf, type ApiContext, type ApiInstance } from "./context.ts";
import { HttpError } from "./failures.ts";
import { Done, failures } from "./shapes.ts";
import type { SignInGuard } from "./sign-in-guard.ts";

/**
 * The three of better-auth's endpoints that Kaibo has; all its others stay closed. Each is a route of ours, so that bad input is refused
 * here, and the session's token goes out in the cookie alone.
 */

const Username = z.string().trim().min(1).max(60);
const Password = z.string().min(1).max(128);
const SignInBody = z.object({ username: Username, password: Password, rememberMe: z.boolean().default(true) });
const ChangeBody = z.object({ currentPassword: Password, newPassword: z.string().min(8).max(128) });

const AuthUser = z.object({ user: z.object({ id: z.string(), name: z.string(), username: z.string() }) });
const AuthFailure = z.object({ code: z.string() });

export function serveSignIn(app: ApiInstance, context: ApiContext, guard: SignInGuard): void {
  const { signIn, principals } = context;

  app.post(
    "/api/auth/sign-in/username",
    {
      schema: {
        tags: ["sign-in"],
        summary: "Sign in; sets the cookie",
        security: [],
        body: SignInBody,
        response: {
          200: Done.extend({ person: AuthUser.shape.user }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      if (!context.ownOrigin(request)) throw new HttpError(403, "access.origin");
      const { username } = request.body;
      const attempt = guard.begin(request.ip, username.toLowerCase());
      const answer = await tried(
        attempt,
        signIn.handler(authRequest(request, context, "sign-in/username", request.body)),
      );
      passCookies(answer, reply);
      const { user } = AuthUser.parse(await answer.json());
      return { status: "ok" as const, person: { id: user.id, name: user.name, username: user.username } };
    },
  );

  app.post(
    "/api/auth/sign-out",
    { schema: { tags: ["sign-in"], summary: "End this session", response: { 200: Done, ...failures } } },
    async (request, reply) => {
      if (!context.ownOrigin(request)) throw new HttpError(403, "access.origin");
      const answer = await signIn.handler(authRequest(request, context, "sign-out", {}));
      principals.forget();
      passCookies(answer, reply);
      return { status: "ok" as const };
    },
  );

  app.post(
    "/api/auth/change-password",
    {
      schema: {
        tags: ["sign-in"],
        summary: "Change the own password; ends all other sessions",
        body: ChangeBody,
        response: { 200: Done, ...failures },
      },
    },
    async (request, reply) => {
      const principal = await principalOf(request, context);
      const attempt = guard.begin(request.ip, principal.key);
      const body = { ...request.body, revokeOtherSessions: true };
      const answer = await tried(attempt, signIn.handler(authRequest(request, context, "change-password", body)));
      principals.forget();
      passCookies(answer, reply);
      return { status: "ok" as const };
    },
  );
}

/** Only a wrong password counts as a try: neither a right one, nor one that could not be looked at. */
async function tried(attempt: ReturnType<SignInGuard["begin"]>, work: Promise<Response>): Promise<Response> {
  let answer: Response;
  try {
    answer = await work;
  } catch (error) {
    attempt.takeBack();
    throw error;
  }
  if (!answer.ok) {
    attempt.failed();
    throw await signInFailure(answer);
  }
  attempt.takeBack();
  return answer;
}

/** Origin was checked by us, also for addresses that better-auth does not know. */
function authRequest(request: FastifyRequest, { publicUrl }: ApiContext, path: string, body: Json): Request {
  const headers = new Headers({
    "content-type": "application/json",
    origin: new URL(publicUrl).origin,
    "x-kaibo-ip": request.ip,
  });
  for (const name of ["cookie", "user-agent"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(new URL(`/api/auth/${path}`, publicUrl), { method: "POST", headers, body: JSON.stringify(body) });
}

function passCookies(answer: Response, reply: FastifyReply): void {
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) void reply.header("set-cookie", cookies);
  void reply.header("cache-control", "no-store");
}

async function signInFailure(answer: Response): Promise<Error> {
  if (answer.status >= 500) return new Error(`better-auth answered ${answer.status}: ${await answer.text()}`);
  const parsed = AuthFailure.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success && parsed.data.code === "DISABLED") return new HttpError(403, "auth.disabled");
  // Name or password: which of them is nobody's business.
  return new HttpError(401, "auth.wrong");
}
