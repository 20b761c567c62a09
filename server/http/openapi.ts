import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import { engine } from "#domain/ops/index.ts";
import type { ApiInstance } from "./context.ts";
import { SIGNATURE_MS } from "./ingest/signature.ts";
import { renderApiPage } from "./openapi-page.ts";

/** The description of the API, generated from the very schemas that the routes check with. */
export async function describeApi(app: ApiInstance, cookieName: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Kaibo 开播",
        version: "1",
        description:
          "Control room for live-stream commerce. Times are milliseconds UTC, money is integer fen. Staff come with the cookie of the sign-in, programs with a bearer token or signed requests, viewers with a viewer token. Every failure has a stable code.",
      },
      tags: [
        { name: "sign-in" },
        { name: "people" },
        { name: "rooms" },
        { name: "shows" },
        { name: "imports" },
        { name: "rehearsals" },
        { name: "viewers" },
        { name: "programs" },
        { name: "warm-up" },
        { name: "wecom" },
        { name: "forward" },
        { name: "wechat" },
        { name: "links" },
        { name: "operating" },
      ],
      components: {
        securitySchemes: {
          cookie: { type: "apiKey", in: "cookie", name: cookieName },
          bearer: { type: "http", scheme: "bearer" },
          ...signatureSchemes,
        },
      },
      security: [{ cookie: [] }, { bearer: [] }],
    },
    transform: (route) => failuresAsJson(jsonSchemaTransform(route)),
  });
}

/** The three headers of a signed request; a route that takes one names all three (`SIGNED`). */
const signatureSchemes = {
  signatureKey: {
    type: "apiKey",
    in: "header",
    name: "x-kaibo-key",
    description: "Id of the API token (`t_…`) whose signing secret signs. The secret is shown once, with the token.",
  },
  signatureTimestamp: {
    type: "apiKey",
    in: "header",
    name: "x-kaibo-timestamp",
    description: `Now, in ms since 1970 UTC; at most ${SIGNATURE_MS / 60_000} minutes from the server's clock.`,
  },
  signature: {
    type: "apiKey",
    in: "header",
    name: "x-kaibo-signature",
    description:
      'Hex HMAC-SHA256, keyed with the signing secret, over the timestamp, ".", the path (`/api/v1/ingest/…`, without host), "." and the body, byte for byte as sent. An example: docs/ingest.md.',
  },
} as const;

/** For the `security` of a route: all three headers together. */
export const SIGNED: Readonly<Record<keyof typeof signatureSchemes, string[]>> = {
  signatureKey: [],
  signatureTimestamp: [],
  signature: [],
};

type Transformed = ReturnType<typeof jsonSchemaTransform>;
const FailureOf = z.record(z.string(), z.looseObject({ description: z.string().optional() }));

/** What a route `produces` is its success; its failures are the JSON of all others. */
function failuresAsJson({ schema, url }: Transformed): Transformed {
  const response = schema && "produces" in schema ? FailureOf.safeParse(schema.response).data : undefined;
  if (!schema || !response) return { schema, url };
  const told = Object.entries(response).map(([status, { description, ...body }]) =>
    Number(status) < 400
      ? [status, { ...body, ...(description === undefined ? {} : { description }) }]
      : [status, { description, content: { "application/json": { schema: body } } }],
  );
  return { schema: { ...schema, response: Object.fromEntries(told) }, url };
}

export type CommandDescription = {
  readonly type: string;
  readonly by: readonly string[];
  readonly risk: string;
  readonly input: unknown;
  readonly expect?: unknown;
};

/** Every command of the registry, with the JSON Schema of its input. */
export function describeCommands(): CommandDescription[] {
  const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return [...engine.commands.values()]
    .filter(({ by }) => by.some((grant) => grant !== "system"))
    .map(({ type, by, risk, input, expect }) => ({
      type,
      by,
      risk,
      input: schemaOf(input),
      ...(expect ? { expect: schemaOf(expect) } : {}),
    }));
}

export function serveDescription(app: ApiInstance): void {
  let description: object | undefined;
  const describe = () => (description ??= { ...app.swagger(), "x-commands": describeCommands() });
  const headers = { "cache-control": "public, max-age=60" };
  app.get("/api/v1/openapi.json", { schema: { hide: true } }, async (_request, reply) =>
    reply.headers(headers).send(describe()),
  );
  app.get("/api/v1/docs", { schema: { hide: true } }, async (_request, reply) => {
    void reply.headers({
      ...headers,
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    });
    return reply.type("text/html; charset=utf-8").serializer(String).send(renderApiPage(describe()));
  });
}
