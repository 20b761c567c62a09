/**
 * How much WeCom takes. Lengths are bytes of UTF-8, not characters: a Chinese character has three. The same functions check while somebody types
 * and before anything is handed over.
 */
export const WECOM_BYTES = {
  massText: 4_000,
  welcomeText: 4_000,
  groupWelcomeText: 3_000,
  appText: 2_048,
  appMarkdown: 2_048,
  robotText: 2_048,
  robotMarkdown: 4_096,
  linkTitle: 128,
  linkDesc: 512,
  linkUrl: 2_048,
  linkPicUrl: 2_048,
  miniTitle: 64,
  newsTitle: 128,
  newsDesc: 512,
  newsUrl: 2_048,
  cardTitle: 128,
  cardDesc: 512,
} as const;
export type WecomBytes = keyof typeof WECOM_BYTES;

export const WECOM_COUNTS = {
  attachments: 9,
  newsArticles: 8,
  massCustomers: 10_000,
  massGroups: 2_000,
  groupsOfJoinWay: 5,
  staffOfContactWay: 100,
  ownersOfGroupList: 100,
  /** Per message, in 24 hours. */
  reminders: 3,
  robotPerMinute: 20,
} as const;

/** Characters, not bytes. */
export const WECOM_CHARS = { state: 30, remark: 30, joinWayRoomName: 40, tagName: 30 } as const;

export const ROBOT_IMAGE_BYTES_MAX = 2 * 1024 * 1024;
/** One official list says 5 MB, another 10: the smaller one is safe. */
const MEDIA_IMAGE_BYTES_MAX = 5 * 1024 * 1024;
const MEDIA_VIDEO_BYTES_MAX = 10 * 1024 * 1024;
const MEDIA_FILE_BYTES_MAX = 20 * 1024 * 1024;
const MEDIA_BYTES_MIN = 6;
/** A picture for a mass send, uploaded for good. */
export const PICTURE_URL_BYTES_MAX = 2 * 1024 * 1024;

/** A lone half of a pair counts as the three bytes of the character that replaces it. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/** Below 0: that many bytes too long. */
export function bytesLeft(what: WecomBytes, text: string): number {
  return WECOM_BYTES[what] - utf8Bytes(text);
}

/** The longest beginning that fits, marked as cut; never half a character. */
export function cutToBytes(text: string, bytesMax: number): string {
  if (utf8Bytes(text) <= bytesMax) return text;
  const mark = "…";
  let kept = "";
  let room = bytesMax - utf8Bytes(mark);
  for (const char of text) {
    room -= utf8Bytes(char);
    if (room < 0) break;
    kept += char;
  }
  return kept + mark;
}

export type WecomAttachment =
  | {
      readonly msgtype: "image";
      readonly image: { readonly media_id: string } | { readonly pic_url: string };
    }
  | {
      readonly msgtype: "link";
      readonly link: {
        readonly title: string;
        readonly url: string;
        readonly desc?: string;
        readonly picurl?: string;
      };
    }
  | {
      readonly msgtype: "miniprogram";
      readonly miniprogram: {
        readonly title: string;
        readonly pic_media_id: string;
        readonly appid: string;
        readonly page: string;
      };
    }
  | { readonly msgtype: "video"; readonly video: { readonly media_id: string } }
  | { readonly msgtype: "file"; readonly file: { readonly media_id: string } };

/** What WeCom would refuse, and where: `path` as in the message (`text`, `attachments.2.title`). */
export type WecomFault = {
  readonly path: string;
  readonly code: "empty" | "tooLong" | "tooMany";
  readonly max: number;
  readonly is: number;
};

type Message = { readonly text: string; readonly attachments: readonly WecomAttachment[] };

/** Of a mass send or a welcome. */
export function messageFaults({ text, attachments }: Message): WecomFault[] {
  const faults = tooLong("text", "massText", text);
  if (text === "" && attachments.length === 0) faults.push({ path: "text", code: "empty", max: 0, is: 0 });
  const max = WECOM_COUNTS.attachments;
  if (attachments.length > max) {
    faults.push({ path: "attachments", code: "tooMany", max, is: attachments.length });
  }
  for (const [at, attachment] of attachments.entries()) {
    faults.push(...attachmentFaults(`attachments.${at}`, attachment));
  }
  return faults;
}

const FILE_BYTES_MAX = {
  image: MEDIA_IMAGE_BYTES_MAX,
  voice: 2 * 1024 * 1024,
  video: MEDIA_VIDEO_BYTES_MAX,
  file: MEDIA_FILE_BYTES_MAX,
} as const;

/** Of a file for messages; null: WeCom takes it. */
export function fileFault(kind: keyof typeof FILE_BYTES_MAX, bytes: number): WecomFault | null {
  const max = FILE_BYTES_MAX[kind];
  if (bytes < MEDIA_BYTES_MIN) return { path: "file", code: "empty", max: MEDIA_BYTES_MIN, is: bytes };
  return bytes > max ? { path: "file", code: "tooLong", max, is: bytes } : null;
}

function attachmentFaults(path: string, attachment: WecomAttachment): WecomFault[] {
  switch (attachment.msgtype) {
    case "link": {
      const { title, url, desc = "", picurl = "" } = attachment.link;
      return [
        ...needed(`${path}.title`, title),
        ...tooLong(`${path}.title`, "linkTitle", title),
        ...needed(`${path}.url`, url),
        ...tooLong(`${path}.url`, "linkUrl", url),
        ...tooLong(`${path}.desc`, "linkDesc", desc),
        ...tooLong(`${path}.picurl`, "linkPicUrl", picurl),
      ];
    }
    case "miniprogram": {
      const { title } = attachment.miniprogram;
      return [...needed(`${path}.title`, title), ...tooLong(`${path}.title`, "miniTitle", title)];
    }
    case "image":
    case "video":
    case "file":
      return [];
  }
}

function tooLong(path: string, what: WecomBytes, text: string): WecomFault[] {
  const is = utf8Bytes(text);
  const max = WECOM_BYTES[what];
  return is > max ? [{ path, code: "tooLong", max, is }] : [];
}

function needed(path: string, text: string): WecomFault[] {
  return text === "" ? [{ path, code: "empty", max: 0, is: 0 }] : [];
}
