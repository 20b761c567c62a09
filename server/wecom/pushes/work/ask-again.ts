import { cancelMassMessage, remindSenders } from "../../api/mass-send.ts";
import { isWecomFailure, WecomError } from "../../wecom-error.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { readTask } from "../task-facts.ts";
import { tell } from "../tell-log.ts";

const calls = {
  remind: { type: "push.reminded", call: remindSenders },
  cancelCall: { type: "push.cancelled", call: cancelMassMessage },
} as const;

/** Reminds the sender of a message, or stops what of it is unsent. Either may be asked for twice without harm. */
export async function askAgain(
  parts: PushParts,
  sessionId: string,
  { kind, taskId, msgid }: { readonly kind: keyof typeof calls; readonly taskId: string; readonly msgid: string },
): Promise<void> {
  const facts = await readTask(parts, sessionId, taskId);
  if (!facts) return;
  const client = await parts.wecomFor({ rehearsal: facts.rehearsal }).clientFor(facts.push.resolved?.corpId ?? "");
  if (!client) throw new NotYetError("no app of the corp is connected");
  const { type, call } = calls[kind];
  const errcode = await call(client, msgid).then(
    () => 0,
    (error: unknown) => {
      if (!isWecomFailure(error)) throw error;
      return error instanceof WecomError ? error.errcode : null;
    },
  );
  await tell(parts.directory, sessionId, { type, input: { taskId, errcode } });
}
