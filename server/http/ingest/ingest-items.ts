import { createHash } from "node:crypto";
import { personsByKey } from "#db/queries/persons-by-key.ts";
import { putCommentTexts } from "#db/queries/put-comment-texts.ts";
import type { Issue } from "#domain/engine.ts";
import type { Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { idFrom, newId } from "../../auth/ids.ts";
import { personKeys } from "../../auth/person-keys.ts";
import { senderId } from "../../auth/principal.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { maySend } from "../access.ts";
import type { ApiContext, Entry } from "../context.ts";
import { denied } from "../failures.ts";
import {
  commandOf,
  sentSchemas,
  toCommandItem,
  type Kind,
  type Learned,
  type Sent,
  type SentPerson,
} from "./item-kinds.ts";
import type { WatchedWords } from "./watched-words.ts";

/**
 * Takes a request's items: those that are well formed become one command, all others are told why not. A request that is sent again
 * changes nothing: the rules know the sender's ids, and the command's id is made from its content.
 */

export type ItemStatus =
  | { readonly status: "ok" }
  | { readonly status: "rejected"; readonly code: string; readonly data?: Json }
  | { readonly status: "invalid"; readonly issues: readonly Issue[] };

export type Ingesting = {
  readonly kind: Kind;
  readonly items: readonly unknown[];
  readonly entry: Entry;
  readonly context: ApiContext;
  readonly watchedWords: (sessionId: string) => Promise<WatchedWords>;
};

type Slot = { readonly at: number; readonly sent: Sent };

export async function ingestItems(ingesting: Ingesting): Promise<ItemStatus[]> {
  const { kind, items, entry } = ingesting;
  const rule = engine.commands.get(commandOf[kind]);
  if (!rule || !maySend(entry.grants, rule)) throw denied();
  const statuses: ItemStatus[] = items.map(() => ({ status: "ok" }));
  const slots: Slot[] = [];
  for (const [at, item] of items.entries()) {
    const read = readItem(kind, item);
    if ("issues" in read) statuses[at] = { status: "invalid", issues: read.issues };
    else slots.push({ at, sent: read });
  }
  if (slots.length === 0) return statuses;
  const learned = await learn(slots, ingesting);
  const commandItems = slots.map(({ sent }) => toCommandItem(sent, learned));
  const whole = await send(commandItems, ingesting);
  if (whole.status === "ok") return statuses;
  // One bad item refuses the whole command and changes nothing: each is asked for itself then.
  const answers = await Promise.all(commandItems.map((item) => send([item], ingesting)));
  for (const [index, { at }] of slots.entries()) statuses[at] = itemStatus(answers[index]);
  return statuses;
}

function readItem(kind: Kind, item: unknown): Sent | { readonly issues: readonly Issue[] } {
  const parsed = sentSchemas[kind].safeParse(item);
  if (parsed.success) return { kind, item: parsed.data } as Sent;
  const issues = parsed.error.issues.flatMap((issue) => {
    const { path, code, message } = issue;
    // Each by its own path: where the misspelt field stands is what its sender looks for.
    const places = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
    return places.map((place) => ({ path: place.map(String).join("."), code: code ?? "custom", message }));
  });
  return { issues: issues.slice(0, 20) };
}

/** Persons and texts first: an id in the log whose text is missing would stay without it. */
async function learn(slots: readonly Slot[], { kind, entry, context, watchedWords }: Ingesting): Promise<Learned> {
  const { db, secret } = context;
  const { sessionId } = entry.place;
  const now = Date.now();
  const { hashOf } = personKeys(secret);
  const sentPersons = slots.flatMap(({ sent }): SentPerson[] => (sent.kind === "audience" ? [] : [sent.item]));
  const wanted = sentPersons.flatMap(({ personKey, personName }) =>
    personKey === undefined ? [] : [{ keyHash: hashOf(personKey), id: newId("v"), name: personName || null }],
  );
  const idByHash = await personsByKey(db, wanted, now);
  const personOf = ({ personKey, personId }: SentPerson): string | null =>
    personId ?? (personKey === undefined ? null : (idByHash.get(hashOf(personKey)) ?? null));
  const commentIdOf = (sentId: string) => idFrom("c", secret, sessionId, sentId);
  if (kind !== "comments") return { personOf, commentIdOf, keywords: [], phrases: [] };
  const texts = slots.flatMap(({ sent }) =>
    sent.kind === "comments"
      ? [
          {
            sessionId,
            commentId: commentIdOf(sent.item.commentId),
            personId: personOf(sent.item),
            text: sent.item.text,
            createdAt: now,
          },
        ]
      : [],
  );
  await putCommentTexts(db, texts);
  return { personOf, commentIdOf, ...(await watchedWords(sessionId)) };
}

async function send(items: readonly Json[], { kind, entry, context }: Ingesting): Promise<CommandAnswer> {
  const type = commandOf[kind];
  const input = { items };
  const digest = createHash("sha256").update(JSON.stringify(input)).digest("base64url");
  const checked = engine.parse({ id: `ingest:${digest}`, type, input });
  if (!("parsed" in checked)) return checked;
  const sender = { id: senderId(entry.principal), grants: entry.grants };
  const answer = await context.directory.send(entry.place.sessionId, checked.parsed, sender);
  if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
  return answer;
}

function itemStatus(answer: CommandAnswer | undefined): ItemStatus {
  if (answer?.status === "rejected") return answer;
  if (answer?.status !== "invalid") return { status: "ok" };
  const issues = answer.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^input\.items\.0\.?/, "") }));
  return { status: "invalid", issues };
}
