import { z } from "zod";
import { DurationMs, Id, PictureUrl, text } from "../units.ts";

/** 落地页: blocks in three parts (theme and benefit with the act; proof; the act again) and what stands around them. */

export const BLOCKS_MAX = 40;
export const PARTS = ["opening", "proof", "closing"] as const;
export type Part = (typeof PARTS)[number];

const line = (max: number) => z.array(text(max, 1)).max(12);
const block = <K extends string, F extends z.core.$ZodShape>(kind: K, fields: F) =>
  z.object({ blockId: Id, part: z.enum(PARTS), kind: z.literal(kind), title: text(60), ...fields });
const Picture = PictureUrl.nullable();

export const Block = z.discriminatedUnion("kind", [
  block("hero", { subtitle: text(200), pictureUrl: Picture, countdown: z.boolean() }),
  block("benefits", { items: z.array(z.object({ title: text(40, 1), text: text(120) })).max(8) }),
  /** The act: 视频号预约 and 预约登记. */
  block("act", { text: text(120) }),
  block("proof", { items: z.array(z.object({ text: text(160, 1), pictureUrl: Picture })).max(8) }),
  block("products", { productIds: z.array(Id).min(1).max(12) }),
  block("coupons", { couponIds: z.array(Id).min(1).max(8) }),
  block("agenda", { items: z.array(z.object({ offsetMs: DurationMs, text: text(80, 1) })).max(16) }),
  block("host", { name: text(40, 1), text: text(400), pictureUrl: Picture }),
  block("quotes", { items: z.array(z.object({ text: text(200, 1), who: text(30) })).max(8) }),
  block("rules", { text: text(2_000, 1) }),
  block("faq", { items: z.array(z.object({ question: text(100, 1), answer: text(400, 1) })).max(12) }),
  block("how", { steps: line(120) }),
]);
export type Block = z.infer<typeof Block>;
export type BlockKind = Block["kind"];
export const BLOCK_KINDS = [
  "hero",
  "benefits",
  "act",
  "proof",
  "products",
  "coupons",
  "agenda",
  "host",
  "quotes",
  "rules",
  "faq",
  "how",
] as const satisfies readonly BlockKind[];

const Url = z
  .string()
  .max(500)
  .regex(/^(https:\/\/|weixin:\/\/)[^\s"'<>]+$/);

/** How the native 视频号预约 is reached: by a mini program that may call `reserveChannelsLive`, or by the card and words that say how. */
const Reserve = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("miniProgram"),
    appId: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
    path: text(300, 1),
    /** A URL link that opens it from H5. */
    urlLink: Url.nullable(),
  }),
  z.object({ by: z.literal("card"), how: text(400, 1), pictureUrl: Picture }),
]);

export const REMIND_CHANNELS = ["subscription", "group", "contact"] as const;
export type RemindChannel = (typeof REMIND_CHANNELS)[number];

export const LandingSettings = z.object({
  /** Name of the account in 视频号, with its button to copy. */
  channelsName: text(60),
  reserve: Reserve,
  /**
   * Channels that work and by which people are reminded; none: the page promises nothing (LND4). `subscription`: WeChat's own consent, which only a mini
   * program can ask for; it tells it with the sign-up.
   */
  remind: z.array(z.enum(REMIND_CHANNELS)).max(REMIND_CHANNELS.length),
  /** 群活码 or contact code of the WeCom part that the page shows. */
  joinCodeId: Id.nullable(),
  /** Mini program that shows the room while it is live. */
  liveLink: Url.nullable(),
  /** Replay for those who come when it is over. */
  replayLink: Url.nullable(),
  /** What people agree to when they sign up, and where it is said what becomes of their data. */
  consentText: text(1_000),
  privacyText: text(4_000),
  showLeaderboard: z.boolean(),
  showCount: z.boolean(),
});
export type LandingSettings = z.infer<typeof LandingSettings>;

export const defaultSettings: LandingSettings = {
  channelsName: "",
  reserve: { by: "card", how: "点击群里或朋友圈的视频号直播预告卡片,点「预约」。", pictureUrl: null },
  remind: [],
  joinCodeId: null,
  liveLink: null,
  replayLink: null,
  consentText: "登记即同意我们为本场直播的提醒与活动使用你的微信昵称与头像。",
  privacyText: "",
  showLeaderboard: true,
  showCount: true,
};
