import { z } from "zod";
import { corpStream } from "#domain/corp/index.ts";
import type { Owed } from "#domain/push/owed.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { tell, tellStream } from "../tell-log.ts";

/** The corp's account of quota, which all its shows share: a stream of its own, so two plans can't both take the last send. */

type Piece<K extends Owed["kind"]> = Extract<Owed, { kind: K }>;
const Taken = z.object({ over: z.array(z.string()), unknown: z.int() });

export async function reserve({ directory }: PushParts, sessionId: string, owed: Piece<"reserve">): Promise<void> {
  const { pushId, rev, day, corpId, targetIds } = owed;
  const input = { pushId, sessionId, day, targetIds };
  const answer = await tellStream(directory, corpStream(corpId), { type: "quota.reserve", input });
  if (answer.status !== "ok") throw new NotYetError(`the account of ${corpId} refused: ${answer.code}`);
  const { over, unknown } = Taken.parse(answer.result);
  await tell(directory, sessionId, { type: "push.reserved", input: { pushId, rev, day, over, unknown } });
}

export async function giveBack({ directory }: PushParts, sessionId: string, owed: Piece<"release">): Promise<void> {
  const { pushId, rev, corpId } = owed;
  await tellStream(directory, corpStream(corpId), { type: "quota.release", input: { pushId } });
  await tell(directory, sessionId, { type: "push.released", input: { pushId, rev } });
}

export async function settleQuota(
  { directory }: PushParts,
  sessionId: string,
  { pushId, rev, corpId, used }: Piece<"settleQuota">,
): Promise<void> {
  await tellStream(directory, corpStream(corpId), { type: "quota.settle", input: { pushId, used } });
  await tell(directory, sessionId, { type: "push.quotaSettled", input: { pushId, rev } });
}
