import * as z from "zod/mini";
import { messageFaults, type WecomAttachment, type WecomFault } from "#domain/wecom-limits.ts";
import { GrowthDay } from "../groups/group-data.ts";

export const CODE_KINDS = ["group", "contact"] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

const LinkCard = z.object({
  kind: z.literal("link"),
  title: z.string(),
  desc: z.string(),
  url: z.string(),
  picUrl: z.nullable(z.string()),
});
const ImageCard = z.object({ kind: z.literal("image"), mediaKey: z.string() });
const MiniCard = z.object({
  kind: z.literal("miniprogram"),
  title: z.string(),
  appId: z.string(),
  page: z.string(),
  mediaKey: z.string(),
});
const Card = z.discriminatedUnion("kind", [LinkCard, ImageCard, MiniCard]);
export type Card = z.infer<typeof Card>;

export const Welcome = z.object({ text: z.string(), cards: z.array(Card) });
export type Welcome = z.infer<typeof Welcome>;

const codeShape = {
  id: z.string(),
  corpId: z.string(),
  kind: z.enum(CODE_KINDS),
  name: z.string(),
  channel: z.string(),
  status: z.enum(["creating", "live", "refused", "unknown", "deleting", "deleted"]),
  failure: z.nullable(z.object({ code: z.string(), errcode: z.nullable(z.number()) })),
  /** The last change has not reached WeCom yet. */
  pending: z.boolean(),
  state: z.string(),
  targets: z.array(z.object({ id: z.string(), name: z.nullable(z.string()), size: z.nullable(z.number()) })),
  nextGroup: z.nullable(z.object({ baseName: z.string(), firstNumber: z.number() })),
  skipVerify: z.boolean(),
  tagIds: z.array(z.string()),
  welcome: z.nullable(Welcome),
  createdAt: z.number(),
  deletedAt: z.nullable(z.number()),
  figures: z.object({
    joins: z.number(),
    leaves: z.number(),
    customers: z.number(),
    /** Known as viewers or buyers; orders are of these alone. */
    known: z.number(),
    orders: z.number(),
    netFen: z.number(),
  }),
};

export const Code = z.object(codeShape);
export type Code = z.infer<typeof Code>;
export const Codes = z.object({ codes: z.array(Code) });
export const CodeDetail = z.object({ ...codeShape, days: z.array(GrowthDay) });
export type CodeDetail = z.infer<typeof CodeDetail>;

export const TagList = z.object({
  tags: z.array(z.object({ tagId: z.string(), name: z.string(), groupName: z.string() })),
});

/** What somebody fills in, for either kind. */
export type CodeDraft = {
  readonly kind: CodeKind;
  readonly name: string;
  readonly channel: string;
  readonly targets: readonly Picked[];
  readonly nextGroup: { readonly baseName: string; readonly firstNumber: number } | null;
  readonly skipVerify: boolean;
  readonly tagIds: readonly string[];
  readonly welcome: Welcome | null;
};
export type Picked = { readonly id: string; readonly name: string };

export function draftOf(code: Code | null, kind: CodeKind): CodeDraft {
  if (!code) {
    const welcome = kind === "contact" ? { text: "", cards: [] } : null;
    return { kind, name: "", channel: "", targets: [], nextGroup: null, skipVerify: true, tagIds: [], welcome };
  }
  const { name, channel, targets, nextGroup, skipVerify, tagIds, welcome } = code;
  return {
    kind: code.kind,
    name,
    channel,
    targets: targets.map((target) => ({ id: target.id, name: target.name ?? target.id })),
    nextGroup,
    skipVerify,
    tagIds,
    welcome,
  };
}

/** As the API takes it. A welcome of nothing is none. */
export function wishOf(draft: CodeDraft): object {
  const { kind, name, channel, targets, nextGroup, skipVerify, tagIds, welcome } = draft;
  const ids = targets.map(({ id }) => id);
  const basics = { kind, name: name.trim(), channel: channel.trim() };
  if (kind === "group") return { ...basics, groupIds: ids, nextGroup };
  const isSilent = welcome === null || (welcome.text === "" && welcome.cards.length === 0);
  return { ...basics, memberIds: ids, skipVerify, tagIds, welcome: isSilent ? null : welcome };
}

/** What WeCom would refuse of a welcome; `path` as in the message. A welcome of nothing is fine: none is sent. */
export function welcomeFaults({ text, cards }: Welcome): WecomFault[] {
  if (text === "" && cards.length === 0) return [];
  return messageFaults({ text, attachments: cards.map(attachmentOf) });
}

function attachmentOf(card: Card): WecomAttachment {
  switch (card.kind) {
    case "link":
      return {
        msgtype: "link",
        link: {
          title: card.title,
          url: card.url,
          desc: card.desc,
          ...(card.picUrl === null ? {} : { picurl: card.picUrl }),
        },
      };
    case "image":
      return { msgtype: "image", image: { media_id: card.mediaKey } };
    case "miniprogram": {
      const { title, appId, page, mediaKey } = card;
      return { msgtype: "miniprogram", miniprogram: { title, pic_media_id: mediaKey, appid: appId, page } };
    }
  }
}

/** Whether a card has all that WeCom wants of it. */
export function isComplete(card: Card): boolean {
  switch (card.kind) {
    case "link":
      return card.title.trim() !== "" && /^https:\/\/[^\s"'<>]+$/.test(card.url);
    case "image":
      return card.mediaKey !== "";
    case "miniprogram":
      return (
        card.title.trim() !== "" && /^[A-Za-z0-9]{1,40}$/.test(card.appId) && card.page !== "" && card.mediaKey !== ""
      );
  }
}

export const pictureUrl = (code: { readonly id: string }, ending: "png" | "svg"): string =>
  `/api/v1/wecom/codes/${code.id}/qr.${ending}`;
