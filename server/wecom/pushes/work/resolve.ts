import { corpOfRoom } from "#db/queries/wecom-room-corps.ts";
import { listCorps } from "#db/queries/wecom-corps.ts";
import { roomsById } from "#db/queries/rooms.ts";
import type { Owed } from "#domain/push/owed.ts";
import type { ResolvedTask } from "#domain/push/shapes.ts";
import { randomLetters } from "../../../auth/ids.ts";
import { NotYetError, type PushParts } from "../push-parts.ts";
import { showFacts } from "../task-facts.ts";
import { tell } from "../tell-log.ts";

/** Eleven letters: nobody guesses the code of another task. */
const CODE_BYTES = 8;

/** Makes tasks of a selection: who sends to whom. */
export async function resolve(
  parts: PushParts,
  sessionId: string,
  owed: Extract<Owed, { kind: "resolve" }>,
): Promise<void> {
  const { pushId, rev, audience, pushKind } = owed;
  const { roomId, rehearsal } = await parts.directory.read(sessionId, showFacts);
  const corpId = owed.corpId ?? (await corpOfRoom(parts.db, roomId, rehearsal ? "rehearsal" : "show"));
  if (corpId === undefined) throw new NotYetError(`room ${roomId} has no corp`);
  const { tasks, leftOut } = await parts.resolveAudience({ corpId, kind: pushKind, audience });
  const coded = tasks.map((task): ResolvedTask => ({ ...task, taskId: randomLetters(CODE_BYTES) }));
  const [room] = await roomsById(parts.db, [roomId]);
  // Stand-ins have no row: the rule refuses a rehearsal that would use a real corp, and the other way round (PSH8).
  const emulated = !(await listCorps(parts.db)).some(({ id }) => id === corpId);
  const zone = room?.timeZone ?? "Asia/Shanghai";
  const input = { pushId, rev, corpId, emulated, zone, tasks: coded, leftOut };
  await tell(parts.directory, sessionId, { type: "push.resolved", input });
}
