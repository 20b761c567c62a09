import * as z from "zod/mini";
import { request, type Reply } from "../http/request.ts";
import { RoleName } from "../shell/me.ts";
import { Show } from "../shows/show-list.ts";

const ShowDetail = z.extend(Show, { roles: z.array(RoleName) });
const Room = z.object({
  id: z.string(),
  name: z.string(),
  productRoles: z.array(z.string()),
});
const Member = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(RoleName),
  hasAccount: z.boolean(),
  disabled: z.boolean(),
});
export type Member = z.infer<typeof Member>;
const Members = z.object({ members: z.array(Member) });

/** What the plan page knows beside the show's own view. */
export type PlanData = {
  readonly show: z.infer<typeof ShowDetail>;
  readonly room: z.infer<typeof Room>;
  readonly members: readonly Member[];
};

export async function loadPlanData(sessionId: string, signal: AbortSignal): Promise<Reply<PlanData>> {
  const show = await request(`/api/v1/sessions/${sessionId}`, { shape: ShowDetail, signal });
  if (!show.ok) return show;
  const { roomId } = show.value;
  const [room, members] = await Promise.all([
    request(`/api/v1/rooms/${roomId}`, { shape: Room, signal }),
    request(`/api/v1/rooms/${roomId}/members`, { shape: Members, signal }),
  ]);
  if (!room.ok) return room;
  if (!members.ok) return members;
  return { ok: true, value: { show: show.value, room: room.value, members: members.value.members } };
}
