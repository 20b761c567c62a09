import { z } from "zod";

/** A tie between one member and one customer; what the member wrote about the customer belongs here. */
export const Follow = z.object({
  userid: z.string(),
  remark: z.string(),
  description: z.string(),
  company: z.string(),
  mobiles: z.array(z.string()),
  madeAt: z.number(),
  addWay: z.int(),
  state: z.string(),
  channels: z.object({ nickname: z.string(), source: z.int() }).nullable(),
  tagIds: z.array(z.string()),
  lastChatAt: z.number(),
  /** The customer removed the member: still in the member's list, but nothing reaches them. */
  lost: z.boolean(),
});
export type Follow = z.infer<typeof Follow>;

export const Customer = z.object({
  id: z.string(),
  name: z.string(),
  /** 1 WeChat, 2 WeCom. */
  type: z.int(),
  gender: z.int(),
  unionid: z.string(),
  openid: z.string(),
  follows: z.array(Follow),
});
export type Customer = z.infer<typeof Customer>;

export const CorpTag = z.object({ id: z.string(), name: z.string(), order: z.int(), madeAt: z.number() });
export const TagGroup = z.object({
  id: z.string(),
  name: z.string(),
  order: z.int(),
  madeAt: z.number(),
  /** The app that made it; null: made by hand in the console. */
  agentId: z.int().nullable(),
  tags: z.array(CorpTag),
});
export type TagGroup = z.infer<typeof TagGroup>;

export const ContactWay = z.object({
  configId: z.string(),
  agentId: z.int(),
  type: z.int(),
  scene: z.int(),
  style: z.int(),
  remark: z.string(),
  skipVerify: z.boolean(),
  state: z.string(),
  users: z.array(z.string()),
  parties: z.array(z.int()),
  isExclusive: z.boolean(),
  markSource: z.boolean(),
  conclusions: z.unknown(),
  madeAt: z.number(),
  turn: z.int(),
});
export type ContactWay = z.infer<typeof ContactWay>;

export const Welcome = z.object({
  userid: z.string(),
  customerId: z.string(),
  madeAt: z.number(),
  /** Each app gets a code of its own for the same chance. */
  codes: z.record(z.string(), z.int()),
  wonBy: z.int().nullable(),
});
export type Welcome = z.infer<typeof Welcome>;
