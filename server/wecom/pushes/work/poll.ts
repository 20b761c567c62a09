import { membersById } from "#db/queries/wecom-members.ts";
import { chatIdsOf, externalUseridsOf } from "#db/queries/wecom-push-targets.ts";
import type { TaskReport, ResultStatus } from "#domain/push/reports.ts";
import { instant } from "#domain/units.ts";
import { massResults, massTasks, type MassResult } from "../../api/mass-send.ts";
import type { WecomClient } from "../../client.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { readTask } from "../task-facts.ts";
import { tell } from "../tell-log.ts";

const STATUSES: Readonly<Record<MassResult["state"], ResultStatus | null>> = {
  unsent: "unsent",
  sent: "sent",
  notFriend: "notFriend",
  overCap: "overQuota",
  other: null,
};
const RESULTS_AT_ONCE = 10_000;

/** Who has pressed send, and what came of it for each group or customer. WeCom calls nobody back for it. */
export async function poll(
  parts: PushParts,
  sessionId: string,
  { taskId, msgid }: { readonly taskId: string; readonly msgid: string },
): Promise<void> {
  const facts = await readTask(parts, sessionId, taskId);
  if (!facts) return;
  const { push, task, rehearsal, targetIds } = facts;
  const client = await parts.wecomFor({ rehearsal }).clientFor(push.resolved?.corpId ?? "");
  if (!client) throw new NotYetError("no app of the corp is connected");
  const [member] = task.staffId === null ? [] : await membersById(parts.db, [task.staffId]);
  if (!member) throw new NotYetError(`the sender of ${taskId} is not known any more`);
  const outside = await (push.kind === "groups" ? chatIdsOf : externalUseridsOf)(parts.db, targetIds);
  const ours = new Map([...outside].map(([id, theirs]) => [theirs, id]));
  const { sent, sentAt } = await pressed(client, msgid, member.userid);
  const results = await resultsOf(client, { msgid, userid: member.userid }, ours);
  for (let from = 0; from === 0 || from < results.length; from += RESULTS_AT_ONCE) {
    const complete = from + RESULTS_AT_ONCE >= results.length;
    const some = results.slice(from, from + RESULTS_AT_ONCE);
    const report = { taskId, sent, sentAt, results: some, complete };
    await tell(parts.directory, sessionId, { type: "push.polled", input: { reports: [report] } });
  }
}

async function pressed(
  client: WecomClient,
  msgid: string,
  userid: string,
): Promise<Pick<TaskReport, "sent" | "sentAt">> {
  for await (const { items } of massTasks(client, { msgid })) {
    const own = items.find((item) => item.userid === userid);
    if (own) return { sent: own.sent, sentAt: own.sentAt === null ? null : instant(own.sentAt) };
  }
  return { sent: false, sentAt: null };
}

async function resultsOf(
  client: WecomClient,
  question: { readonly msgid: string; readonly userid: string },
  ours: ReadonlyMap<string, string>,
): Promise<TaskReport["results"]> {
  const results: TaskReport["results"] = [];
  for await (const { items } of massResults(client, question)) {
    for (const { chatId, externalUserId, state, sentAt } of items) {
      const targetId = ours.get(chatId ?? externalUserId ?? "");
      const status = STATUSES[state];
      if (targetId !== undefined && status !== null) {
        results.push({ targetId, status, at: sentAt === null ? null : instant(sentAt) });
      }
    }
  }
  return results;
}
