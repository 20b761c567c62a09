import { h, initials, timeText } from "./dom.js";

const cardOf = (kind, title, note, extra = []) =>
  h(
    "div",
    { class: `card ${kind}` },
    h("div", {}, h("strong", {}, title || "（无标题）"), note ? h("small", {}, note) : null),
    ...extra,
  );

function link(url, onLink, child) {
  if (!url) return child;
  return h(
    "a",
    {
      href: url,
      class: "link",
      onclick: (event) => {
        event.preventDefault();
        onLink(url);
      },
    },
    child,
  );
}

function picture(address) {
  return address ? h("img", { src: address, alt: "图片", loading: "lazy" }) : h("span", { class: "thumb" }, "图片");
}

/** One attachment, as mass sends, robots and apps write them. */
function attachment(item, onLink) {
  const body = item[item.msgtype] ?? item;
  switch (item.msgtype) {
    case "image":
      return picture(body.pic_url ?? (body.media_id ? `/media/${body.media_id}` : null));
    case "link":
      return link(
        body.url,
        onLink,
        cardOf("web", body.title, body.desc || body.url, [h("span", { class: "thumb" }, "网页")]),
      );
    case "miniprogram":
      return cardOf("mini", body.title, `小程序 · ${body.appid ?? ""} ${body.page ?? ""}`, [
        h("span", { class: "thumb" }, "小程序"),
      ]);
    case "channels":
      return cardOf("live", body.title, "视频号 · 直播中", [h("span", { class: "thumb" }, "直播")]);
    case "video":
    case "file":
      return cardOf("file", item.msgtype === "video" ? "视频" : "文件", body.media_id);
    default:
      return other(item, onLink);
  }
}

/** What robots and apps send. */
function other(item, onLink) {
  if (item.picture) return picture(`/media/${item.picture}`);
  if (item.card_type) {
    const parts = [
      item.emphasis_content
        ? h(
            "b",
            { class: "emphasis" },
            item.emphasis_content.title ?? "",
            h("small", {}, item.emphasis_content.desc ?? ""),
          )
        : null,
      item.sub_title_text ? h("p", {}, item.sub_title_text) : null,
      ...(item.horizontal_content_list ?? []).map((row) =>
        h("p", { class: "pair" }, h("span", {}, row.keyname ?? ""), h("span", {}, row.value ?? "")),
      ),
    ].filter(Boolean);
    return link(
      item.card_action?.url,
      onLink,
      h(
        "div",
        { class: "card notice" },
        h("strong", {}, item.main_title?.title ?? ""),
        h("small", {}, item.main_title?.desc ?? ""),
        ...parts,
      ),
    );
  }
  if (item.url) return link(item.url, onLink, cardOf("web", item.title, item.description ?? item.url));
  return cardOf("file", item.name ?? item.title ?? "附件", item.bytes ? `${item.bytes} 字节` : "");
}

/** Addresses in plain words can be tapped as well. */
function words(text, onLink, isMarkdown) {
  const pattern = isMarkdown
    ? /(\[[^\]]*\]\(https?:[^)\s]+\)|<@[^>]+>|<\/?font[^>]*>|\*\*[^*]+\*\*|https?:\/\/[^\s)]+)/g
    : /(https?:\/\/[^\s，。]+)/g;
  const parts = text.split(pattern).map((part) => {
    const [, label, url] = /^\[([^\]]*)\]\((https?:[^)\s]+)\)$/.exec(part) ?? [];
    if (url) return link(url, onLink, label);
    if (/^https?:\/\//.test(part)) return link(part, onLink, part);
    if (isMarkdown && /^<\/?font/.test(part)) return "";
    if (isMarkdown && part.startsWith("<@")) return h("mark", {}, `@${part.slice(2, -1)}`);
    if (isMarkdown && part.startsWith("**")) return h("b", {}, part.slice(2, -2));
    return part;
  });
  return h("p", { class: "words" }, ...parts);
}

export function contentView(content, onLink) {
  if (!content) return [h("p", { class: "quiet" }, "（内容已不在）")];
  const isMarkdown = content.kind.startsWith("markdown");
  const mentions = content.mentions.filter((id) => !content.text.includes(`<@${id}>`));
  return [
    content.text && content.kind !== "file" && content.kind !== "voice"
      ? words(content.text, onLink, isMarkdown)
      : null,
    mentions.length > 0
      ? h("p", { class: "words" }, ...mentions.map((id) => h("mark", {}, id === "@all" ? "@所有人 " : `@${id} `)))
      : null,
    ...content.attachments.map((item) => attachment(item, onLink)),
  ].filter(Boolean);
}

const waysOfCalling = {
  mass: "群发",
  personal: "个人群发",
  welcome: "欢迎语",
  robot: "机器人",
  app: "应用",
  forward: "转发",
  hand: "",
  system: "",
};

/** `own`: whose phone it is, whose messages stand on the right. */
export function posts(list, { own, onLink, empty }) {
  if (list.length === 0) return h("p", { class: "empty" }, empty);
  return h(
    "div",
    { class: "posts" },
    ...list.map((post) =>
      h(
        "article",
        { class: post.from === own ? "post own" : "post" },
        initials(post.fromName),
        h(
          "div",
          { class: "said" },
          h(
            "small",
            {},
            `${post.fromName} · ${timeText(post.at)}${waysOfCalling[post.via] ? ` · ${waysOfCalling[post.via]}` : ""}`,
          ),
          h("div", { class: "bubble" }, ...contentView(post.content, onLink)),
        ),
      ),
    ),
  );
}
