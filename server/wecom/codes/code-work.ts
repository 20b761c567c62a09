import type { Database } from "#db/client.ts";
import {
  changeCode,
  codeById,
  knownConfigIds,
  moveCode,
  unfinishedCodes,
  type CodeRow,
} from "#db/queries/wecom-codes.ts";
import { groupsById } from "#db/queries/wecom-groups.ts";
import { membersById } from "#db/queries/wecom-members.ts";
import type { Logger } from "../../lib/log.ts";
import {
  addContactWay,
  deleteContactWay,
  findContactWays,
  getContactWay,
  updateContactWay,
} from "../api/contact-ways.ts";
import { addJoinWay, deleteJoinWay, getJoinWay, type JoinWayWish, updateJoinWay } from "../api/join-ways.ts";
import type { WecomClient } from "../client.ts";
import { isWecomFailure, WecomError } from "../wecom-error.ts";
import { CodeFailure } from "./code-shape.ts";

/**
 * Brings a code from our table to WeCom. The wish is committed before WeCom is asked, and the config_id as soon as it is known. A making whose answer was
 * lost is never simply asked again: contact codes are looked for by their `state` in WeCom's list; group codes stand in no list, so that only a person
 * can decide to make another one (docs/wecom-people.md).
 */

export type ClientOf = (corpId: string) => Promise<WecomClient | null>;
export type CodeDeps = {
  readonly db: Database;
  readonly clientOf: ClientOf;
  /** Where WeCom is reached; its pictures may lie there too. */
  readonly wecomUrl: string;
  readonly now: () => number;
  readonly log: Logger;
};

/** A making that is younger may still be under way in another process. */
const UNFINISHED_MS = 60_000;
/** A request that was cut may arrive this much later: what is not found before proves nothing. */
const SETTLED_MS = 30_000;
/** WeCom's clock and ours differ by less. */
const CLOCKS_MS = 3_600_000;

/** Makes what stands as `creating`. */
export async function makeCode(id: string, deps: CodeDeps): Promise<void> {
  const { db, now } = deps;
  const row = await codeById(db, id);
  if (row?.status !== "creating") return;
  try {
    const client = await clientFor(row, deps);
    const made = await addCode(client, row, db);
    await changeCode(db, id, {
      status: "live",
      configId: made.configId,
      qrUrl: made.qrUrl,
      failure: null,
      changedAt: now(),
    });
    if (made.qrUrl === null) await readAgain(id, deps);
  } catch (error) {
    const failure = failureOf(error);
    const isSure = !isWecomFailure(error) || error.outcome === "notSent";
    deps.log.warn({ err: error, codeId: id }, isSure ? "a code was not made" : "nobody knows whether a code was made");
    await moveCode(db, id, {
      from: ["creating"],
      change: { status: isSure ? "refused" : "unknown", failure, changedAt: now() },
    });
    if (!isSure)
      await lookForCode(id, deps).catch((err: unknown) =>
        deps.log.warn({ err, codeId: id }, "a code could not be looked for"),
      );
  }
}

/**
 * Looks among WeCom's contact codes for one whose making had no answer. Found: it is live. Not there half a minute later: refused, so that it may be made
 * again.
 * Group codes stay unknown.
 */
export async function lookForCode(id: string, deps: CodeDeps): Promise<void> {
  const { db, now } = deps;
  const row = await codeById(db, id);
  if (row?.status !== "unknown" || row.kind !== "contact") return;
  const client = await clientFor(row, deps);
  for await (const page of findContactWays(client, { since: row.createdAt - CLOCKS_MS })) {
    const known = await knownConfigIds(db, row.corpId, page.items);
    for (const configId of page.items.filter((one) => !known.has(one))) {
      const way = await getContactWay(client, configId);
      if (way.state !== row.state) continue;
      const change = { status: "live", configId, qrUrl: way.qrCode, failure: null, pending: true, changedAt: now() };
      await moveCode(db, id, { from: ["unknown"], change });
      await sendChange(id, deps);
      return;
    }
  }
  if (now() - row.changedAt < SETTLED_MS) return;
  await moveCode(db, id, {
    from: ["unknown"],
    change: {
      status: "refused",
      failure: { code: "code.notMade", errcode: null } satisfies CodeFailure,
      changedAt: now(),
    },
  });
}

/** Tells WeCom what a live code became, whole; doing it twice is the same. */
export async function sendChange(id: string, deps: CodeDeps): Promise<void> {
  const { db, now } = deps;
  const row = await codeById(db, id);
  if (row?.status !== "live" || row.configId === null || !row.pending) return;
  try {
    const client = await clientFor(row, deps);
    if (row.kind === "group") await updateJoinWay(client, { ...(await joinWayOf(row, db)), configId: row.configId });
    else await updateContactWay(client, { ...(await contactWayOf(row, db)), configId: row.configId });
    // What was changed meanwhile is sent by whoever changed it.
    const latest = await codeById(db, id);
    if (latest?.changedAt === row.changedAt) await changeCode(db, id, { pending: false, failure: null });
  } catch (error) {
    deps.log.warn({ err: error, codeId: id }, "a change of a code did not reach WeCom");
    await changeCode(db, id, { failure: failureOf(error), changedAt: Math.max(now(), row.changedAt) });
  }
}

/** Takes what stands as `deleting` out of WeCom; a code that WeCom does not know is deleted. */
export async function dropCode(id: string, deps: CodeDeps): Promise<void> {
  const { db, now } = deps;
  const row = await codeById(db, id);
  if (row?.status !== "deleting") return;
  try {
    if (row.configId !== null) await deleteWay(await clientFor(row, deps), row.kind, row.configId);
    const at = now();
    await changeCode(db, id, { status: "deleted", deletedAt: at, changedAt: at, pending: false, failure: null });
  } catch (error) {
    deps.log.warn({ err: error, codeId: id }, "a code could not be deleted");
    await changeCode(db, id, { failure: failureOf(error), changedAt: now() });
  }
}

/** The address of the picture, and which groups WeCom has put behind the code by itself. */
export async function readAgain(id: string, deps: CodeDeps): Promise<void> {
  const { db } = deps;
  const row = await codeById(db, id);
  if (!row || row.configId === null) return;
  const client = await clientFor(row, deps);
  const { qrCode } =
    row.kind === "group" ? await getJoinWay(client, row.configId) : await getContactWay(client, row.configId);
  if (qrCode !== null && qrCode !== row.qrUrl) {
    await changeCode(db, id, { qrUrl: qrCode, qrPicture: null, qrMediaType: null });
  }
}

/** What a process left behind when it went: makings without an answer are looked for, changes and deletions done again. */
export async function finishCodes(deps: CodeDeps): Promise<void> {
  const { db, now } = deps;
  for (const row of await unfinishedCodes(db, now() - UNFINISHED_MS)) {
    if (row.status === "creating") {
      const failure = { code: "code.unanswered", errcode: null } satisfies CodeFailure;
      const moved = await moveCode(db, row.id, {
        from: ["creating"],
        change: { status: "unknown", failure, changedAt: now() },
      });
      if (moved) await lookForCode(row.id, deps);
    } else if (row.status === "unknown") await lookForCode(row.id, deps);
    // What WeCom said no to, it will say no to again: a person has to look.
    else if (refusedByWecom(row)) continue;
    else if (row.status === "deleting") await dropCode(row.id, deps);
    else await sendChange(row.id, deps);
  }
}

function refusedByWecom({ failure }: CodeRow): boolean {
  const told = CodeFailure.nullable().safeParse(failure);
  return told.success && told.data?.errcode != null;
}

type Made = { readonly configId: string; readonly qrUrl: string | null };

async function addCode(client: WecomClient, row: CodeRow, db: Database): Promise<Made> {
  if (row.kind === "group") return { configId: await addJoinWay(client, await joinWayOf(row, db)), qrUrl: null };
  const { configId, qrCode } = await addContactWay(client, { ...(await contactWayOf(row, db)), state: row.state });
  return { configId, qrUrl: qrCode };
}

async function joinWayOf(row: CodeRow, db: Database): Promise<JoinWayWish> {
  const { name, state, autoCreate, roomBaseName, roomBaseId } = row;
  const groups = new Map((await groupsById(db, row.targetIds)).map(({ id, chatId }) => [id, chatId]));
  const chatIds = row.targetIds.flatMap((id) => groups.get(id) ?? []);
  const nextGroup =
    autoCreate && roomBaseName !== null ? { baseName: roomBaseName, firstNumber: roomBaseId ?? 1 } : null;
  return { kind: "code", remark: name, state, chatIds, nextGroup };
}

async function contactWayOf(row: CodeRow, db: Database) {
  const members = new Map((await membersById(db, row.targetIds)).map(({ id, userid }) => [id, userid]));
  const users = row.targetIds.flatMap((id) => members.get(id) ?? []);
  return { users, remark: row.name, skipVerify: row.skipVerify, state: row.state };
}

async function deleteWay(client: WecomClient, kind: string, configId: string): Promise<void> {
  try {
    await (kind === "group" ? deleteJoinWay(client, configId) : deleteContactWay(client, configId));
  } catch (error) {
    if (!(error instanceof WecomError && error.class === "gone")) throw error;
  }
}

/** No credentials: nothing was sent. */
class NoClientError extends Error {
  override readonly name = "NoClientError";
}

async function clientFor({ corpId }: CodeRow, { clientOf }: CodeDeps): Promise<WecomClient> {
  const client = await clientOf(corpId);
  if (!client) throw new NoClientError(corpId);
  return client;
}

function failureOf(error: unknown): CodeFailure {
  if (error instanceof NoClientError) return { code: "wecom.notConnected", errcode: null };
  if (error instanceof WecomError) return { code: `wecom.${error.class}`, errcode: error.errcode };
  return { code: isWecomFailure(error) ? "wecom.noAnswer" : "server.failed", errcode: null };
}
