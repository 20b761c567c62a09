import { z } from "zod";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { PHASES } from "#domain/ops/session.ts";
import { forwardKey } from "#domain/push/forward-part.ts";
import { isLateForwarder, TICK_LATE_MS } from "#domain/push/results.ts";
import { PushCard, PushLink, PUSH_STATUSES } from "#domain/push/shapes.ts";
import { Instant } from "#domain/units.ts";
import type { ForwardPrincipal } from "../../auth/principal.ts";
import { linkOf, wordsToForward } from "../../wecom/pushes/push-message.ts";
import { namedWords } from "../../wecom/pushes/push-names.ts";
import type { ApiContext } from "../context.ts";
import { notFound } from "../failures.ts";

/** What the show itself says of a 员工转发 (domain/push/forward-part.ts). */
const Part = z.object({
  show: z.object({
    title: z.string(),
    phase: z.enum(PHASES),
    rehearsal: z.boolean(),
    plannedStartAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    roomId: z.string(),
  }),
  push: z.object({
    title: z.string(),
    text: z.string(),
    card: PushCard.nullable(),
    link: PushLink,
    corpId: z.string().nullable(),
    status: z.enum(PUSH_STATUSES),
    handedOverAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    closed: z.enum(["useBy", "ended", "hand"]).nullable(),
  }),
  members: z.array(
    z.object({
      taskId: z.string(),
      staffId: z.string(),
      targets: z.int(),
      ticks: z.int(),
      lastTickAt: Instant.nullable(),
    }),
  ),
  groups: z.array(z.object({ taskId: z.string(), groupId: z.string(), tickedAt: Instant.nullable() })).nullable(),
});
export type ForwardPart = z.infer<typeof Part>;

type Asked = Pick<ForwardPrincipal, "sessionId" | "pushId">;

/** Throws where the push is gone. */
export async function readPart(
  { directory }: Pick<ApiContext, "directory">,
  { sessionId, pushId }: Asked,
  memberId?: string,
): Promise<ForwardPart> {
  const { push } = await directory.me(sessionId, forwardKey(pushId, memberId));
  const part = Part.safeParse(push);
  if (!part.success) throw notFound("forward");
  return part.data;
}

/** The show's now; a rehearsal has a clock of its own. */
async function showNow({ directory }: Pick<ApiContext, "directory">, sessionId: string, rehearsal: boolean) {
  const now = Date.now();
  if (!rehearsal) return now;
  const { clock } = await directory.snapshot(sessionId, "viewer");
  return clock ? Math.round(clock.showAt + (now - clock.at) * clock.pace) : now;
}

/** The whole list, without anybody's groups. */
export async function shownList(context: ApiContext, asked: Asked) {
  const { show, push, members } = await readPart(context, asked);
  const [now, { open: names }, [room]] = await Promise.all([
    showNow(context, asked.sessionId, show.rehearsal),
    namesOfWecom(
      context.db,
      members.map(({ staffId }) => staffId),
    ),
    roomsById(context.db, [show.roomId]),
  ]);
  const { handedOverAt } = push;
  const { roomId: _roomId, ...shown } = show;
  return {
    now,
    corpId: push.corpId,
    show: { ...shown, roomName: room?.name ?? "" },
    push: {
      title: push.title,
      status: push.status,
      closed: push.closed,
      handedOverAt,
      lateAt: handedOverAt === null ? null : handedOverAt + TICK_LATE_MS,
      expiresAt: push.expiresAt,
    },
    members: members.map(({ staffId, taskId: _taskId, ...counts }) => ({
      memberId: staffId,
      name: names.get(staffId) ?? "",
      ...counts,
      late: handedOverAt !== null && isLateForwarder({ role: "forward", ...counts }, handedOverAt, now),
    })),
  };
}

/** One member's groups, and the words with their own link. */
export async function shownGroups(context: ApiContext, asked: Asked, memberId: string) {
  const { push, groups, members } = await readPart(context, asked, memberId);
  const own = members.find(({ staffId }) => staffId === memberId);
  if (!own || groups === null) throw notFound("forwarder");
  const { open: names } = await namesOfWecom(
    context.db,
    groups.map(({ groupId }) => groupId),
  );
  const page = (path: string) => new URL(path, context.publicUrl).href;
  const link = linkOf(
    { taskId: own.taskId, copy: { link: push.link, format: "text", mentionAll: false } },
    {
      viewer: (id) => new URL(`/v/${encodeURIComponent(id)}`, context.linkOrigin()).href,
      report: (id) => page(`/shows/${encodeURIComponent(id)}/report`),
    },
    asked.sessionId,
  );
  return {
    taskId: own.taskId,
    words: push.handedOverAt === null ? null : wordsToForward(await namedWords(context.db, push), link),
    link,
    groups: groups.map(({ groupId, tickedAt }) => ({ groupId, name: names.get(groupId) ?? "", tickedAt })),
  };
}
