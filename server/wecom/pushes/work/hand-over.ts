import { chatIdsOf, externalUseridsOf } from "#db/queries/wecom-push-targets.ts";
import { membersById } from "#db/queries/wecom-members.ts";
import type { PushCard } from "#domain/push/shapes.ts";
import { addMassMessage, type MassMessage, type MassTargets } from "../../api/mass-send.ts";
import type { WecomClient } from "../../client.ts";
import { linkOf, massMessage } from "../push-message.ts";
import { namedWords } from "../push-names.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { readTask, type TaskFacts } from "../task-facts.ts";
import { tell } from "../tell-log.ts";
import { outcomeOf } from "./outcome.ts";

type Ready = {
  readonly client: WecomClient;
  readonly sender: string;
  /** Our id by WeCom's. */
  readonly ours: ReadonlyMap<string, string>;
  readonly message: MassMessage;
};

/**
 * One task of a 群发. All that can fail without harm comes first; then the intent is written, and only when that was answered `ok` WeCom is called,
 * once. Whatever happens from there on, nobody calls again: what is not told is looked up.
 */
export async function handOver(parts: PushParts, sessionId: string, taskId: string): Promise<void> {
  const facts = await readTask(parts, sessionId, taskId);
  if (!facts) return;
  const ready = await prepare(parts, sessionId, facts);
  const intent = await tell(parts.directory, sessionId, { type: "push.call", input: { taskId } });
  if (intent.status !== "ok") return;
  const outcome = await call(facts, ready);
  await tell(parts.directory, sessionId, { type: "push.called", input: { taskId, outcome } });
}

async function prepare(parts: PushParts, sessionId: string, facts: TaskFacts): Promise<Ready> {
  const { push, task, rehearsal, targetIds } = facts;
  const { db, media, links } = parts;
  const client = await parts.wecomFor({ rehearsal }).clientFor(push.resolved?.corpId ?? "");
  if (!client) throw new NotYetError("no app of the corp is connected");
  const [member] = task.staffId === null ? [] : await membersById(db, [task.staffId]);
  if (!member) throw new NotYetError(`the sender of ${task.taskId} is not known any more`);
  const outside = await (push.kind === "groups" ? chatIdsOf : externalUseridsOf)(db, targetIds);
  const { card: asPlanned, text } = await namedWords(db, push.filled ?? push.copy);
  const card = await withCover(asPlanned, (key) => media.addressFor(client, key));
  const mediaId = card === null || card.kind === "link" ? null : await media.mediaIdFor(client, card.mediaKey);
  const wording = { taskId: task.taskId, text, card, copy: push.copy };
  const message = massMessage(wording, linkOf(wording, links, sessionId), mediaId);
  return { client, sender: member.userid, ours: new Map([...outside].map(([id, theirs]) => [theirs, id])), message };
}

/** A cover of Kaibo's own lies where WeCom can't fetch it: it is handed over, and stands in the card by the address that WeCom gave it. */
async function withCover(card: PushCard | null, addressOf: (key: string) => Promise<string>): Promise<PushCard | null> {
  if (card?.kind !== "link" || !card.coverKey) return card;
  return { ...card, picUrl: await addressOf(card.coverKey) };
}

async function call({ push }: TaskFacts, { client, sender, ours, message }: Ready) {
  const reached = [...ours.keys()];
  // All of them were forgotten since: nothing is to be sent, and without names WeCom would send to everybody.
  if (reached.length === 0) return { is: "refused" as const, errcode: NOBODY, class: "target" };
  const targets: MassTargets =
    push.kind === "groups"
      ? { to: "groups", sender, chatIds: reached }
      : { to: "customers", sender, externalUserIds: reached };
  try {
    const { msgid, failed } = await addMassMessage(client, { targets, message });
    return { is: "handedOver" as const, msgid, failed: failed.flatMap((theirs) => ours.get(theirs) ?? []) };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** WeCom's "no customer can be sent to". */
const NOBODY = 41048;
