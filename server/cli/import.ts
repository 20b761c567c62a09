import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createLocalTokens } from "../auth/local-token.ts";
import { loadEnv, localUrl } from "../env.ts";
import type { ImportState } from "../import/preview-shape.ts";
import { resolveSecret } from "../lib/secret.ts";
import { CommandError, readOptions, runCommand, UsageError } from "./command-line.ts";
import { instantOf, previewLines, resultLines, type Previewed } from "./import-words.ts";
import { openServer, type Server } from "./server-client.ts";

/**
 * npm run import -- --session ID --orders FILE
 * npm run import -- --session ID --audience FILE
 * npm run import -- --room ID --title T --orders FILE [--from "2026-11-11 20:00" --to "2026-11-12 00:00"]   (a new past show)
 * Says what the file holds and what is wrong with it, then takes it over on the running server. `--dry-run` only looks. Exits 0 when every row was
 * taken over, or could be.
 */

const usage = `npm run import -- --session ID --orders FILE | --session ID --audience FILE | --room ID --title T --orders FILE
  [--from "2026-11-11 20:00"] [--to "2026-11-12 00:00"]   times of the past show, else those of the file
  [--in-show-only]   only orders placed while the show was on air
  [--dry-run]        look, and change nothing
  FILE is an export of 微信小店 or 视频号助手, CSV or XLSX, UTF-8 or GBK. Needs a running Kaibo, with the same PORT and KAIBO_DATA_DIR.`;

type Wanted = {
  readonly target: { readonly session: string } | { readonly room: string; readonly title: string };
  readonly kind: "orders" | "audience";
  readonly file: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly inShowOnly: boolean;
  readonly dryRun: boolean;
};

function readArguments(): Wanted {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const values = readOptions({
    options: {
      session: text,
      room: text,
      title: text,
      orders: text,
      audience: text,
      from: text,
      to: text,
      "in-show-only": flag,
      "dry-run": flag,
    },
  });
  const { session, room, title, orders, audience } = values;
  const file = orders ?? audience;
  if (!file || (orders && audience)) throw new UsageError("say one file: --orders FILE or --audience FILE");
  if ((session === undefined) === (room === undefined))
    throw new UsageError("say a show (--session ID) or a room for a new one (--room ID --title T)");
  if (room !== undefined && !title) throw new UsageError("a new show needs a --title");
  const target = session === undefined ? { room: room ?? "", title: title ?? "" } : { session };
  return {
    target,
    file,
    kind: orders ? "orders" : "audience",
    from: timeOf("--from", values.from),
    to: timeOf("--to", values.to),
    inShowOnly: values["in-show-only"],
    dryRun: values["dry-run"],
  };
}

function timeOf(name: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const at = instantOf(value);
  if (at === undefined) throw new UsageError(`${name} must be a time like "2026-11-11 20:00" (Asia/Shanghai)`);
  return at;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function importFile(): Promise<boolean> {
  const wanted = readArguments();
  const env = loadEnv();
  // Only asked for when a server answers: looking for the secret makes one where there is none.
  const tokenOf = () => env.apiToken ?? createLocalTokens(resolveSecret(env.secret, env.dataDir)).sign(Date.now());
  const server = await openServer({ url: localUrl(env.host, env.port), tokenOf });
  const { id, preview } = await upload(server, wanted);
  for (const line of previewLines(preview)) say(line);
  if (wanted.dryRun || !isReadable(preview)) {
    await server.send("DELETE", `/api/v1/imports/${id}`, undefined, z.unknown());
    if (!isReadable(preview))
      say("没有导入:缺少必要的列。请在页面上指定 · nothing was imported: columns are missing, map them on the page");
    return wanted.dryRun && preview.errorCount === 0;
  }
  await server.send("POST", `/api/v1/imports/${id}/commit`, commitOf(wanted, preview), z.unknown());
  const end = await follow(server, id);
  for (const line of resultLines(end, env.publicUrl)) say(line);
  // Rows that stayed out are something left undone: whoever runs this every night wants to hear of it.
  return end.state === "done" && (end.result?.refusedCount ?? 0) === 0 && preview.errorCount === 0;
}

const isReadable = ({ headerRow, errors }: Previewed) =>
  headerRow !== null && !errors.some(({ code }) => code === "column.missing");

async function upload(server: Server, { target, kind, file }: Wanted) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new CommandError(`there is no file ${path.resolve(file)}`);
  const form = new FormData();
  form.set("kind", kind);
  form.set("fileAt", String(Math.round(found.mtimeMs)));
  form.set("file", new File([readFileSync(file)], path.basename(file)));
  const url =
    "session" in target
      ? `/api/v1/sessions/${encodeURIComponent(target.session)}/imports`
      : `/api/v1/rooms/${encodeURIComponent(target.room)}/imports`;
  return server.upload(url, form);
}

function commitOf({ target, kind, from, to, inShowOnly }: Wanted, { span }: Previewed) {
  if ("session" in target) return { kind, inShowOnly };
  const startedAt = from ?? span?.from;
  const endedAt = to ?? span?.to;
  if (startedAt === undefined || endedAt === undefined)
    throw new UsageError("the file tells no times; say --from and --to");
  return { kind, inShowOnly, show: { title: target.title, startedAt, endedAt } };
}

async function follow(server: Server, id: string): Promise<ImportState> {
  let shown = -1;
  for (;;) {
    const state = await server.stateOf(id);
    if (state.state !== "running") return state;
    const percent = state.total === 0 ? 0 : Math.floor((state.done / state.total) * 10) * 10;
    if (state.total > 0 && percent > shown) say(`导入中 importing … ${state.done} / ${state.total}`);
    shown = Math.max(shown, percent);
    await sleep(300);
  }
}

await runCommand(usage, importFile);
