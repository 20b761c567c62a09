import { z } from "zod";
import { Id, PictureUrl, text } from "#domain/units.ts";
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

/** Pictures by their key in Kaibo: WeCom keeps an uploaded one for three days, and a code hangs on parcels for years. */
const WelcomeCard = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("link"),
    title: text(128, 1),
    desc: text(512).default(""),
    url: z
      .string()
      .max(2_048)
      .regex(/^https:\/\/[^\s"'<>]+$/),
    picUrl: PictureUrl.nullable().default(null),
  }),
  z.object({ kind: z.literal("image"), mediaKey: Id }),
  z.object({
    kind: z.literal("miniprogram"),
    title: text(64, 1),
    appId: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
    page: text(500, 1),
    mediaKey: Id,
  }),
]);
export type WelcomeCard = z.infer<typeof WelcomeCard>;

export const CodeWelcome = z
  .object({
    text: text(4_000).default(""),
    cards: z.array(WelcomeCard).max(WECOM_COUNTS.attachments).default([]),
  })
  .superRefine((welcome, context) => {
    const attachments = welcome.cards.map((card) => attachmentOf(card, "-"));
    for (const { path, code, max, is } of messageFaults({ text: welcome.text, attachments })) {
      context.addIssue({ code: "custom", message: code, path: path.split("."), params: { max, is } });
    }
  });
export type CodeWelcome = z.infer<typeof CodeWelcome>;

/** As WeCom takes it; `mediaId` of the picture that was handed to it. */
export function attachmentOf(card: WelcomeCard, mediaId: string): WecomAttachment {
  switch (card.kind) {
    case "link": {
      const { title, desc, url, picUrl } = card;
      return { msgtype: "link", link: { title, url, desc, ...(picUrl === null ? {} : { picurl: picUrl }) } };
    }
    case "image":
      return { msgtype: "image", image: { media_id: mediaId } };
    case "miniprogram": {
      const { title, appId, page } = card;
      return { msgtype: "miniprogram", miniprogram: { title, pic_media_id: mediaId, appid: appId, page } };
    }
  }
}

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
  welcome: CodeWelcome.nullable().default(null),
});
export const CodeWish = z.discriminatedUnion("kind", [GroupCodeWish, ContactCodeWish]);
export type CodeWish = z.infer<typeof CodeWish>;

/** What failed last: a stable code, and WeCom's own number where WeCom said no. */
export const CodeFailure = z.object({ code: z.string(), errcode: z.number().nullable() });
export type CodeFailure = z.infer<typeof CodeFailure>;
