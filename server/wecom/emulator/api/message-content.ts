import { z } from "zod";
import type { Content } from "../state/send-rows.ts";
import { freshMedium } from "./attachments.ts";
import { bytesOf, cutBytes, tooLong } from "./byte-limits.ts";
import { type Call, isRefused, refuse, type Refusal } from "./endpoint.ts";

type Said = Omit<Content, "id">;

const Words = z.object({ content: z.string().default("") });
const Media = z.looseObject({ media_id: z.string().min(1) });
const Card = z.looseObject({ title: z.string().min(1), description: z.string().min(1), url: z.string().min(1) });
const Article = z.looseObject({ title: z.string().min(1), description: z.string().default("") });
const News = z.object({ articles: z.array(Article) });
const MpNews = z.object({ articles: z.array(z.looseObject({ title: z.string().min(1), content: z.string() })) });
const Loose = z.looseObject({});

const cardTypes = ["text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction"];
const MPNEWS_BYTES_MAX = 666 * 1024;

const said = (content: Partial<Said>): Said => ({ kind: "text", text: "", attachments: [], mentions: [], ...content });
const wrongShape = (name: string) => refuse(40058, `invalid Request Parameter: ${name}`);

/** §6: what an app may say, to members or in a chat it made. */
export function appMessage(call: Call, type: string, message: Readonly<Record<string, unknown>>): Said | Refusal {
  const body = message[type];
  switch (type) {
    case "text":
    case "markdown":
      return words(type, body);
    case "image":
    case "voice":
    case "video":
    case "file":
      return media(call, type, body);
    case "textcard":
      return textCard(body);
    case "news":
      return articles(News.safeParse(body), "news");
    case "mpnews":
      return articles(MpNews.safeParse(body), "mpnews");
    case "miniprogram_notice": {
      const notice = Loose.safeParse(body);
      return notice.success ? said({ kind: type, attachments: [notice.data] }) : wrongShape(type);
    }
    case "template_card": {
      const card = Loose.safeParse(body);
      const isKnown = card.success && cardTypes.includes(String(card.data["card_type"]));
      return isKnown ? said({ kind: type, attachments: [card.data] }) : wrongShape("template_card.card_type");
    }
    default:
      return refuse(40008, "invalid message type");
  }
}

function words(kind: "text" | "markdown", body: unknown): Said | Refusal {
  const parsed = Words.safeParse(body);
  if (!parsed.success) return wrongShape(kind);
  const { content } = parsed.data;
  if (content === "") return refuse(44004, "empty content");
  return tooLong([[`${kind}.content`, content, 2_048]]) ?? said({ kind, text: content });
}

function media(call: Call, kind: "image" | "voice" | "video" | "file", body: unknown): Said | Refusal {
  const parsed = Media.safeParse(body);
  const medium = freshMedium(call, parsed.success ? parsed.data.media_id : undefined);
  if (isRefused(medium)) return medium;
  if (medium.type !== kind) return refuse(40007, "invalid media_id");
  const attachment = kind === "image" ? { picture: medium.mediaId } : { name: medium.name, bytes: medium.bytes };
  return said({ kind, text: medium.name, attachments: [attachment] });
}

function textCard(body: unknown): Said | Refusal {
  const card = Card.safeParse(body);
  if (!card.success) return wrongShape("textcard");
  const { title, description, url } = card.data;
  if (bytesOf(url) > 2_048) return wrongShape("textcard.url");
  // Title and description are cut, the address is not.
  const shown = { ...card.data, title: cutBytes(title, 128), description: cutBytes(description, 512) };
  return said({ kind: "textcard", attachments: [shown] });
}

type Articles = z.ZodSafeParseResult<{ articles: Record<string, unknown>[] }>;

function articles(parsed: Articles, kind: "news" | "mpnews"): Said | Refusal {
  if (!parsed.success) return wrongShape(kind);
  const rows = parsed.data.articles;
  if (rows.length < 1 || rows.length > 8) return refuse(45008, "too many articles");
  const isLong =
    kind === "mpnews" && rows.some(({ content }) => typeof content === "string" && bytesOf(content) > MPNEWS_BYTES_MAX);
  return isLong ? refuse(45002, "content size out of limit") : said({ kind: "news", attachments: rows });
}
