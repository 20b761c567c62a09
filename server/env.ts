import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { isAddressRange } from "./lib/client-address.ts";

/**
 * The only reader of process.env. A value that is not understood stops the start: a server that
 * silently falls back to a default is worse than one that does not start.
 */
const optionalText = (schema: z.ZodType<string, string>) => schema.nullable().default(null);

const url = (protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));

/** Where browsers find us: links, cookies and the check of origins know no path below it. */
const origin = url(["http:", "https:"]).refine((value) => {
  const { username, pathname, search, hash } = new URL(value);
  return username === "" && /^\/+$/.test(pathname) && search === "" && hash === "";
});

const thisMachine = ["127.0.0.1", "localhost", "[::1]"];
/** Secrets go there: in the clear they stay on this machine. */
const secureUrl = url(["http:", "https:"])
  .refine((value) => value.startsWith("https:") || thisMachine.includes(URL.parse(value)?.hostname ?? ""))
  .transform((value) => value.replace(/\/+$/, ""));
const addressRanges = z
  .string()
  .transform((list) => list.split(",").map((range) => range.trim()))
  .refine((ranges) => ranges.every(isAddressRange));

const shape = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .default("3000")
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default("127.0.0.1"),
  KAIBO_DATA_DIR: z.string().default(".data"),
  DATABASE_URL: optionalText(url(["postgres:", "postgresql:"])),
  REDIS_URL: optionalText(url(["redis:", "rediss:"])),
  KAIBO_ROLE: z.enum(["all", "live", "web", "jobs"]).default("all"),
  KAIBO_SECRET: optionalText(z.string().min(32)),
  KAIBO_ADMIN_PASSWORD: optionalText(z.string().min(8).max(128)),
  KAIBO_API_TOKEN: optionalText(z.string().regex(/^[\w.~+/=-]{24,200}$/)),
  PUBLIC_URL: optionalText(origin),
  KAIBO_TRUSTED_PROXIES: addressRanges.default([]),
  KAIBO_WECOM_URL: secureUrl.default("https://qyapi.weixin.qq.com"),
  KAIBO_WECHAT_URL: secureUrl.default("https://api.weixin.qq.com"),
  KAIBO_SAMPLES: z.enum(["on", "off"]).default("on"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).nullable().default(null),
  NODE_ENV: z.string().default("production"),
};

const schema = z.object(shape);
type Name = keyof typeof shape;

const expected: Record<Name, { must: string; example: string }> = {
  PORT: { must: "a port number from 1 to 65535", example: "3000" },
  HOST: { must: "an address to listen on", example: "127.0.0.1" },
  KAIBO_DATA_DIR: { must: "a directory", example: "/srv/kaibo/data" },
  DATABASE_URL: {
    must: "a postgres:// address",
    example: "postgres://kaibo:password@db.internal:5432/kaibo",
  },
  REDIS_URL: { must: "a redis:// or rediss:// address", example: "redis://127.0.0.1:6379" },
  KAIBO_ROLE: { must: "one of all, live, web, jobs", example: "all" },
  KAIBO_SECRET: {
    must: "at least 32 characters",
    example: "the output of: openssl rand -hex 32",
  },
  KAIBO_ADMIN_PASSWORD: { must: "8 to 128 characters", example: "a sentence you can remember" },
  KAIBO_API_TOKEN: {
    must: "24 to 200 letters, digits or . _ ~ + / = -",
    example: "the output of: openssl rand -hex 24",
  },
  PUBLIC_URL: { must: "an http:// or https:// address without a path", example: "https://kaibo.example.com" },
  KAIBO_TRUSTED_PROXIES: {
    must: "addresses or ranges of proxies, separated by commas, and none of everybody",
    example: "10.0.0.5,10.1.0.0/16,fd00::/8",
  },
  KAIBO_WECOM_URL: {
    must: "an https:// address, or an http:// one of this machine",
    example: "https://wecom-gateway.example.com",
  },
  KAIBO_WECHAT_URL: {
    must: "an https:// address, or an http:// one of this machine",
    example: "https://wechat-gateway.example.com",
  },
  KAIBO_SAMPLES: { must: "on or off", example: "off" },
  LOG_LEVEL: { must: "one of trace, debug, info, warn, error, fatal, silent", example: "info" },
  NODE_ENV: { must: "a word", example: "production" },
};

/** Of tests and benches, which hand their environment on to the servers they start. */
const toolName = /^KAIBO_(E2E|TEST|BENCH|API_URL)/;

/** Names that look like ours and mean nothing: a slip of the pen that would otherwise go unnoticed. */
export function unknownNames(source: Readonly<Record<string, string | undefined>> = process.env): string[] {
  return Object.keys(source).filter((name) => name.startsWith("KAIBO_") && !isName(name) && !toolName.test(name));
}

const secretNames: readonly Name[] = ["KAIBO_SECRET", "KAIBO_ADMIN_PASSWORD", "KAIBO_API_TOKEN"];

export type Role = "all" | "live" | "web" | "jobs";

export type Env = {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** null: the embedded PostgreSQL under dataDir. */
  databaseUrl: string | null;
  /** null: this is the only node. */
  redisUrl: string | null;
  role: Role;
  /** null: made once and kept under dataDir, see server/lib/secret.ts. */
  secret: string | null;
  adminPassword: string | null;
  apiToken: string | null;
  /** Addresses and ranges of proxies that may say whom they speak for, beside those on this machine. */
  trustedProxies: readonly string[];
  /** Where WeCom is reached, without a trailing slash. */
  wecomUrl: string;
  /** Where WeChat itself (公众号, mini programs) is reached, without a trailing slash. */
  wechatUrl: string;
  /** Whether the first start plays a sample rehearsal and plans a sample show. */
  samples: boolean;
  /** Origin under which browsers reach Kaibo, without a trailing slash. */
  publicUrl: string;
  /** null: decided by where the log goes, see server/lib/log.ts. */
  logLevel: z.infer<(typeof shape)["LOG_LEVEL"]>;
  dev: boolean;
};

/** Carries the lines to show; each names a variable, what is wrong with it, and an example. */
export class EnvError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "EnvError";
    this.lines = lines;
  }
}

export function loadEnv(
  source: Readonly<Record<string, string | undefined>> = process.env,
  projectDir: string = process.cwd(),
): Env {
  const given = Object.fromEntries(
    Object.keys(shape).flatMap((name) => {
      const value = source[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw new EnvError([...wrong].map((name) => describe(name, given[name])));
  }
  const value = parsed.data;
  const missing = needsOfRole(value.KAIBO_ROLE).filter((name) => value[name] === null);
  if (missing.length > 0) {
    throw new EnvError(missing.map((name) => `KAIBO_ROLE=${value.KAIBO_ROLE} needs ${name}. ${exampleOf(name)}`));
  }
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: path.resolve(projectDir, value.KAIBO_DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    role: value.KAIBO_ROLE,
    secret: value.KAIBO_SECRET,
    adminPassword: value.KAIBO_ADMIN_PASSWORD,
    apiToken: value.KAIBO_API_TOKEN,
    trustedProxies: value.KAIBO_TRUSTED_PROXIES,
    wecomUrl: value.KAIBO_WECOM_URL,
    wechatUrl: value.KAIBO_WECHAT_URL,
    samples: value.KAIBO_SAMPLES === "on",
    publicUrl: new URL(value.PUBLIC_URL ?? localUrl(value.HOST, value.PORT)).origin,
    logLevel: value.LOG_LEVEL,
    dev: value.NODE_ENV === "development",
  };
}

/** An address of this machine that answers also when we listen on every interface. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** What a child process of ours needs of the environment; secrets stay with the server. */
export function inheritedEnv(): { PATH: string; HOME: string; TMPDIR: string } {
  const { PATH = "", HOME = "", TMPDIR = tmpdir() } = process.env;
  return { PATH, HOME, TMPDIR };
}

function isName(name: string): name is Name {
  return Object.hasOwn(shape, name);
}

/** A part that runs apart must be told where the others are. */
function needsOfRole(role: Role): ("DATABASE_URL" | "PUBLIC_URL")[] {
  switch (role) {
    case "all":
    case "live":
      return [];
    case "jobs":
      return ["DATABASE_URL"];
    case "web":
      return ["PUBLIC_URL"];
  }
}

function exampleOf(name: Name): string {
  return `Example: ${name}=${JSON.stringify(expected[name].example)}`;
}

function describe(name: string, value: string | undefined): string {
  if (!isName(name)) return `${name}: not understood`;
  // An address may carry a password.
  const open = value?.replace(/\/\/[^/@]*@/, "//…@");
  const shown = secretNames.includes(name) ? "(hidden)" : JSON.stringify(open);
  return `${name} is ${shown}, but must be ${expected[name].must}. ${exampleOf(name)}`;
}
