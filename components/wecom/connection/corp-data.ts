import * as z from "zod/mini";
import { QUOTA_RULES } from "#domain/corp/quota-state.ts";

const SetAt = z.object({ set: z.boolean(), at: z.nullable(z.number()) });
export type SetAt = z.infer<typeof SetAt>;

export const APP_PURPOSES = ["customers", "sign_in"] as const;
export const ROBOT_PURPOSES = ["all", "report", "reminders"] as const;

export const App = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(APP_PURPOSES),
  agentId: z.number(),
  callbackUrl: z.string(),
  secret: SetAt,
  callback: SetAt,
  callbackVerifiedAt: z.nullable(z.number()),
});
export type App = z.infer<typeof App>;

export const Robot = z.object({
  id: z.string(),
  name: z.string(),
  groupName: z.string(),
  purpose: z.enum(ROBOT_PURPOSES),
  key: SetAt,
});
export type Robot = z.infer<typeof Robot>;

export const Corp = z.object({
  id: z.string(),
  corpId: z.string(),
  name: z.string(),
  quotaRule: z.enum(QUOTA_RULES),
  createdAt: z.number(),
  apps: z.array(App),
  robots: z.array(Robot),
});
export type Corp = z.infer<typeof Corp>;
export const Corps = z.object({ corps: z.array(Corp) });

const Circuit = {
  state: z.enum(["closed", "open", "halfOpen"]),
  failures: z.number(),
  since: z.nullable(z.number()),
  nextTryAt: z.nullable(z.number()),
  lastFailure: z.nullable(z.string()),
};
export const Health = z.object({
  host: z.object(Circuit),
  corps: z.array(z.object({ corpId: z.string(), ...Circuit })),
  resting: z.array(z.object({ corpId: z.string(), api: z.string(), until: z.number() })),
  refusedSecrets: z.array(z.object({ appId: z.string(), until: z.number() })),
});
export type Health = z.infer<typeof Health>;
