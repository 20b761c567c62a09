import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../clock.ts";
import { first, read, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const robot = () => first(place.corp.robots.values());
const address = (path: string, query: Record<string, string> = {}) =>
  `${place.emulator.url}/cgi-bin/webhook/${path}?${new URLSearchParams({ key: robot().key, ...query })}`;
const send = async (body: object, key = robot().key) =>
  read(await fetch(address("send", { key }), { method: "POST", body: JSON.stringify(body) }));
const text = (content: string, rest: object = {}) => send({ msgtype: "text", text: { content, ...rest } });
const last = () => {
  const post = place.corp.posts.get(robot().chatId)?.at(-1);
  return place.corp.contents.get(post?.contentId ?? "");
};
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(20)]);
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

describe("§5 robot", () => {
  test("§5 a text arrives with those who are named, by userid and by mobile", async () => {
    expect(
      (await text("请发送", { mentioned_list: ["staff01", "@all"], mentioned_mobile_list: ["13800000002"] })).errcode,
    ).toBe(0);
    expect(last()).toMatchObject({ text: "请发送", mentions: ["staff01", "@all", "staff02"] });
  });

  test("§5 limits are bytes: text 2048, markdown 4096", async () => {
    expect((await text("播".repeat(682))).errcode).toBe(0);
    expect((await text("播".repeat(683))).errcode).toBe(45002);
    const markdown = (content: string, kind = "markdown") => send({ msgtype: kind, [kind]: { content } });
    expect((await markdown("播".repeat(1_365))).errcode).toBe(0);
    expect((await markdown("播".repeat(1_366))).errcode).toBe(45002);
    expect((await markdown("播".repeat(1_366), "markdown_v2")).errcode).toBe(45002);
    expect((await markdown("<@staff01> 好")).errcode).toBe(0);
    expect(last()).toMatchObject({ mentions: ["staff01"] });
    expect((await markdown("<@staff01> 好", "markdown_v2")).errcode).toBe(0);
    expect(last()).toMatchObject({ mentions: [] });
  });

  test("§5 93000 for a bad key, 44004 for nothing said, 93004 and 93008", async () => {
    expect((await send({ msgtype: "text", text: { content: "x" } }, "no")).errcode).toBe(93000);
    expect((await text("")).errcode).toBe(44004);
    expect((await send({ msgtype: "video" })).errcode).toBe(40008);
    const setTo = (state: string) => place.act("PATCH", `/emulator/robots/${robot().key}`, { state });
    await setTo("off");
    expect((await text("x")).errcode).toBe(93004);
    await setTo("outside");
    expect((await text("x")).errcode).toBe(93008);
    await setTo("removed");
    expect((await text("x")).errcode).toBe(93000);
  });

  test("§5 image: md5 of the raw bytes, JPG or PNG, 2 MB", async () => {
    const image = (bytes: Buffer, sum: string) =>
      send({ msgtype: "image", image: { base64: bytes.toString("base64"), md5: sum } });
    expect((await image(png, md5(png))).errcode).toBe(0);
    expect((await image(png, md5(Buffer.from("x")))).errcode).toBe(301019);
    const gif = Buffer.from("GIF89a".padEnd(30, "."));
    expect((await image(gif, md5(gif))).errcode).toBe(40123);
    const big = Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]);
    expect((await image(big, md5(big))).errcode).toBe(40009);
  });

  test("§5 news: 1 to 8 articles, title 128 bytes, description cut", async () => {
    const news = (count: number, title = "示例") =>
      send({
        msgtype: "news",
        news: {
          articles: Array.from({ length: count }, () => ({
            title,
            url: "https://example.com/",
            description: "播".repeat(200),
          })),
        },
      });
    expect((await news(8)).errcode).toBe(0);
    expect(last()?.attachments[0]).toMatchObject({ description: "播".repeat(170) });
    expect((await news(9)).errcode).toBe(45008);
    expect((await news(1, "播".repeat(43))).errcode).toBe(45003);
  });

  test("§5 only the two notice cards, with a title and an action", async () => {
    const card = (body: object) =>
      send({
        msgtype: "template_card",
        template_card: { card_type: "text_notice", card_action: { type: 1, url: "https://example.com/" }, ...body },
      });
    expect((await card({ main_title: { title: "示例" } })).errcode).toBe(0);
    expect((await card({ sub_title_text: "示例" })).errcode).toBe(0);
    expect((await card({})).errcode).toBe(40063);
    expect((await card({ card_type: "button_interaction", main_title: { title: "示例" } })).errcode).toBe(40058);
    expect((await card({ main_title: { title: "示例" }, card_action: undefined })).errcode).toBe(40058);
    expect((await card({ main_title: { title: "示例" }, jump_list: [{}, {}, {}, {}] })).errcode).toBe(40058);
  });
});

describe("§5 twenty a minute", () => {
  const burst = async (count: number) => {
    const codes: number[] = [];
    for (let step = 0; step < count; step += 1) codes.push((await text("x")).errcode);
    return codes.filter((code) => code === 0).length;
  };

  test("§5 sliding: 20 in any 60 s, then blocked for 60 s", async () => {
    expect(await burst(22)).toBe(20);
    place.emulator.control.advance(59_999);
    expect(await burst(1)).toBe(0);
    place.emulator.control.advance(1);
    expect(await burst(1)).toBe(1);
  });

  test("§5 fixed minutes by a switch: the next minute is free", async () => {
    await place.act("PATCH", "/emulator/switches", { robotWindow: "fixed", blockAfterLimit: false });
    place.emulator.control.advance(55_000);
    expect(await burst(22)).toBe(20);
    place.emulator.control.advance(5_000);
    expect(await burst(22)).toBe(20);
  });

  test("§5 sliding without a block: 5 s later still full", async () => {
    await place.act("PATCH", "/emulator/switches", { blockAfterLimit: false });
    place.emulator.control.advance(55_000);
    expect(await burst(22)).toBe(20);
    place.emulator.control.advance(5_000);
    expect(await burst(1)).toBe(0);
    place.emulator.control.advance(55_000);
    expect(await burst(1)).toBe(1);
  });
});

describe("§5 upload_media", () => {
  const upload = async (type: string, bytes: Buffer) => {
    const form = new FormData();
    form.set("media", new Blob([Uint8Array.from(bytes)]), "示例.txt");
    return read(await fetch(address("upload_media", { type }), { method: "POST", body: form }));
  };

  test("§5 a file lives three days and only for its robot", async () => {
    const { errcode, media_id: mediaId, created_at: createdAt } = await upload("file", Buffer.from("0123456789"));
    expect([errcode, typeof createdAt]).toEqual([0, "string"]);
    const file = () => send({ msgtype: "file", file: { media_id: mediaId } });
    expect((await file()).errcode).toBe(0);
    expect(last()).toMatchObject({ kind: "file", text: "示例.txt" });
    place.emulator.control.advance(3 * DAY_MS);
    expect((await file()).errcode).toBe(40007);
  });

  test("§5 44001 for nothing, more than 5 bytes, voice is AMR", async () => {
    expect((await upload("file", Buffer.alloc(0))).errcode).toBe(44001);
    expect((await upload("file", Buffer.from("12345"))).errcode).toBe(40006);
    expect((await upload("voice", Buffer.from("not a voice"))).errcode).toBe(40004);
    expect((await upload("voice", Buffer.from("#!AMR\n0123456789"))).errcode).toBe(0);
    expect((await upload("image", png)).errcode).toBe(40005);
  });
});
