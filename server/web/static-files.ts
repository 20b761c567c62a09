import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { fixedHeaders } from "./page-security.ts";

/**
 * Scripts and styles of the build, answered from memory by this process: compressed once after the build as well as it goes, and kept by
 * browsers for ever, because their names change with their contents. Rendering pages and sending files don't wait for each other.
 */

const URL_BASE = "/_next/static/";
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
};
const compressible = new Set([".js", ".css", ".json", ".svg"]);

const encodings = [
  { name: "br", suffix: ".br", compress: promisify(brotliCompress), options: {} },
  { name: "gzip", suffix: ".gz", compress: promisify(gzip), options: { level: constants.Z_BEST_COMPRESSION } },
] as const;

const staticDir = (projectDir: string) => path.join(projectDir, ".next", "static");
/** Says that every file has its compressed ones beside it. */
const stampFile = (projectDir: string) => path.join(staticDir(projectDir), ".compressed");

function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)));
}

/** Once after a build; takes some seconds, because the best compression is slow. */
export async function compressStaticFiles(projectDir: string): Promise<void> {
  const dir = staticDir(projectDir);
  const wanted = filesIn(dir).filter((file) => compressible.has(path.extname(file)));
  await Promise.all(
    wanted.map(async (file) => {
      const whole = readFileSync(path.join(dir, file));
      for (const { suffix, compress, options } of encodings)
        writeFileSync(path.join(dir, file + suffix), await compress(whole, options));
    }),
  );
  writeFileSync(stampFile(projectDir), "");
}

type Body = { readonly encoding: string | null; readonly bytes: Buffer };
type StaticFile = { readonly type: string; readonly bodies: readonly Body[] };

/** Leaves them to Next where the build was made without their compressed ones. */
export function serveStaticFiles(app: FastifyInstance, projectDir: string): void {
  if (!existsSync(stampFile(projectDir))) return;
  const files = readStaticFiles(staticDir(projectDir));
  app.get<{ Params: { "*": string } }>(
    `${URL_BASE}*`,
    { logLevel: "warn", schema: { hide: true } },
    (request, reply) => {
      const file = files.get(request.params["*"]);
      void reply.headers(fixedHeaders);
      // A page that is older than the build: its own file may come back with the next release, on another node.
      if (!file)
        return reply.code(404).header("cache-control", "no-store").send({ status: "error", code: "http.notFound" });
      const { encoding, bytes } = bodyFor(file, request.headers["accept-encoding"] ?? "");
      if (encoding !== null) void reply.header("content-encoding", encoding);
      return reply
        .header("vary", "accept-encoding")
        .header("cache-control", "public, max-age=31536000, immutable")
        .type(file.type)
        .send(bytes);
    },
  );
}

function readStaticFiles(dir: string): ReadonlyMap<string, StaticFile> {
  const names = new Set(filesIn(dir));
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    if (encodings.some(({ suffix }) => name.endsWith(suffix))) continue;
    const read = (file: string) => readFileSync(path.join(dir, file));
    const compressed = encodings.flatMap(({ name: encoding, suffix }) =>
      names.has(name + suffix) ? [{ encoding, bytes: read(name + suffix) }] : [],
    );
    const type = types[path.extname(name)] ?? "application/octet-stream";
    files.set(name.split(path.sep).join("/"), { type, bodies: [...compressed, { encoding: null, bytes: read(name) }] });
  }
  return files;
}

/** The smallest that the browser takes; ours stand in that order. */
function bodyFor({ bodies }: StaticFile, accepted: string): Body {
  const taken = new Set(
    accepted
      .toLowerCase()
      .split(",")
      .flatMap((part) => {
        const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim());
        return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
      }),
  );
  const found = bodies.find(({ encoding }) => encoding === null || taken.has(encoding));
  if (!found) throw new Error("a static file without its plain body");
  return found;
}
