import { membersById } from "#db/queries/wecom-members.ts";
import { listMassMessages, massTasks, type MassListed } from "../../api/mass-send.ts";
import type { WecomClient } from "../../client.ts";
import { carriesTaskCode } from "../push-link.ts";
import { linkOf, massMessage } from "../push-message.ts";
import { namedWords } from "../push-names.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { readTask, type TaskFacts } from "../task-facts.ts";
import { tell } from "../tell-log.ts";

/** WeCom's clock and ours. */
const CLOCKS_APART_MS = 5 * 60_000;

/**
 * Whether WeCom took a message whose answer was lost. Proof is the task's code in its link; where a push has no link, the only message with these very
 * words since then whose task list names this one sender.
 */
export async function lookUp(
  parts: PushParts,
  sessionId: string,
  { taskId, calledAt }: { readonly taskId: string; readonly calledAt: number },
): Promise<void> {
  const facts = await readTask(parts, sessionId, taskId);
  if (!facts) return;
  const client = await parts.wecomFor({ rehearsal: facts.rehearsal }).clientFor(facts.push.resolved?.corpId ?? "");
  if (!client) throw new NotYetError("no app of the corp is connected");
  const to = facts.push.kind === "customers" ? "customers" : "groups";
  const question = {
    to,
    since: calledAt - CLOCKS_APART_MS,
    until: parts.wall() + CLOCKS_APART_MS,
    kind: "enterprise",
  } as const;
  const { text, card } = await namedWords(parts.db, facts.push.filled ?? { text: "", card: null });
  const wording = { taskId, text, card, copy: facts.push.copy };
  const link = linkOf(wording, parts.links, sessionId);
  const likely: MassListed[] = [];
  for await (const { items } of listMassMessages(client, question)) {
    for (const listed of items) {
      if (facts.otherMsgids.has(listed.msgid)) continue;
      if (link !== null || wording.card?.kind === "miniprogram") {
        if (carries(listed, taskId)) return found(parts, sessionId, taskId, listed.msgid);
      } else if (listed.text === massMessage(wording, null, "-").text) likely.push(listed);
    }
  }
  await found(parts, sessionId, taskId, await onlyOneOf(parts, client, facts, likely));
}

async function found(parts: PushParts, sessionId: string, taskId: string, msgid: string | null): Promise<void> {
  await tell(parts.directory, sessionId, { type: "push.lookedUp", input: { taskId, msgid } });
}

function carries({ text, attachments }: MassListed, taskId: string): boolean {
  const words = [text, ...attachments.flatMap(({ url, page }) => [url ?? "", page ?? ""])];
  return words.some((one) => carriesTaskCode(one, taskId));
}

async function onlyOneOf(
  { db }: PushParts,
  client: WecomClient,
  { task }: TaskFacts,
  likely: readonly MassListed[],
): Promise<string | null> {
  const [member] = task.staffId === null ? [] : await membersById(db, [task.staffId]);
  const mine: string[] = [];
  for (const { msgid } of likely) {
    const senders: string[] = [];
    for await (const { items } of massTasks(client, { msgid })) senders.push(...items.map(({ userid }) => userid));
    if (senders.length === 1 && senders[0] === member?.userid) mine.push(msgid);
  }
  return mine.length === 1 ? (mine[0] ?? null) : null;
}
