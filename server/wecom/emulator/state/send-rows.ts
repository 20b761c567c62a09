import { z } from "zod";

/** What was said, kept once however many chats it went to; attachments as the caller wrote them. */
export const Content = z.object({
  id: z.string(),
  /** text, markdown, image, news, template_card, textcard, file, voice, video, mixed. */
  kind: z.string(),
  text: z.string(),
  attachments: z.array(z.record(z.string(), z.unknown())),
  mentions: z.array(z.string()),
});
export type Content = z.infer<typeof Content>;

export const Post = z.object({
  id: z.string(),
  at: z.number(),
  /** userid, external_userid, robot:KEY, app:AGENTID or system. */
  from: z.string(),
  via: z.enum(["hand", "mass", "personal", "welcome", "robot", "app", "forward", "system"]),
  contentId: z.string(),
  msgid: z.string().nullable(),
});
export type Post = z.infer<typeof Post>;

export const SendTarget = z.object({
  id: z.string(),
  /** 0 unsent, 1 sent, 2 failed: not a friend, 3 failed: cap used. */
  status: z.int(),
  sentAt: z.number().nullable(),
});
export const SenderPart = z.object({
  userid: z.string(),
  sentAt: z.number().nullable(),
  ignored: z.boolean(),
  /** The groups are to be picked by hand on the phone. */
  picksByHand: z.boolean(),
  targets: z.array(SendTarget),
});
export type SenderPart = z.infer<typeof SenderPart>;

export const SendTask = z.object({
  msgid: z.string(),
  chatType: z.enum(["single", "group"]),
  /** null: made by a member on the phone (个人群发). */
  agentId: z.int().nullable(),
  creator: z.string().nullable(),
  madeAt: z.number(),
  contentId: z.string(),
  allowSelect: z.boolean(),
  cancelledAt: z.number().nullable(),
  remindedAt: z.array(z.number()),
  senders: z.array(SenderPart),
});
export type SendTask = z.infer<typeof SendTask>;

export const MomentTask = z.object({
  jobId: z.string(),
  momentId: z.string(),
  agentId: z.int(),
  madeAt: z.number(),
  contentId: z.string(),
  cancelled: z.boolean(),
  invalidSenders: z.array(z.string()),
  senders: z.array(z.object({ userid: z.string(), postedAt: z.number().nullable(), customers: z.array(z.string()) })),
});
export type MomentTask = z.infer<typeof MomentTask>;

export const Tap = z.object({ at: z.number(), customerId: z.string(), chatId: z.string(), url: z.string() });
export type Tap = z.infer<typeof Tap>;
