import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ImportPreview, ImportState } from "../import/preview-shape.ts";
import { pageWords } from "./page-words.ts";

/** The running server as a command sees it: the same API as everybody's, with a token. */

export type Server = {
  send<T>(method: "GET" | "POST" | "DELETE", path: string, body: unknown, shape: z.ZodType<T>): Promise<T>;
  upload(path: string, form: FormData): Promise<z.infer<typeof Uploaded>>;
  stateOf(importId: string): Promise<ImportState>;
};

const Earlier = z.array(z.object({ sessionId: z.string(), at: z.number() }));
const Uploaded = z.object({ id: z.string(), preview: ImportPreview.extend({ earlier: Earlier }) });
const Failure = z.object({
  code: z.string().optional(),
  data: z.unknown().optional(),
  retryAfterMs: z.number().optional(),
  issues: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
});

/** What went wrong, in words that the person at the terminal can act on. */
export class ServerError extends Error {
  override readonly name = "ServerError";
}

const RETRIES = 20;

export async function openServer({
  url,
  tokenOf,
}: {
  readonly url: string;
  readonly tokenOf: () => string;
}): Promise<Server> {
  const alive = await fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (!alive)
    throw new ServerError(
      `no Kaibo answers at ${url}: start it first (npm start), with the same PORT and KAIBO_DATA_DIR`,
    );
  const authorization = `Bearer ${tokenOf()}`;
  const ask = async <T>(path: string, init: RequestInit, shape: z.ZodType<T>): Promise<T> => {
    const headers = new Headers(init.headers);
    headers.set("authorization", authorization);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await fetch(`${url}${path}`, { ...init, headers });
      const body: unknown = await answer.json();
      if (answer.ok) return shape.parse(body);
      const failure = Failure.safeParse(body).data ?? {};
      if (answer.status !== 503 || attempt >= RETRIES) throw new ServerError(wordsOf(answer.status, path, failure));
      await sleep(failure.retryAfterMs ?? 1_000);
    }
  };
  return {
    send: (method, path, body, shape) => {
      const json =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      return ask(path, { method, ...json }, shape);
    },
    upload: (path, form) => ask(path, { method: "POST", body: form }, Uploaded),
    stateOf: (id) => ask(`/api/v1/imports/${id}`, {}, ImportState),
  };
}

function wordsOf(status: number, path: string, { code, data, issues }: z.infer<typeof Failure>): string {
  if (status === 401)
    return "the server does not know this sign-in: use the same KAIBO_DATA_DIR (or KAIBO_SECRET) as the server, or set KAIBO_API_TOKEN";
  const [first] = issues ?? [];
  const words = code === undefined ? undefined : pageWords("refusal", code, data);
  if (words !== undefined) return `${words} (${code})`;
  const detail = first ? `${first.path}: ${first.code}` : data === undefined ? "" : JSON.stringify(data);
  return `${code ?? `status ${status}`} ${detail} (${path})`.replace(/ {2,}/g, " ");
}
