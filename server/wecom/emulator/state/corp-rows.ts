import { z } from "zod";

/** Rows that outlive a restart; times in ms, ids as the platform writes them. */

export const App = z.object({
  agentId: z.int(),
  name: z.string(),
  secret: z.string(),
  /** 可见范围: everybody, or these members and departments. */
  seesAll: z.boolean(),
  seesUsers: z.array(z.string()),
  seesDepartments: z.array(z.int()),
  /** Listed under 客户联系 → 可调用接口的应用. */
  externalContact: z.boolean(),
  /** 外部联系人变更回调 ticked. */
  contactCallbacks: z.boolean(),
  /** Empty: any address. */
  trustedIps: z.array(z.string()),
  /** Host names allowed in redirect_uri. Empty: any. */
  redirectDomains: z.array(z.string()),
  callbackUrl: z.string().nullable(),
  callbackToken: z.string(),
  aesKey: z.string(),
  suiteId: z.string(),
  token: z.object({ value: z.string(), expiresAt: z.number() }).nullable(),
});
export type App = z.infer<typeof App>;

export const Staff = z.object({
  userid: z.string(),
  name: z.string(),
  position: z.string(),
  mobile: z.string(),
  departments: z.array(z.int()),
  /** Has logged in at least once. */
  active: z.boolean(),
  realName: z.boolean(),
  /** 客户联系权限. */
  externalContact: z.boolean(),
  /** The admin set a welcome for this member, so apps get no WelcomeCode. */
  adminWelcome: z.boolean(),
  /** A client before 4.1.10, which ignores chat_id_list. */
  oldClient: z.boolean(),
});
export type Staff = z.infer<typeof Staff>;

export const Department = z.object({ id: z.int(), name: z.string(), parentId: z.int() });
export type Department = z.infer<typeof Department>;

/** A chat of staff only: made by hand (robots live there) or by an app through appchat. */
export const InternalChat = z.object({
  chatId: z.string(),
  name: z.string(),
  owner: z.string(),
  members: z.array(z.string()),
  byAgent: z.int().nullable(),
});
export type InternalChat = z.infer<typeof InternalChat>;

export const Robot = z.object({
  key: z.string(),
  name: z.string(),
  chatId: z.string(),
  state: z.enum(["on", "off", "removed", "outside"]),
});
export type Robot = z.infer<typeof Robot>;

export const Medium = z.object({
  mediaId: z.string(),
  kind: z.enum(["temporary", "permanent", "attachment", "robot"]),
  type: z.enum(["image", "voice", "video", "file"]),
  name: z.string(),
  bytes: z.int(),
  madeAt: z.number(),
  /** attachment: 1 Moments, 2 product album. */
  scene: z.int().nullable(),
  /** robot: only that robot may use it. */
  robotKey: z.string().nullable(),
});
export type Medium = z.infer<typeof Medium>;
