import { z } from "zod";
import type { CallLog } from "../call-log.ts";
import { type Desk, NotPossible } from "../desk.ts";
import type { Faults } from "../faults.ts";
import type { Corp } from "../state/corp.ts";

export type Place = { readonly desk: Desk; readonly faults: Faults; readonly calls: CallLog };

type Asked<Input> = { readonly place: Place; readonly params: Readonly<Record<string, string>>; readonly input: Input };

type Definition<Input> = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `:name` stands for one part. */
  readonly path: string;
  readonly input: z.ZodType<Input>;
  readonly run: (asked: Asked<Input>, corp: () => Corp) => unknown;
};

export type Route = {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handle: (place: Place, params: Readonly<Record<string, string>>, raw: Record<string, unknown>) => unknown;
};

export class BadInput extends Error {
  override readonly name = "BadInput";
}

/** A control call names its corp in `corp`; with one corp it need not. */
export function route<Input>({ method, path, input, run }: Definition<Input>): Route {
  return {
    method,
    parts: path.split("/"),
    handle(place, params, raw) {
      const { corp: corpId, ...rest } = raw;
      const parsed = input.safeParse(rest);
      if (!parsed.success) throw new BadInput(z.prettifyError(parsed.error));
      return run({ place, params, input: parsed.data }, () => corpOf(place, corpId));
    },
  };
}

function corpOf({ desk }: Place, corpId: unknown): Corp {
  const { corps } = desk.world;
  const corp = typeof corpId === "string" ? corps.get(corpId) : [...corps.values()][0];
  if (!corp) throw new NotPossible(typeof corpId === "string" ? `there is no corp ${corpId}` : "there is no corp yet");
  return corp;
}

export function matched({ method, parts }: Route, wanted: string, path: string): Record<string, string> | null {
  if (method !== wanted) return null;
  const given = path.split("/");
  if (given.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

export const Nothing = z.object({});
export const Page = z.object({
  q: z.string().default(""),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
