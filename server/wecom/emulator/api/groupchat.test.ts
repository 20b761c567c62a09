import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callAs, first, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const owner = "staff01";
const ownGroups = () => [...(place.corp.groupsOf.get(owner) ?? [])];
const list = (body: object) => place.post("externalcontact/groupchat/list", { limit: 1_000, ...body });
const get = (chat: string, needName = 0) =>
  place.post("externalcontact/groupchat/get", { chat_id: chat, need_name: needName });
const customer = async () => {
  const made = await place.act("POST", "/emulator/customers", { name: "示例新客户" });
  return [...place.corp.customers.keys()].at(-1) ?? String(made);
};

describe("§8 groupchat/list", () => {
  test("§8 pages by an opaque cursor; an empty one ends it", async () => {
    const seen: unknown[] = [];
    let cursor: unknown = "";
    do {
      const page = await list({ limit: 4, cursor });
      seen.push(...(Array.isArray(page["group_chat_list"]) ? page["group_chat_list"] : []));
      cursor = page["next_cursor"];
    } while (cursor !== "");
    expect(seen).toHaveLength(6);
    expect((await list({ cursor: "2" })).errcode).toBe(40058);
  });

  test("§8 a limit is required and at most 1000, an owner filter at most 100", async () => {
    expect((await place.post("externalcontact/groupchat/list", {})).errcode).toBe(40063);
    expect((await list({ limit: 1_001 })).errcode).toBe(40058);
    expect((await list({ owner_filter: { userid_list: Array.from({ length: 101 }, () => owner) } })).errcode).toBe(
      40058,
    );
  });

  test("§8 by owner, and only of owners in the visible range", async () => {
    expect((await list({ owner_filter: { userid_list: [owner] } }))["group_chat_list"]).toHaveLength(2);
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    expect((await list({}))["group_chat_list"]).toHaveLength(2);
    expect((await list({ owner_filter: { userid_list: [owner] } })).errcode).toBe(60011);
    expect((await get(first(ownGroups()))).errcode).toBe(60011);
  });

  test("§8 81017 over 1000 visible owners without a filter", async () => {
    const big = place.emulator.control.seed({ corpId: "wwbig", staff: 1_001, groups: 3, customers: 0 });
    const call = callAs(place.emulator, big, first(big.apps.values()));
    expect((await call.post("externalcontact/groupchat/list", { limit: 10 })).errcode).toBe(81017);
    const filtered = { limit: 10, owner_filter: { userid_list: [owner] } };
    expect((await call.post("externalcontact/groupchat/list", filtered))["group_chat_list"]).toHaveLength(1);
  });

  test("§8 a dismissed group is gone, a status is filtered", async () => {
    const [chat = "", other = ""] = ownGroups();
    await place.act("DELETE", `/emulator/groups/${chat}`);
    await place.act("PATCH", `/emulator/groups/${other}`, { status: 1 });
    expect((await list({}))["group_chat_list"]).toHaveLength(5);
    expect((await list({ status_filter: 1 }))["group_chat_list"]).toEqual([{ chat_id: other, status: 1 }]);
    expect((await get(chat)).errcode).toBe(90501);
  });
});

describe("§8 groupchat/get", () => {
  test("§8 members with what belongs to them; names only when asked for", async () => {
    const { group_chat: group } = await get(first(ownGroups()));
    expect(group).toMatchObject({
      owner,
      member_list: [{ userid: owner, type: 1 }, { type: 2, unionid: expect.any(String) }, {}, {}, {}, {}],
    });
    expect(JSON.stringify(group)).not.toContain("示例客户");
    expect(JSON.stringify((await get(first(ownGroups()), 1))["group_chat"])).toContain("示例客户");
  });

  test("§8 the detail lags behind a change by some seconds", async () => {
    const chat = first(ownGroups());
    const before = (await get(chat))["group_chat"];
    const id = await customer();
    await place.act("POST", `/emulator/groups/${chat}/join`, { ids: [id], invitor: owner });
    expect((await get(chat))["group_chat"]).toEqual(before);
    place.emulator.control.advance(3_000);
    const after = JSON.stringify((await get(chat))["group_chat"]);
    expect(after).toContain(id);
    expect(after).toContain('"invitor":{"userid":"staff01"}');
  });

  test("§8 opengid: 90511 for a bad one", async () => {
    const group = first(place.corp.groups.values());
    const ask = (opengid: string) => place.post("externalcontact/opengid_to_chatid", { opengid });
    expect(await ask(group.opengid)).toMatchObject({ errcode: 0, chat_id: group.chatId });
    expect((await ask("og0")).errcode).toBe(90511);
  });
});

describe("§8 join ways", () => {
  const add = (body: object) =>
    place.post("externalcontact/groupchat/add_join_way", { scene: 2, chat_id_list: [first(ownGroups())], ...body });

  test("§8 the code comes only from get_join_way, and is a picture", async () => {
    const added = await add({ state: "live1" });
    expect(added).not.toHaveProperty("qr_code");
    const { join_way: way } = await place.post("externalcontact/groupchat/get_join_way", {
      config_id: added["config_id"],
    });
    expect(way).toMatchObject({ scene: 2, state: "live1", auto_create_room: 1, qr_code: expect.any(String) });
    const [address = ""] = /http[^"]+/.exec(JSON.stringify(way)) ?? [];
    const picture = await fetch(address);
    expect(picture.headers.get("content-type")).toBe("image/png");
  });

  test("§8 a member who came by it carries its state", async () => {
    const { config_id: configId } = await add({ state: "live1" });
    const id = await customer();
    await place.act("POST", `/emulator/customers/${id}/scan`, { code: String(configId) });
    place.emulator.control.advance(3_000);
    const { group_chat: group } = await get(first(ownGroups()));
    const joined = { userid: id, type: 2, join_scene: 3, state: "live1" };
    expect(group).toMatchObject({ member_list: expect.arrayContaining([expect.objectContaining(joined)]) });
  });

  test("§8 when all groups are full the next one is made: base name and a number that counts up", async () => {
    await place.act("PATCH", "/emulator/switches", { groupSizeMax: 6 });
    const { config_id: configId } = await add({ room_base_name: "示例直播群", room_base_id: 7 });
    const scan = async () =>
      place.act("POST", `/emulator/customers/${await customer()}/scan`, { code: String(configId) });
    for (let step = 0; step < 6; step += 1) await scan();
    const names = () => [...place.corp.groups.values()].map(({ name }) => name);
    expect(names()).toContain("示例直播群7");
    expect(names()).toContain("示例直播群8");
    const { join_way: way } = await place.post("externalcontact/groupchat/get_join_way", { config_id: configId });
    expect(way).toMatchObject({ room_base_id: 9, chat_id_list: { length: 3 } });
  });

  test("§8 full and no next one: nobody gets in", async () => {
    await place.act("PATCH", "/emulator/switches", { groupSizeMax: 6 });
    const { config_id: configId } = await add({ auto_create_room: 0 });
    await expect(
      place.act("POST", `/emulator/customers/${await customer()}/scan`, { code: String(configId) }),
    ).rejects.toThrow("full");
  });

  test("§8 at most five groups, state of 30, the remark is cut, an app sees its own only", async () => {
    expect((await add({ chat_id_list: ["a", "b", "c", "d", "e", "f"] })).errcode).toBe(40058);
    expect((await add({ chat_id_list: [] })).errcode).toBe(40058);
    expect((await add({ state: "x".repeat(31) })).errcode).toBe(40058);
    const { config_id: configId } = await add({ remark: "示".repeat(40) });
    const get2 = await place.post("externalcontact/groupchat/get_join_way", { config_id: configId });
    expect(get2["join_way"]).toMatchObject({ remark: "示".repeat(30) });
    await place.act("POST", "/emulator/apps", { agentId: 1_000_009 });
    const app = place.corp.apps.get(1_000_009) ?? place.app;
    const asOther = callAs(place.emulator, place.corp, app);
    expect((await asOther.post("externalcontact/groupchat/get_join_way", { config_id: configId })).errcode).toBe(41044);
  });

  test("§8 update replaces everything, del removes; the quota is shared with contact ways", async () => {
    const { config_id: configId } = await add({ state: "a", remark: "r" });
    const body = { config_id: configId, scene: 2, chat_id_list: [first(ownGroups())] };
    expect((await place.post("externalcontact/groupchat/update_join_way", body)).errcode).toBe(0);
    const read = () => place.post("externalcontact/groupchat/get_join_way", { config_id: configId });
    expect((await read())["join_way"]).toMatchObject({ state: "", remark: "" });
    await place.act("PATCH", "/emulator/switches", { codesMax: 1 });
    expect((await add({})).errcode).toBe(41045);
    await place.post("externalcontact/groupchat/del_join_way", { config_id: configId });
    expect((await read()).errcode).toBe(41044);
  });
});
