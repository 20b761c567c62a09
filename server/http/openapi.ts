import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import { engine } from "#domain/ops/index.ts";
import type { ApiInstance } from "./context.ts";
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
          "Control room for live-stream commerce. Times are milliseconds UTC, money is integer fen. Staff come with the cookie of the sign-in, programs with a bearer token, viewers with a viewer token. Every failure has a stable code.",
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
        { name: "operating" },
      ],
      components: {
        securitySchemes: {
          cookie: { type: "apiKey", in: "cookie", name: cookieName },
          bearer: { type: "http", scheme: "bearer" },
        },
      },
      security: [{ cookie: [] }, { bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
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
