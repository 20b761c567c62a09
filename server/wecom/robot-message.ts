import { createHash } from "node:crypto";
import { bytesLeft, ROBOT_IMAGE_BYTES_MAX } from "#domain/wecom-limits.ts";

/** What a group's robot can say, as it goes over the wire. Limits in bytes: domain/wecom-limits.ts. */
export type RobotMessage =
  | {
      readonly msgtype: "text";
      readonly text: {
        readonly content: string;
        /** userids, or "@all". */
        readonly mentioned_list?: readonly string[];
        readonly mentioned_mobile_list?: readonly string[];
      };
    }
  /** `<@userid>` mentions; colours info, comment, warning. */
  | { readonly msgtype: "markdown"; readonly markdown: { readonly content: string } }
  /** Tables and lists, but neither colours nor mentions; old clients show the text as it is. */
  | { readonly msgtype: "markdown_v2"; readonly markdown_v2: { readonly content: string } }
  | { readonly msgtype: "image"; readonly image: { readonly base64: string; readonly md5: string } }
  | { readonly msgtype: "news"; readonly news: { readonly articles: readonly RobotArticle[] } }
  | { readonly msgtype: "file"; readonly file: { readonly media_id: string } }
  | { readonly msgtype: "voice"; readonly voice: { readonly media_id: string } }
  | { readonly msgtype: "template_card"; readonly template_card: NoticeCard };

export type RobotArticle = {
  readonly title: string;
  readonly url: string;
  readonly description?: string;
  readonly picurl?: string;
};

type TitleDesc = { readonly title?: string; readonly desc?: string };
type Opens =
  | { readonly type: 1; readonly url: string }
  | { readonly type: 2; readonly appid: string; readonly pagepath?: string };

type NoticeParts = {
  readonly source?: { readonly icon_url?: string; readonly desc?: string; readonly desc_color?: 0 | 1 | 2 | 3 };
  readonly main_title: TitleDesc;
  readonly quote_area?: TitleDesc & { readonly quote_text?: string };
  /** At most 6. */
  readonly horizontal_content_list?: readonly {
    readonly keyname: string;
    readonly value?: string;
    readonly type?: 0 | 1 | 2 | 3;
    readonly url?: string;
    readonly media_id?: string;
    readonly userid?: string;
  }[];
  /** At most 3. */
  readonly jump_list?: readonly ({ readonly title: string } & (Opens | { readonly type: 0 }))[];
  readonly card_action: Opens;
};

/** Cards that tell; those with buttons and votes are for apps alone. */
export type NoticeCard =
  | ({
      readonly card_type: "text_notice";
      readonly emphasis_content?: TitleDesc;
      readonly sub_title_text?: string;
    } & NoticeParts)
  | ({
      readonly card_type: "news_notice";
      readonly card_image: { readonly url: string; readonly aspect_ratio?: number };
      readonly vertical_content_list?: readonly TitleDesc[];
    } & NoticeParts);

/** A picture goes inside the message, with the MD5 of its bytes. */
export function robotImage(bytes: Uint8Array): RobotMessage {
  if (bytes.byteLength > ROBOT_IMAGE_BYTES_MAX) throw new RangeError("a robot's picture has at most 2 MB");
  return {
    msgtype: "image",
    image: { base64: Buffer.from(bytes).toString("base64"), md5: createHash("md5").update(bytes).digest("hex") },
  };
}

/** Two messages of words as one, whoever is named in either named in it; `null` when they don't go together or are too long for that. */
export function joinedMessage(first: RobotMessage, second: RobotMessage): RobotMessage | null {
  if (first.msgtype === "text" && second.msgtype === "text") {
    const content = `${first.text.content}\n\n${second.text.content}`;
    if (bytesLeft("robotText", content) < 0) return null;
    const people = both(first.text.mentioned_list, second.text.mentioned_list);
    const mobiles = both(first.text.mentioned_mobile_list, second.text.mentioned_mobile_list);
    return {
      msgtype: "text",
      text: {
        content,
        ...(people && { mentioned_list: people }),
        ...(mobiles && { mentioned_mobile_list: mobiles }),
      },
    };
  }
  if (first.msgtype !== "markdown" || second.msgtype !== "markdown") return null;
  const content = `${first.markdown.content}\n\n${second.markdown.content}`;
  return bytesLeft("robotMarkdown", content) < 0 ? null : { msgtype: "markdown", markdown: { content } };
}

function both(first: readonly string[] = [], second: readonly string[] = []): string[] | null {
  const named = [...new Set([...first, ...second])];
  return named.length === 0 ? null : named;
}
