import { z } from "zod";
import { Id } from "#domain/units.ts";
import { At, Name } from "../shapes.ts";

export const WECHAT_KINDS = ["official", "miniProgram"] as const;

export const WechatAppShape = z.object({
  id: z.string(),
  kind: z.enum(WECHAT_KINDS),
  appId: z.string(),
  name: z.string(),
  /** What is set is told as set, and since when; never what it is. */
  secret: z.object({ set: z.boolean(), at: At.nullable() }),
  roomIds: z.array(z.string()).nullable(),
  verifyFile: z.string().nullable(),
  reservePath: z.string().nullable(),
  createdAt: At,
});

const AppId = z
  .string()
  .trim()
  .regex(/^wx[0-9A-Za-z]{6,38}$/);
const Secret = z
  .string()
  .trim()
  .regex(/^[!-~]{16,128}$/);
const RoomIds = z.array(Id).min(1).max(200).nullable();
/** As WeChat hands it out; also its address, or the word alone. */
const VerifyFile = z
  .string()
  .trim()
  .max(300)
  .transform((given) => /(?:MP_verify_)?([0-9A-Za-z]{4,64})(?:\.txt)?$/.exec(given)?.[1] ?? "")
  .pipe(z.string().min(4))
  .transform((word) => `MP_verify_${word}.txt`)
  .nullable();
/** A page of a mini program; WeChat takes no more than 1,024 letters of a query. */
export const MiniPath = z
  .string()
  .trim()
  .regex(/^\/?[\w./-]{1,200}(\?[\w!#$&'()*+,/:;=?@.~%-]{0,1024})?$/);

export const NewWechatApp = z.object({
  kind: z.enum(WECHAT_KINDS),
  appId: AppId,
  name: Name,
  secret: Secret.optional(),
  roomIds: RoomIds.default(null),
  verifyFile: VerifyFile.default(null),
  reservePath: MiniPath.nullable().default(null),
});
export const WechatAppChangeShape = z.object({
  name: Name.optional(),
  secret: Secret.optional(),
  roomIds: RoomIds.optional(),
  verifyFile: VerifyFile.optional(),
  reservePath: MiniPath.nullable().optional(),
});
