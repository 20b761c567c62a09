import { membersById } from "#db/queries/wecom-members.ts";
import type { RobotClient } from "../../robot-client.ts";
import type { RobotMessage } from "../../robot-message.ts";
import { linkOf, nudgeMessage, pictureMessage, robotMessage } from "../push-message.ts";
import { namedWords } from "../push-names.ts";
import { NoMediaError } from "../push-media.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { readTask, type TaskFacts } from "../task-facts.ts";
import { tell } from "../tell-log.ts";
import { outcomeOf } from "./outcome.ts";

/** A message that would wait longer than this for its turn is not written down as under way yet; those that wait less may go out as one. */
const QUEUE_MS_MAX = 10_000;
/** Without an end of its own: what is not out by then says nothing any more. */
const USEFUL_MS = 10 * 60_000;

/** As WeCom refuses a picture: it was forgotten, or is larger than a robot may carry. No later try helps. */
const UNSENDABLE = { is: "refused", errcode: 40_007, class: "content" } as const;

/** Into one internal group, at most once: the intent is written first, and what came of the call is never tried again. */
export async function robotSend(parts: PushParts, sessionId: string, taskId: string): Promise<void> {
  const facts = await readTask(parts, sessionId, taskId);
  if (!facts) return;
  const robot = await robotOf(parts, facts);
  const message = await messageOf(parts, sessionId, facts).catch((error: unknown) => {
    if (error instanceof RangeError || error instanceof NoMediaError) return null;
    throw error;
  });
  const lane = facts.task.role === "nudge" ? "normal" : "urgent";
  if (robot.queue().nextInMs > QUEUE_MS_MAX) throw new NotYetError("the robot said as much as it may in this minute");
  const intent = await tell(parts.directory, sessionId, { type: "push.call", input: { taskId } });
  if (intent.status !== "ok") return;
  if (message === null) {
    await tell(parts.directory, sessionId, { type: "push.called", input: { taskId, outcome: UNSENDABLE } });
    return;
  }
  const useBy = Math.min(facts.push.expiresAt ?? Number.POSITIVE_INFINITY, parts.wall() + USEFUL_MS);
  const outcome = await robot.send({ message, lane, useBy, mayJoin: true }).then(
    () => ({ is: "handedOver" as const, msgid: null, failed: [] }),
    (error: unknown) => outcomeOf(error),
  );
  await tell(parts.directory, sessionId, { type: "push.called", input: { taskId, outcome } });
}

async function robotOf(parts: PushParts, { task, rehearsal }: TaskFacts): Promise<RobotClient> {
  const robot = await parts.wecomFor({ rehearsal }).robotFor(task.robotId ?? "");
  if (!robot) throw new NotYetError("that robot is not connected");
  return robot;
}

async function messageOf(parts: PushParts, sessionId: string, { push, task }: TaskFacts): Promise<RobotMessage> {
  const { db, media, links } = parts;
  if (task.role === "nudge") {
    const list = push.kind === "forward" ? links.forward(sessionId, push.pushId) : null;
    return nudgeMessage({ title: push.title, list }, await membersById(db, task.staffIds));
  }
  const { text, card } = await namedWords(db, push.filled ?? push.copy);
  if (card?.kind === "image" && text === "") return pictureMessage(await media.bytes(card.mediaKey));
  const wording = { taskId: task.taskId, text, card, copy: push.copy };
  const link = push.kind === "forward" ? links.forward(sessionId, push.pushId) : linkOf(wording, links, sessionId);
  const named = await membersById(db, push.copy.mentionStaffIds);
  return robotMessage(
    wording,
    link,
    named.map(({ userid }) => userid),
  );
}
