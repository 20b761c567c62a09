import { z } from "zod";
import { ownMsgids } from "#db/queries/own-msgids.ts";
import { knownContacts, knownGroups, liveGroupIds } from "#db/queries/quota-targets.ts";
import { spanOf, type QuotaState } from "#domain/corp/quota-state.ts";
import { DAY_MS, dayNumberOf, dayOf, dayText, startOfDay } from "#domain/shanghai-day.ts";
import { listMassMessages, massResults, massTasks, type MassListed } from "./api/mass-send.ts";
import type { Observed } from "./quota-account.ts";
import type { StepAt, StepContext, StepDone } from "./sync/step.ts";
import { WecomError } from "./wecom-error.ts";

/**
 * Reads who sent what to whom, so that what members send by themselves and what the admin sends counts too. A step asks so many questions and says where
 * the next one goes on: inside a page of messages, at a message, at one of its senders.
 */

const QUESTIONS_A_STEP = 60;
/** WeCom lists a month at a time. */
const WINDOW_MS = 28 * DAY_MS;
/** Members press send days later, and a press counts on its own day: so messages are looked at for as long as this after they were made. */
const PRESS_DAYS = 30;
/** Results come in some minutes after the press: a day that was read is looked at once more. */
const SETTLING_DAYS = 1;
/** Until then a message of ours may not be known as ours by its number: it would count twice. */
const YOUNG_MS = 10 * 60_000;
const TARGETS_AT_ONCE = 20_000;

const Cursor = z.object({
  /** Days read whole begin here. */
  fromDay: z.int(),
  /** Who pressed before this was read with an earlier reading. A reading that was begun by an older release has none. */
  pressedFrom: z.int().default(0),
  since: z.int(),
  until: z.int(),
  to: z.enum(["groups", "customers"]),
  window: z.int(),
  page: z.string().nullable(),
  message: z.int(),
  sender: z.int(),
});
type Cursor = z.infer<typeof Cursor>;

export async function stepQuota(context: StepContext, at: StepAt): Promise<StepDone> {
  const cursor = at.cursor === null ? await begin(context, at.startedAt) : Cursor.parse(JSON.parse(at.cursor));
  const { next, messages, sends } = await readOn(context, cursor);
  for (const some of inPieces(sends)) await context.quota.observe(context.corpId, { sends: some, read: null });
  if (next === null) await noteRead(context, cursor);
  return { next: next && JSON.stringify(next), done: at.done + messages, total: null };
}

async function begin({ db, quota, corpId }: StepContext, startedAt: number): Promise<Cursor> {
  const today = dayNumberOf(startedAt);
  // Whatever the rule is or will be: its month and its week are read.
  const fromDay = Math.min(spanOf("daysOfMonth", today).from, spanOf("sevenAWeek", today).from);
  const readTo = readToOf(await quota.state(corpId), await liveGroupIds(db, corpId), fromDay);
  const pressedDay = Math.max(fromDay, (readTo ?? fromDay) - SETTLING_DAYS);
  return {
    fromDay,
    pressedFrom: startOfDay(pressedDay),
    since: startOfDay(fromDay - PRESS_DAYS),
    until: startedAt,
    to: "groups",
    window: 0,
    page: null,
    message: 0,
    sender: 0,
  };
}

/** Up to which day every group is read without a gap. */
function readToOf({ accounts }: QuotaState, groupIds: readonly string[], fromDay: number): number | null {
  let to = Number.POSITIVE_INFINITY;
  for (const id of groupIds) {
    const account = accounts.get(id);
    if (account?.readFrom == null || account.readTo === null || account.readFrom > fromDay) return null;
    to = Math.min(to, account.readTo);
  }
  return Number.isFinite(to) ? to : null;
}

type Sends = Observed["sends"][number][];
type ReadOn = { readonly next: Cursor | null; readonly messages: number; readonly sends: Sends };

async function readOn(context: StepContext, cursor: Cursor): Promise<ReadOn> {
  const { client, signal, db } = context;
  const since = cursor.since + cursor.window * WINDOW_MS;
  const until = Math.min(cursor.until, since + WINDOW_MS);
  const question = { to: cursor.to, since, until, kind: "all", from: cursor.page } as const;
  const page = (await listMassMessages(client, question, { signal }).next()).value;
  const items = page?.items ?? [];
  const own = await ownMsgids(
    db,
    items.map(({ msgid }) => msgid),
  );
  const sends: Sends = [];
  let left = QUESTIONS_A_STEP;
  for (const [index, message] of items.entries()) {
    if (index < cursor.message || own.has(message.msgid) || isYoung(message, context.now())) continue;
    const from = index === cursor.message ? cursor.sender : 0;
    const { to, pressedFrom } = cursor;
    const read = await readMessage(context, { message, to, from, questions: left, pressedFrom });
    sends.push(...read.sends);
    left -= read.asked;
    if (read.nextSender !== null || left <= 0) {
      const next = { ...cursor, message: read.nextSender === null ? index + 1 : index, sender: read.nextSender ?? 0 };
      return { next, messages: next.message - cursor.message, sends };
    }
  }
  const messages = Math.max(0, items.length - cursor.message);
  const fresh = { ...cursor, message: 0, sender: 0 };
  if (page && page.next !== null) return { next: { ...fresh, page: page.next }, messages, sends };
  if (until < cursor.until) return { next: { ...fresh, page: null, window: cursor.window + 1 }, messages, sends };
  if (cursor.to === "groups") {
    return { next: { ...fresh, page: null, window: 0, to: "customers" }, messages, sends };
  }
  return { next: null, messages, sends };
}

const isYoung = ({ kind, creator, createdAt }: MassListed, now: number): boolean =>
  kind === "enterprise" && creator === null && createdAt !== null && createdAt > now - YOUNG_MS;

type Asked = {
  readonly message: MassListed;
  readonly to: Cursor["to"];
  /** The first of its senders to be asked about. */
  readonly from: number;
  readonly questions: number;
  readonly pressedFrom: number;
};
type MessageRead = { readonly sends: Sends; readonly asked: number; readonly nextSender: number | null };

async function readMessage(
  context: StepContext,
  { message, to, from, questions, pressedFrom }: Asked,
): Promise<MessageRead> {
  const { client, signal } = context;
  const { msgid, kind } = message;
  const source = kind === "personal" ? "own" : "corp";
  const sends: Sends = [];
  let asked = 1;
  try {
    const senders: string[] = [];
    for await (const { items } of massTasks(client, { msgid }, { signal })) {
      const pressed = items.filter(({ sent, sentAt }) => sent && (sentAt === null || sentAt >= pressedFrom));
      senders.push(...pressed.map(({ userid }) => userid));
    }
    for (const [index, userid] of senders.entries()) {
      if (index < from) continue;
      if (asked >= questions) return { sends, asked, nextSender: index };
      for await (const { items } of massResults(client, { msgid, userid }, { signal })) {
        asked += 1;
        const got = items.filter(({ state }) => state === "sent");
        const outside = got.flatMap(({ chatId, externalUserId }) => chatId ?? externalUserId ?? []);
        const ours = await (to === "groups" ? knownGroups : knownContacts)(context.db, context.corpId, outside);
        const byDay = Map.groupBy(got, ({ sentAt }) => dayOf(sentAt ?? message.createdAt ?? context.now()));
        for (const [day, results] of byDay) {
          const targetIds = results.flatMap(
            ({ chatId, externalUserId }) => ours.get(chatId ?? externalUserId ?? "") ?? [],
          );
          if (targetIds.length > 0) sends.push({ sendId: msgid, day, source, targetIds });
        }
      }
    }
  } catch (error) {
    // WeCom says so of a message that was made a moment ago; it is read with the next reading.
    if (!(error instanceof WecomError) || error.class !== "notReady") throw error;
  }
  return { sends, asked, nextSender: null };
}

/** All groups count as read, and of the customers those of whom anything is kept: of others nothing is asked. */
async function noteRead({ db, quota, corpId }: StepContext, { fromDay, until }: Cursor): Promise<void> {
  const { accounts } = await quota.state(corpId);
  const targets = new Set([...(await liveGroupIds(db, corpId)), ...accounts.keys()]);
  const days = { from: dayText(fromDay), to: dayOf(until) };
  const all = [...targets];
  for (let at = 0; at < all.length; at += TARGETS_AT_ONCE) {
    const targetIds = all.slice(at, at + TARGETS_AT_ONCE);
    await quota.observe(corpId, { sends: [], read: { targetIds, ...days } });
  }
}

const SENDS_AT_ONCE = 400;

function* inPieces(sends: Sends): Generator<Sends> {
  for (let at = 0; at < sends.length; at += SENDS_AT_ONCE) yield sends.slice(at, at + SENDS_AT_ONCE);
}
