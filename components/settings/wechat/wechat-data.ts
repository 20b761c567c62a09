import * as z from "zod/mini";
import { WECHAT_CHECKS, WECHAT_FINDINGS } from "#domain/wechat-doctor.ts";

export const WECHAT_KINDS = ["official", "miniProgram"] as const;
export type WechatKind = (typeof WECHAT_KINDS)[number];

export const WechatApp = z.object({
  id: z.string(),
  kind: z.enum(WECHAT_KINDS),
  appId: z.string(),
  name: z.string(),
  secret: z.object({ set: z.boolean(), at: z.nullable(z.number()) }),
  roomIds: z.nullable(z.array(z.string())),
  verifyFile: z.nullable(z.string()),
  reservePath: z.nullable(z.string()),
});
export type WechatApp = z.infer<typeof WechatApp>;
export const WechatApps = z.object({ apps: z.array(WechatApp), returnDomain: z.string(), stale: z.boolean() });

export const WechatDiagnosis = z.object({
  at: z.number(),
  lines: z.array(
    z.object({
      check: z.enum(WECHAT_CHECKS),
      state: z.enum(["ok", "failed", "notChecked"]),
      code: z.enum(WECHAT_FINDINGS),
      errcode: z.nullable(z.number()),
      value: z.nullable(z.string()),
    }),
  ),
});
export type WechatDiagnosis = z.infer<typeof WechatDiagnosis>;

const DOMAIN_STATES = ["unchecked", "ok", "failing", "blocked"] as const;
const LOOK_FAILURES = [
  "unknownName",
  "unreachable",
  "certificate",
  "timeout",
  "redirected",
  "status",
  "otherHouse",
] as const;
export const LinkDomain = z.object({
  id: z.string(),
  origin: z.string(),
  main: z.boolean(),
  position: z.number(),
  state: z.enum(DOMAIN_STATES),
  checkedAt: z.nullable(z.number()),
  failingSince: z.nullable(z.number()),
  failure: z.nullable(z.enum(LOOK_FAILURES)),
});
export type LinkDomain = z.infer<typeof LinkDomain>;
export const LinkDomains = z.object({ domains: z.array(LinkDomain), using: z.nullable(z.string()) });
