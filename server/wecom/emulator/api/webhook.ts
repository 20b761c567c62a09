import { createHash } from "node:crypto";
import { z } from "zod";
import { uploadedMedia } from "../multipart.ts";
import type { Corp } from "../state/corp.ts";
import type { Robot } from "../state/corp-rows.ts";
import type { Content } from "../state/send-rows.ts";
import { newId } from "../state/world.ts";
import { addContent, MEDIA_TTL_MS } from "./attachments.ts";
import { bytesOf, cutBytes, tooLong } from "./byte-limits.ts";
import { type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { fileKind } from "./media-kinds.ts";
import { rateRules } from "./rates.ts";
import { type ApiDesk, type ApiRequest, jsonObject } from "./request.ts";
import { checkedNotice } from "./template-card.ts";

const IMAGE_BYTES_MAX = 2 * 1024 * 1024;
const FILE_BYTES_MAX = 20 * 1024 * 1024;
const ARTICLES_MAX = 8;

const Text = z.object({
  content: z.string().default(""),
  mentioned_list: z.array(z.string()).default([]),
  mentioned_mobile_list: z.array(z.string()).default([]),
});
const Markdown = z.object({ content: z.string().default("") });
const Image = z.object({ base64: z.string().min(1), md5: z.string().min(1) });
const Article = z.looseObject({
  title: z.string().min(1),
  description: z.string().default(""),
  url: z.string().min(1),
  picurl: z.string().default(""),
});
const News = z.object({ articles: z.array(Article) });
const ByMedia = z.object({ media_id: z.string().min(1) });

type Said = Omit<Content, "id">;
type Place = { readonly desk: ApiDesk; readonly corp: Corp; readonly robot: Robot };

const said = (content: Partial<Said>): Said => ({ kind: "text", text: "", attachments: [], mentions: [], ...content });
const empty = () => refuse(44004, "empty content");
const wrongShape = (name: string) => refuse(40058, `invalid Request Parameter: ${name}`);

function robotOf(desk: ApiDesk, { query }: ApiRequest): Place | Refusal {
  const found = desk.world.robotByKey(query.get("key") ?? "");
  if (!found || found.robot.state === "removed") return refuse(93000, "invalid webhook url");
  if (found.robot.state === "off") return refuse(93004, "robot disabled");
  if (found.robot.state === "outside") return refuse(93008, "robot not in chat");
  return { desk, ...found };
}

/** §5. */
function send(desk: ApiDesk, request: ApiRequest): Fields | Refusal {
  const place = robotOf(desk, request);
  if (isRefused(place)) return place;
  const { world, rates } = desk;
  const { corp, robot } = place;
  const isInLimit =
    world.switches.robotWindow === "sliding"
      ? rates.takeSliding(rateRules.robotMinute, robot.key)
      : rates.take(rateRules.robotMinute, robot.key);
  if (!isInLimit) return refuse(45009, "api freq out of limit");
  const body = jsonObject(request.body);
  if (body === null) return refuse(47001, "data format error");
  const content = contentOf(place, body);
  if (isRefused(content)) return content;
  corp.addPost(robot.chatId, {
    id: newId(world, "post"),
    at: world.now(),
    from: `robot:${robot.key}`,
    via: "robot",
    contentId: addContent(world, corp, content),
    msgid: null,
  });
  world.changed();
  return {};
}

function contentOf(place: Place, body: Record<string, unknown>): Said | Refusal {
  const type = body["msgtype"];
  switch (type) {
    case "text":
      return textOf(place, body["text"]);
    case "markdown":
    case "markdown_v2":
      return markdownOf(place, type, body[type]);
    case "image":
      return imageOf(place, body["image"]);
    case "news":
      return newsOf(body["news"]);
    case "file":
    case "voice":
      return mediaOf(place, type, body[type]);
    case "template_card":
      return checkedNotice(body["template_card"]) ?? said({ kind: type, attachments: [record(body["template_card"])] });
    default:
      return refuse(40008, "invalid message type");
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textOf({ corp }: Place, body: unknown): Said | Refusal {
  const text = Text.safeParse(body);
  if (!text.success) return wrongShape("text");
  const { content, mentioned_list: named, mentioned_mobile_list: mobiles } = text.data;
  if (content === "") return empty();
  const long = tooLong([["text.content", content, 2_048]]);
  if (long) return long;
  const byMobile = mobiles.flatMap((mobile) => {
    if (mobile === "@all") return ["@all"];
    const staff = [...corp.staff.values()].find((candidate) => candidate.mobile === mobile);
    return staff ? [staff.userid] : [];
  });
  return said({ text: content, mentions: [...new Set([...named, ...byMobile])] });
}

/** markdown_v2 knows no @. */
function markdownOf({ corp }: Place, kind: "markdown" | "markdown_v2", body: unknown): Said | Refusal {
  const markdown = Markdown.safeParse(body);
  if (!markdown.success) return wrongShape(kind);
  const { content } = markdown.data;
  if (content === "") return empty();
  const long = tooLong([[`${kind}.content`, content, 4_096]]);
  if (long) return long;
  const named = kind === "markdown" ? [...content.matchAll(/<@([^>]+)>/g)].map(([, id]) => id ?? "") : [];
  return said({ kind, text: content, mentions: named.filter((id) => corp.staff.has(id)) });
}

function imageOf({ desk }: Place, body: unknown): Said | Refusal {
  const image = Image.safeParse(body);
  if (!image.success) return wrongShape("image");
  const bytes = Buffer.from(image.data.base64, "base64");
  if (bytes.length > IMAGE_BYTES_MAX) return refuse(40009, "invalid image size");
  const kind = fileKind(bytes);
  if (kind !== "jpg" && kind !== "png") return refuse(40123, "invalid image content");
  const md5 = createHash("md5").update(bytes).digest("hex");
  if (md5 !== image.data.md5.toLowerCase()) return refuse(301019, "image md5 mismatch");
  const id = newId(desk.world, "media");
  desk.world.pictures.set(id, { bytes, type: kind === "png" ? "image/png" : "image/jpeg" });
  return said({ kind: "image", attachments: [{ picture: id }] });
}

function newsOf(body: unknown): Said | Refusal {
  const news = News.safeParse(body);
  if (!news.success) return wrongShape("news");
  const { articles } = news.data;
  if (articles.length === 0) return empty();
  if (articles.length > ARTICLES_MAX) return refuse(45008, "too many articles");
  const long = articles.find(({ title }) => bytesOf(title) > 128);
  if (long) return refuse(45003, "title size out of limit");
  return said({
    kind: "news",
    // A description is cut, not refused.
    attachments: articles.map((article) => ({ ...article, description: cutBytes(article.description, 512) })),
  });
}

function mediaOf({ desk, corp, robot }: Place, kind: "file" | "voice", body: unknown): Said | Refusal {
  const media = ByMedia.safeParse(body);
  const medium = media.success ? corp.media.get(media.data.media_id) : undefined;
  const isUsable =
    medium?.robotKey === robot.key && medium.type === kind && desk.world.now() - medium.madeAt < MEDIA_TTL_MS;
  if (!medium || !isUsable) return refuse(40007, "invalid media_id");
  return said({ kind, text: medium.name, attachments: [{ name: medium.name, bytes: medium.bytes }] });
}

function upload(desk: ApiDesk, request: ApiRequest): Fields | Refusal {
  const place = robotOf(desk, request);
  if (isRefused(place)) return place;
  const type = request.query.get("type");
  if (type !== "file" && type !== "voice") return refuse(40005, "invalid file type");
  const file = uploadedMedia(request.contentType, request.body);
  if (!file || file.bytes.length === 0) return refuse(44001, "empty media data");
  const size = file.bytes.length;
  if (size <= 5) return refuse(40006, "invalid media size");
  if (size > (type === "file" ? FILE_BYTES_MAX : IMAGE_BYTES_MAX)) return refuse(45001, "media size out of limit");
  if (type === "voice" && fileKind(file.bytes) !== "amr") return refuse(40004, "invalid media type");
  const { world } = desk;
  const mediaId = newId(world, "media");
  const madeAt = world.now();
  place.corp.media.set(mediaId, {
    mediaId,
    kind: "robot",
    type,
    name: file.name,
    bytes: size,
    madeAt,
    scene: null,
    robotKey: place.robot.key,
  });
  world.changed();
  return { type, media_id: mediaId, created_at: String(Math.floor(madeAt / 1000)) };
}

type RobotCall = (desk: ApiDesk, request: ApiRequest) => Fields | Refusal;

/** No token: the key in the address is all there is. */
export const robotCalls: ReadonlyMap<string, RobotCall> = new Map([
  ["/cgi-bin/webhook/send", send],
  ["/cgi-bin/webhook/upload_media", upload],
]);
