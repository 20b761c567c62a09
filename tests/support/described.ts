import type { FastifyInstance } from "fastify";
import { z } from "zod";

/** Holds answers against the description of the API, as a program that was generated from it would. */

const Described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({
            content: z
              .record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() }))
              .optional(),
          }),
        ),
      }),
    ),
  ),
});

export type Answered = {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};

export type DescribedRoute = { readonly method: string; readonly path: string };

export type Description = {
  readonly routes: readonly DescribedRoute[];
  /** What is wrong with an answer by the description; null where it knows the answer, or no such address. */
  complaint(answered: Answered): string | null;
};

export async function describedBy(app: FastifyInstance): Promise<Description> {
  const { paths } = Described.parse((await app.inject({ url: "/api/v1/openapi.json" })).json());
  const schemas = new Map<string, z.ZodType>();
  const operations = Object.entries(paths).map(([path, methods]) => ({
    path,
    methods,
    matches: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
    params: path.match(/\{/g)?.length ?? 0,
  }));
  // As a router does: the address with fewer placeholders first.
  operations.sort((a, b) => a.params - b.params);
  const operationOf = (method: string, url: string) => {
    const [address = ""] = url.split("?");
    const path = operations.find(({ matches, methods }) => matches.test(address) && method.toLowerCase() in methods);
    return path && { path: path.path, operation: path.methods[method.toLowerCase()] };
  };
  return {
    routes: Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    ),
    complaint({ method, url, status, contentType, body }) {
      const found = operationOf(method, url);
      if (!found) return null;
      const name = `${method} ${found.path} ${status}`;
      const response = found.operation?.responses[String(status)];
      if (!response) return `${name}: not described`;
      if (status === 304) return null;
      // A redirect says all in its headers.
      if (body === "" && Object.keys(response.content ?? {}).length === 0) return null;
      const [type = ""] = contentType.split(";");
      const described = response.content?.[type];
      if (!described) return `${name}: ${type} is not described, but ${Object.keys(response.content ?? {}).join(", ")}`;
      if (type !== "application/json" || !described.schema) return null;
      const schema = schemas.get(name) ?? z.fromJSONSchema(described.schema);
      schemas.set(name, schema);
      const parsed = schema.safeParse(JSON.parse(body));
      return parsed.success ? null : `${name}: ${z.prettifyError(parsed.error)} in ${body.slice(0, 200)}`;
    },
  };
}
