import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import type { Medium } from "../state/corp-rows.ts";
import type { Content } from "../state/send-rows.ts";
import { newId, type World } from "../state/world.ts";
import type { Corp } from "../state/corp.ts";
import { tooLong } from "./byte-limits.ts";
import { type Call, isRefused, refuse, type Refusal } from "./endpoint.ts";

export const MEDIA_TTL_MS = 3 * DAY_MS;
const ATTACHMENTS_MAX = 9;

export const Text = z.object({ content: z.string().default("") });
/** Only the shape; what is in it is checked by kind, because each mistake has a code of its own. */
export const Attachments = z.array(z.looseObject({ msgtype: z.string() }));
type Attachment = z.infer<typeof Attachments>[number];

const Image = z.object({ media_id: z.string().optional(), pic_url: z.string().optional() });
const Link = z.object({
  title: z.string().min(1),
  picurl: z.string().optional(),
  desc: z.string().optional(),
  url: z.string().min(1),
});
const MiniProgram = z.object({
  title: z.string().min(1),
  pic_media_id: z.string().min(1),
  appid: z.string().min(1),
  page: z.string().min(1),
});
const ByMedia = z.object({ media_id: z.string().min(1) });

export function freshMedium(call: Call, mediaId: string | undefined): Medium | Refusal {
  const medium = mediaId === undefined ? undefined : call.corp.media.get(mediaId);
  const isFresh = medium !== undefined && medium.kind === "temporary" && call.now - medium.madeAt < MEDIA_TTL_MS;
  return isFresh ? medium : refuse(40007, "invalid media_id");
}

function mediumOf(call: Call, mediaId: string, type: Medium["type"]): Refusal | null {
  const medium = freshMedium(call, mediaId);
  if (isRefused(medium)) return medium;
  return medium.type === type ? null : refuse(40007, `invalid media_id: ${medium.type} is no ${type}`);
}

/** §9: text and attachments of mass sends and welcomes. Limits are bytes. */
export function checkedMessage(
  call: Call,
  { text, attachments }: { text: string; attachments: readonly Attachment[] },
): Refusal | null {
  if (text === "" && attachments.length === 0) return refuse(40063, "some parameters are empty: text and attachments");
  if (attachments.length > ATTACHMENTS_MAX) return refuse(41064, "attachments exceed limit");
  const long = tooLong([["text.content", text, 4_000]]);
  if (long) return long;
  for (const attachment of attachments) {
    const wrong = checkedAttachment(call, attachment);
    if (wrong) return wrong;
  }
  return null;
}

function checkedAttachment(call: Call, attachment: Attachment): Refusal | null {
  const body = attachment[attachment.msgtype];
  switch (attachment.msgtype) {
    case "image":
      return checkedImage(call, body);
    case "link": {
      const link = Link.safeParse(body);
      if (!link.success) return refuse(40063, "some parameters are empty: link.title, link.url");
      const { title, picurl, desc, url } = link.data;
      return tooLong([
        ["link.title", title, 128],
        ["link.picurl", picurl, 2_048],
        ["link.desc", desc, 512],
        ["link.url", url, 2_048],
      ]);
    }
    case "miniprogram": {
      const program = MiniProgram.safeParse(body);
      if (!program.success) return refuse(40063, "some parameters are empty: miniprogram");
      const long = tooLong([["miniprogram.title", program.data.title, 64]]);
      return long ?? mediumOf(call, program.data.pic_media_id, "image");
    }
    case "video":
    case "file": {
      const media = ByMedia.safeParse(body);
      return media.success
        ? mediumOf(call, media.data.media_id, attachment.msgtype)
        : refuse(40007, "invalid media_id");
    }
    default:
      return refuse(41065, "invalid attachment type");
  }
}

/** §7: pic_url must be the address that uploadimg gave. */
function checkedImage(call: Call, body: unknown): Refusal | null {
  const image = Image.safeParse(body);
  if (!image.success) return refuse(40063, "some parameters are empty: image");
  const { media_id: mediaId, pic_url: picUrl } = image.data;
  if (mediaId !== undefined && mediaId !== "") return mediumOf(call, mediaId, "image");
  if (picUrl === undefined || picUrl === "")
    return refuse(40063, "some parameters are empty: image.media_id, image.pic_url");
  const id = /\/media\/([\w-]+)$/.exec(picUrl)?.[1];
  const isOurs = id !== undefined && call.corp.media.get(id)?.kind === "permanent";
  return isOurs ? null : refuse(40058, "invalid Request Parameter: image.pic_url is not from media/uploadimg");
}

export function addContent(world: World, corp: Corp, content: Partial<Content>): string {
  const id = newId(world, "content");
  corp.contents.set(id, { kind: "mixed", text: "", attachments: [], mentions: [], ...content, id });
  return id;
}
