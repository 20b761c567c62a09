import type { z } from "zod";
import type { Uploaded } from "../multipart.ts";
import type { Corp } from "../state/corp.ts";
import type { App } from "../state/corp-rows.ts";
import type { World } from "../state/world.ts";
import type { Rates } from "./rates.ts";

/** Fields of an answer beside errcode and errmsg. */
export type Fields = Readonly<Record<string, unknown>>;

/** A business error of the platform: a value, answered with HTTP 200. */
export class Refusal {
  readonly errcode: number;
  readonly errmsg: string;
  constructor(errcode: number, errmsg: string) {
    this.errcode = errcode;
    this.errmsg = errmsg;
  }
}

export function refuse(errcode: number, errmsg: string): Refusal {
  return new Refusal(errcode, errmsg);
}

export function isRefused<Value>(value: Value | Refusal): value is Refusal {
  return value instanceof Refusal;
}

export type Call = {
  readonly world: World;
  readonly rates: Rates;
  readonly corp: Corp;
  readonly app: App;
  readonly now: number;
  readonly query: URLSearchParams;
  readonly ip: string;
  /** Where this server is reached, without a trailing slash. */
  readonly origin: string;
  readonly file: Uploaded | null;
};

type Outcome = Fields | Refusal | Promise<Fields | Refusal>;

type Definition<Input> = {
  readonly path: string;
  readonly methods: readonly ("GET" | "POST")[];
  /** Needs the app to be listed under 可调用接口的应用: else 48002. */
  readonly contact?: boolean;
  /** Empty default fields that error bodies carry. */
  readonly empty?: Fields;
  /** errmsg of success; media endpoints answer "". */
  readonly okMessage?: string;
  readonly input: z.ZodType<Input>;
  readonly run: (call: Call, input: Input) => Outcome;
};

export type Endpoint = Omit<Definition<unknown>, "input" | "run"> & {
  readonly handle: (call: Call, raw: unknown) => Outcome;
};

/** Hides the input's type, so that endpoints of different inputs stand in one table. */
export function endpoint<Input>({ input, run, ...rest }: Definition<Input>): Endpoint {
  return {
    ...rest,
    handle(call, raw) {
      const parsed = input.safeParse(raw);
      return parsed.success ? run(call, parsed.data) : badInput(parsed.error);
    },
  };
}

function badInput(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const where = issue?.path.join(".") ?? "";
  const isMissing = issue?.code === "invalid_type" && issue.message.includes("received undefined");
  return isMissing
    ? refuse(40063, `some parameters are empty: ${where}`)
    : refuse(40058, `invalid Request Parameter: ${where} ${issue?.message ?? ""}`.trim());
}
