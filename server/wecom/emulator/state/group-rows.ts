import { z } from "zod";

export const GroupMember = z.object({
  /** userid of a member of staff, or external_userid. */
  id: z.string(),
  /** 1 staff, 2 external. */
  type: z.int(),
  joinedAt: z.number(),
  /** 1 invited directly, 2 by invite link, 3 by code. */
  scene: z.int(),
  invitor: z.string().nullable(),
  state: z.string(),
  nickname: z.string(),
});
export type GroupMember = z.infer<typeof GroupMember>;

export const Group = z.object({
  chatId: z.string(),
  opengid: z.string(),
  name: z.string(),
  owner: z.string(),
  madeAt: z.number(),
  notice: z.string(),
  /** 0 as it should be, 1 owner left, 2 inheriting, 3 inherited. */
  status: z.int(),
  admins: z.array(z.string()),
  members: z.array(GroupMember),
  memberVersion: z.string(),
  dismissed: z.boolean(),
  welcomeTemplateId: z.string().nullable(),
});
export type Group = z.infer<typeof Group>;

export const JoinWay = z.object({
  configId: z.string(),
  agentId: z.int(),
  scene: z.int(),
  remark: z.string(),
  autoCreateRoom: z.boolean(),
  roomBaseName: z.string(),
  roomBaseId: z.int(),
  chatIds: z.array(z.string()),
  state: z.string(),
  markSource: z.boolean(),
});
export type JoinWay = z.infer<typeof JoinWay>;

export const GroupWelcome = z.object({
  templateId: z.string(),
  agentId: z.int(),
  text: z.string(),
  attachment: z.record(z.string(), z.unknown()).nullable(),
});
export type GroupWelcome = z.infer<typeof GroupWelcome>;
