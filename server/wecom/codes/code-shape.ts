import { z } from "zod";
import { PictureUrl, text } from "#domain/units.ts";
import { messageFaults, WECOM_CHARS, WECOM_COUNTS, type WecomAttachment } from "#domain/wecom-limits.ts";

/** What a code is made of, as it is asked for and as it is kept. */

export const CODE_KINDS = ["group", "contact"] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

/**
 * creating: on its way to WeCom. live. refused: WeCom said no, or it was proved that nothing was made. unknown: no answer came, and nothing proves either.
 * deleting: WeCom does not know yet. deleted.
 */
export const CODE_STATUSES = ["creating", "live", "refused", "unknown", "deleting", "deleted"] as const;
export type CodeStatus = (typeof CODE_STATUSES)[number];

/** A picture is one by address: an uploaded one is kept by WeCom for three days, and a code hangs on parcels for years. */
const Link = z.object({
  msgtype: z.literal("link"),
  link: z.object({
    title: text(128, 1),
    url: z
      .string()
      .max(2_048)
      .regex(/^https:\/\/[^\s"'<>]+$/),
    desc: text(512).exactOptional(),
    picurl: PictureUrl.exactOptional(),
  }),
});
const Image = z.object({
  msgtype: z.literal("image"),
  image: z.object({
    pic_url: z
      .string()
      .max(2_048)
      .regex(/^https?:\/\/[^\s"'<>]+$/),
  }),
});
const MiniProgram = z.object({
  msgtype: z.literal("miniprogram"),
  miniprogram: z.object({
    title: text(64, 1),
    pic_media_id: z.string().min(1).max(300),
    appid: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
    page: text(500, 1),
  }),
});
const Attachment = z.discriminatedUnion("msgtype", [Link, Image, MiniProgram]) satisfies z.ZodType<WecomAttachment>;

export const StoredWelcome = z.object({ text: z.string().nullable(), attachments: z.array(Attachment) });
export type StoredWelcome = z.infer<typeof StoredWelcome>;

export const Welcome = z
  .object({
    text: text(4_000).nullable().default(null),
    attachments: z.array(Attachment).max(WECOM_COUNTS.attachments).default([]),
  })
  .superRefine((welcome, context) => {
    for (const { path, code, max, is } of messageFaults({
      text: welcome.text ?? "",
      attachments: welcome.attachments,
    })) {
      context.addIssue({ code: "custom", message: code, path: path.split("."), params: { max, is } });
    }
  });

const Ids = (max: number) => z.array(z.string().max(80)).min(1).max(max);
const Basics = {
  /** Also WeCom's remark of it. */
  name: text(WECOM_CHARS.remark, 1),
  channel: text(30).default(""),
};

export const GroupCodeWish = z.object({
  kind: z.literal("group"),
  ...Basics,
  groupIds: Ids(WECOM_COUNTS.groupsOfJoinWay),
  /** The next group, made by WeCom when all are full; null: none is. */
  nextGroup: z
    .object({ baseName: text(WECOM_CHARS.joinWayRoomName, 1), firstNumber: z.int().min(1).max(100_000) })
    .nullable()
    .default(null),
});
export const ContactCodeWish = z.object({
  kind: z.literal("contact"),
  ...Basics,
  memberIds: Ids(WECOM_COUNTS.staffOfContactWay),
  /** Added at once, without the member's consent. */
  skipVerify: z.boolean().default(true),
  /** WeCom tags that whoever first comes by it gets. */
  tagIds: z.array(z.string().max(80)).max(20).default([]),
  welcome: Welcome.nullable().default(null),
});
export const CodeWish = z.discriminatedUnion("kind", [GroupCodeWish, ContactCodeWish]);
export type CodeWish = z.infer<typeof CodeWish>;

/** What failed last: a stable code, and WeCom's own number where WeCom said no. */
export const CodeFailure = z.object({ code: z.string(), errcode: z.number().nullable() });
export type CodeFailure = z.infer<typeof CodeFailure>;
