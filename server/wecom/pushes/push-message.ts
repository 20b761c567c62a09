import type { PushCard, PushCopy } from "#domain/push/shapes.ts";
import { bytesLeft, utf8Bytes, WECOM_BYTES, type WecomAttachment } from "#domain/wecom-limits.ts";
import type { MassMessage } from "../api/mass-send.ts";
import { robotImage, type RobotMessage } from "../robot-message.ts";
import type { PushLinks } from "./push-parts.ts";
import { pageWithTaskCode, withTaskCode } from "./push-link.ts";

/** A push as it goes over the wire: the words as they were filled, the task's own link in them. */
export type Wording = {
  readonly taskId: string;
  readonly text: string;
  readonly card: PushCard | null;
  readonly copy: Pick<PushCopy, "link" | "format" | "mentionAll">;
};

/** Where a task's link leads; `null`: the push has none. */
export function linkOf(
  { taskId, copy: { link } }: Pick<Wording, "taskId" | "copy">,
  links: Pick<PushLinks, "viewer" | "report">,
  sessionId: string,
): string | null {
  if (link === "none") return null;
  // Who reads it signs in; there is nobody to count.
  if (link === "report") return links.report(sessionId);
  return link === "viewer" ? withTaskCode(links.viewer(sessionId), taskId, true) : withTaskCode(link, taskId, false);
}

/** Pictures of cards stand in WeCom already: `mediaId` is that of the card's picture. */
export function massMessage(wording: Wording, link: string | null, mediaId: string | null): MassMessage {
  const { text, card } = wording;
  const inText = link !== null && card?.kind !== "link" && card?.kind !== "miniprogram";
  return {
    text: inText ? joined(text, link) : text,
    attachments: card === null ? [] : [attachmentOf(card, wording.taskId, link, mediaId)],
  };
}

function attachmentOf(card: PushCard, taskId: string, link: string | null, mediaId: string | null): WecomAttachment {
  switch (card.kind) {
    case "link": {
      if (link === null) throw new Error("a link card without a link");
      const { title, desc, picUrl } = card;
      const picture = picUrl === null ? {} : { picurl: picUrl };
      return { msgtype: "link", link: { title, url: link, ...(desc === "" ? {} : { desc }), ...picture } };
    }
    case "miniprogram": {
      const { title, appId, page } = card;
      const cover = pictureOf(mediaId);
      return {
        msgtype: "miniprogram",
        miniprogram: { title, appid: appId, page: pageWithTaskCode(page, taskId), pic_media_id: cover },
      };
    }
    case "image":
      return { msgtype: "image", image: { media_id: pictureOf(mediaId) } };
  }
}

function pictureOf(mediaId: string | null): string {
  if (mediaId === null) throw new Error("a card whose picture was not handed to WeCom");
  return mediaId;
}

/** `userids`: who is named in it. */
export function robotMessage(wording: Wording, link: string | null, userids: readonly string[]): RobotMessage {
  const { card, copy } = wording;
  const markdown = copy.format === "markdown";
  const news = markdown || copy.mentionAll || userids.length > 0 ? null : newsMessage(wording, link);
  if (news) return news;
  const text = joined(wording.text, cardLines(card, link, markdown));
  if (!markdown) {
    const named = [...userids, ...(copy.mentionAll ? ["@all"] : [])];
    return { msgtype: "text", text: { content: text, ...(named.length > 0 ? { mentioned_list: named } : {}) } };
  }
  return {
    msgtype: "markdown",
    markdown: { content: joined(text, userids.map((userid) => `<@${userid}>`).join(" ")) },
  };
}

/** A link as a card with its picture, as far as its words are short enough and nobody is to be named: such a message names nobody. */
function newsMessage({ text, card }: Wording, link: string | null): RobotMessage | null {
  if (card?.kind !== "link" || card.picUrl === null || link === null) return null;
  const description = joined(text, card.desc);
  if (bytesLeft("newsTitle", card.title) < 0 || bytesLeft("newsDesc", description) < 0) return null;
  const article = { title: card.title, url: link, picurl: card.picUrl };
  return { msgtype: "news", news: { articles: [{ ...article, ...(description === "" ? {} : { description }) }] } };
}

/** What a member copies into a customer group by hand: a chat takes words alone, so a card is written into them. */
export function wordsToForward(wording: Pick<Wording, "text" | "card">, link: string | null): string {
  return joined(wording.text, cardLines(wording.card, link, false));
}

export const pictureMessage = (bytes: Uint8Array): RobotMessage => robotImage(bytes);

/** A robot's message is one message, so a card of it is written into the words. */
function cardLines(card: PushCard | null, link: string | null, markdown: boolean): string {
  if (card?.kind !== "link") return link ?? "";
  if (!markdown) return [card.title, card.desc, link ?? ""].filter((line) => line !== "").join("\n");
  const title = link === null ? `**${card.title}**` : `[${card.title}](${link})`;
  return card.desc === "" ? title : `${title}\n> ${card.desc}`;
}

/** The line that names who has not sent, or not forwarded: then with the `list` to do it by. As many names as fit; those behind are still mentioned. */
export function nudgeMessage(
  { title, list }: { readonly title: string; readonly list: string | null },
  staff: readonly { readonly userid: string; readonly name: string | null }[],
): RobotMessage {
  const head =
    list === null
      ? `群发「${title}」还没有发送,请在企业微信的「群发助手」里点发送:`
      : `员工转发「${title}」还没有转完,请按清单转发并打勾 ${list} :`;
  let names = "";
  for (const [at, { userid, name }] of staff.entries()) {
    const next = `${at === 0 ? "" : "、"}${name ?? userid}`;
    if (utf8Bytes(head + names + next) > WECOM_BYTES.robotText - 30) {
      names += ` 等 ${staff.length} 人`;
      break;
    }
    names += next;
  }
  return { msgtype: "text", text: { content: head + names, mentioned_list: staff.map(({ userid }) => userid) } };
}

const joined = (text: string, more: string): string => [text, more].filter((part) => part !== "").join("\n");
