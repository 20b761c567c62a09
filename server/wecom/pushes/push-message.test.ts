import { describe, expect, it } from "vitest";
import { nudgeMessage, robotMessage, type Wording } from "./push-message.ts";

const card = {
  kind: "link",
  title: "示例 · 今晚直播",
  desc: "前三件直降",
  picUrl: "https://example.com/a.png",
} as const;
const wording = (more: Partial<Wording> = {}): Wording => ({
  taskId: "taskaa",
  text: "【示例】进来领券",
  card,
  copy: { link: "viewer", format: "text", mentionAll: false },
  ...more,
});
const LINK = "https://kaibo.example/v/s1?p=taskaa";

describe("what a robot says", () => {
  it("is a card with its picture where nobody is named and all words fit, else words", () => {
    expect(robotMessage(wording(), LINK, [])).toEqual({
      msgtype: "news",
      news: {
        articles: [{ title: card.title, description: "【示例】进来领券\n前三件直降", url: LINK, picurl: card.picUrl }],
      },
    });
    expect(robotMessage(wording(), LINK, ["zhang"])).toMatchObject({
      msgtype: "text",
      text: { content: `【示例】进来领券\n${card.title}\n${card.desc}\n${LINK}`, mentioned_list: ["zhang"] },
    });
    expect(robotMessage(wording({ text: "长".repeat(200) }), LINK, []).msgtype).toBe("text");
    expect(robotMessage(wording({ card: { ...card, picUrl: null } }), LINK, []).msgtype).toBe("text");
  });

  it("names who has not forwarded with the list to do it by, within the bytes of a message", () => {
    const staff = Array.from({ length: 400 }, (_, at) => ({ userid: `u${at}`, name: `示例员工${at}` }));
    const list = "https://kaibo.example/forward/token";
    const said = nudgeMessage({ title: "员工转发", list }, staff);
    if (said.msgtype !== "text") throw new Error("not words");
    expect(said.text.content).toContain(list);
    expect(new TextEncoder().encode(said.text.content).length).toBeLessThanOrEqual(2_048);
    expect(said.text.content).toContain("等 400 人");
    expect(said.text.mentioned_list).toHaveLength(400);
  });
});
