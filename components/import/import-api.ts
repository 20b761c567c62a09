import * as z from "zod/mini";
import { AnyAnswer, request, type Failure, type Reply } from "../http/request.ts";

/** Files on their way into a show: docs/api-for-screens.md. Rows and columns count from 0; money in fen, times in ms UTC. */

export const KINDS = ["orders", "audience"] as const;
export type Kind = (typeof KINDS)[number];

const Issue = z.object({ row: z.number(), col: z.number(), code: z.string(), value: z.string() });
export type Issue = z.infer<typeof Issue>;

const Totals = z.object({
  orders: z.number(),
  paidOrders: z.number(),
  paidUnits: z.number(),
  paidFen: z.number(),
  refundedFen: z.number(),
});
export type Totals = z.infer<typeof Totals>;

const Span = z.object({ from: z.number(), to: z.number() });
export type Span = z.infer<typeof Span>;

const Standing = z.object({ fresh: z.number(), changed: z.number(), same: z.number() });
export type Standing = z.infer<typeof Standing>;

const Column = z.object({
  col: z.number(),
  header: z.string(),
  field: z.nullable(z.string()),
  confidence: z.number(),
  samples: z.array(z.string()),
});
export type Column = z.infer<typeof Column>;

const Preview = z.object({
  kind: z.enum(KINDS),
  file: z.object({
    kind: z.string(),
    encoding: z.nullable(z.string()),
    damaged: z.number(),
    sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.number() })),
  }),
  sheet: z.number(),
  rows: z.number(),
  head: z.array(z.array(z.string())),
  headerRow: z.nullable(z.number()),
  fields: z.array(z.string()),
  columns: z.array(Column),
  errors: z.array(Issue),
  errorCount: z.number(),
  warnings: z.array(Issue),
  warningCount: z.number(),
  standing: z.nullable(Standing),
  span: z.nullable(Span),
  orders: z.nullable(
    z.object({ fileTotals: Totals, importedTotals: Totals, inside: z.nullable(Totals), show: z.nullable(Span) }),
  ),
  audience: z.nullable(z.object({ samples: z.number(), cumulative: z.array(z.string()) })),
  earlier: z.array(z.object({ sessionId: z.string(), at: z.number() })),
});
export type Preview = z.infer<typeof Preview>;

const Result = z.object({
  items: z.number(),
  standing: z.nullable(Standing),
  refused: z.array(z.object({ id: z.string(), code: z.string(), path: z.optional(z.string()) })),
  refusedCount: z.number(),
  totals: z.nullable(Totals),
  show: z.object({ paidFen: z.nullable(z.number()), refundedFen: z.number(), orders: z.nullable(z.number()) }),
});

export const ImportState = z.object({
  id: z.string(),
  sessionId: z.nullable(z.string()),
  kind: z.enum(KINDS),
  fileName: z.string(),
  state: z.enum(["uploaded", "running", "done", "failed"]),
  done: z.number(),
  total: z.number(),
  code: z.nullable(z.string()),
  result: z.nullable(Result),
  createdAt: z.number(),
  movedAt: z.number(),
});
export type ImportState = z.infer<typeof ImportState>;

const Uploaded = z.object({ id: z.string(), preview: Preview });
export type Uploaded = z.infer<typeof Uploaded>;

export type Target =
  | { readonly kind: "show"; readonly sessionId: string }
  | { readonly kind: "room"; readonly roomId: string };

/** How the file is to be read, where the person said so. */
export type Choice = {
  readonly kind?: Kind;
  readonly sheet?: number;
  readonly headerRow?: number;
  readonly fields?: readonly string[];
  readonly startedAt?: number;
};

export type Commit = Choice & {
  readonly inShowOnly?: boolean;
  readonly show?: { readonly title: string; readonly startedAt: number; readonly endedAt: number };
};

export const FILE_BYTES_MAX = 20 * 1024 * 1024;

const pathOf = (target: Target) =>
  target.kind === "show"
    ? `/api/v1/sessions/${target.sessionId}/imports`
    : `/api/v1/rooms/${encodeURIComponent(target.roomId)}/imports`;

/** Sends the file, telling how much of it is through (0 to 1). By XMLHttpRequest: fetch can't tell. */
export function uploadFile(target: Target, file: File, onSent: (share: number) => void): Promise<Reply<Uploaded>> {
  const form = new FormData();
  form.set("fileAt", String(file.lastModified));
  form.set("file", file);
  const failed = (failure: Failure): Reply<Uploaded> => ({ ok: false, failure });
  return new Promise((resolve) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", pathOf(target));
    sending.upload.addEventListener("progress", ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0));
    sending.addEventListener("error", () => resolve(failed({ kind: "offline", code: "http.offline" })));
    sending.addEventListener("load", () => resolve(answerOf(sending.status, sending.responseText)));
    sending.send(form);
  });
}

const Refusal = z.object({
  status: z.optional(z.string()),
  code: z.optional(z.string()),
  data: z.optional(z.unknown()),
});

function answerOf(status: number, text: string): Reply<Uploaded> {
  const body = jsonOf(text);
  const uploaded = Uploaded.safeParse(body);
  if (status === 201 && uploaded.success) return { ok: true, value: uploaded.data };
  const refusal = Refusal.safeParse(body);
  const { code, data } = refusal.success ? refusal.data : {};
  if (status === 413)
    return { ok: false, failure: { kind: "refused", code: "import.tooLarge", data: { detail: "bytes" } } };
  const kind =
    status === 409
      ? "refused"
      : status === 401 || status === 403
        ? "denied"
        : status === 503 || status === 429
          ? "retry"
          : "broken";
  return {
    ok: false,
    failure: {
      kind,
      code: code ?? (kind === "retry" ? "http.retry" : "http.broken"),
      ...(data === undefined ? {} : { data }),
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    console.error("an upload was answered without JSON", cause);
    return null;
  }
}

const one = (id: string) => `/api/v1/imports/${encodeURIComponent(id)}`;

export const lookAgain = (id: string, choice: Choice) =>
  request(`${one(id)}/preview`, { method: "POST", body: choice, shape: Preview });
export const commitImport = (id: string, commit: Commit) =>
  request(`${one(id)}/commit`, { method: "POST", body: commit, shape: ImportState });
export const importState = (id: string, signal: AbortSignal) => request(one(id), { shape: ImportState, signal });
export const giveUp = (id: string) => request(one(id), { method: "DELETE", shape: AnyAnswer });

const History = z.object({ imports: z.array(ImportState) });
export const importsOf = (sessionId: string, signal: AbortSignal) =>
  request(`/api/v1/sessions/${sessionId}/imports`, { shape: History, signal });
