import { z } from "zod";
import { QUOTA_RULES } from "#domain/corp/quota-state.ts";
import { At, Name } from "../shapes.ts";

/** What is set is told as set, and since when; never what it is. */
const SetAt = z.object({ set: z.boolean(), at: At.nullable() });

export const APP_PURPOSES = ["customers", "sign_in"] as const;
export const ROBOT_PURPOSES = ["report", "reminders", "all"] as const;

export const AppShape = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(APP_PURPOSES),
  agentId: z.int(),
  /** To be entered in the app's settings, under receiving messages. */
  callbackUrl: z.string(),
  secret: SetAt,
  callback: SetAt,
  callbackVerifiedAt: At.nullable(),
});

export const RobotShape = z.object({
  id: z.string(),
  name: z.string(),
  groupName: z.string(),
  purpose: z.enum(ROBOT_PURPOSES),
  key: SetAt,
});

export const CorpShape = z.object({
  id: z.string(),
  corpId: z.string(),
  name: z.string(),
  quotaRule: z.enum(QUOTA_RULES),
  createdAt: At,
  apps: z.array(AppShape),
  robots: z.array(RobotShape),
});

const printable = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^[!-~]{${min},${max}}$`));

export const CorpId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{4,64}$/);
const Secret = printable(10, 200);
const CallbackToken = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{3,32}$/);
const AesKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{43}$/);

export const NewCorp = z.object({
  corpId: CorpId,
  name: Name,
  quotaRule: z.enum(QUOTA_RULES).default("daysOfMonth"),
});
export const CorpChange = z.object({ name: Name.optional(), quotaRule: z.enum(QUOTA_RULES).optional() });

/** Both or none: one without the other checks nothing. */
const Callback = z.object({ token: CallbackToken, aesKey: AesKey });

export const NewApp = z.object({
  name: Name,
  purpose: z.enum(APP_PURPOSES).default("customers"),
  agentId: z.int().min(1).max(2_147_483_647),
  secret: Secret.optional(),
  callback: Callback.optional(),
});
export const AppChangeShape = z.object({
  name: Name.optional(),
  secret: Secret.optional(),
  callback: Callback.optional(),
});

/** The key, or the whole address that the group shows, of which only the key is kept. */
const RobotKey = z
  .string()
  .trim()
  .max(300)
  .transform((given) => (URL.canParse(given) ? (new URL(given).searchParams.get("key") ?? "") : given))
  .pipe(z.string().regex(/^[A-Za-z0-9_-]{8,80}$/));

export const NewRobot = z.object({
  name: Name,
  groupName: Name,
  purpose: z.enum(ROBOT_PURPOSES).default("all"),
  key: RobotKey,
});
export const RobotChangeShape = z.object({
  name: Name.optional(),
  groupName: Name.optional(),
  purpose: z.enum(ROBOT_PURPOSES).optional(),
  key: RobotKey.optional(),
});
