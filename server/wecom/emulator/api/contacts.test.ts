import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callAs, first, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const owner = "staff01";
const customersOf = (userid: string) => [...(place.corp.customersOf.get(userid) ?? [])];
const post = (name: string, body: object) => place.post(`externalcontact/${name}`, body);
const get = (name: string, query: Record<string, string>) => place.get(`externalcontact/${name}`, query);
const otherApp = async () => {
  await place.act("POST", "/emulator/apps", { agentId: 1_000_009 });
  return callAs(place.emulator, place.corp, place.corp.apps.get(1_000_009) ?? place.app);
};
const idsIn = (answer: object, name: string) =>
  [...JSON.stringify(answer).matchAll(new RegExp(`"${name}":"([^"]+)"`, "g"))].map(([, id]) => id ?? "");

describe("§11 customers", () => {
  test("§11 list: 84061 when a member has none", async () => {
    expect((await get("list", { userid: owner }))["external_userid"]).toHaveLength(10);
    for (const id of customersOf(owner))
      await place.act("POST", `/emulator/customers/${id}/remove`, { userid: owner, by: "staff" });
    expect(await get("list", { userid: owner })).toMatchObject({ errcode: 84061, external_userid: [] });
  });

  test("§11 add_way 10 tells of the live room; other ways do not", async () => {
    const [id = "", other = ""] = customersOf(owner);
    await place.act("POST", `/emulator/customers/${id}/add`, {
      userid: "staff02",
      addWay: 10,
      channels: { nickname: "示例视频号", source: 2 },
    });
    await place.act("POST", `/emulator/customers/${other}/add`, { userid: "staff02", addWay: 3, state: "s1" });
    const seen = async (customer: string) =>
      JSON.stringify((await get("get", { external_userid: customer }))["follow_user"]);
    expect(await seen(id)).toContain(
      '"add_way":10,"oper_userid":"staff02","wechat_channels":{"nickname":"示例视频号","source":2}',
    );
    expect(await seen(other)).toContain('"add_way":3');
    expect(await seen(other)).toContain('"state":"s1"');
  });

  test("§11 get: 40096 for no id, 84061 outside the visible range, empty fields in errors", async () => {
    expect(await get("get", { external_userid: "wm0" })).toMatchObject({
      errcode: 40096,
      external_contact: {},
      follow_user: [],
    });
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    expect((await get("get", { external_userid: first(customersOf(owner)) })).errcode).toBe(84061);
  });

  test("§11 get pages over 500 followers", async () => {
    const big = place.emulator.control.seed({ corpId: "wwbig", staff: 520, groups: 0, customers: 1 });
    const call = callAs(place.emulator, big, first(big.apps.values()));
    const id = first(big.customers.keys());
    for (const userid of big.staff.keys()) {
      if (userid !== owner) await place.act("POST", `/emulator/customers/${id}/add`, { corp: "wwbig", userid });
    }
    const one = await call.get("externalcontact/get", { external_userid: id });
    expect(one["follow_user"]).toHaveLength(500);
    const two = await call.get("externalcontact/get", { external_userid: id, cursor: String(one["next_cursor"]) });
    expect(two["follow_user"]).toHaveLength(20);
    expect(two["next_cursor"]).toBeUndefined();
  });

  test("§11 batch/get_by_user pages over members and gives tag_id", async () => {
    const seen: string[] = [];
    let cursor: unknown = "";
    do {
      const page = await post("batch/get_by_user", { userid_list: [owner, "staff02"], limit: 7, cursor });
      seen.push(...idsIn(page, "external_userid"));
      expect(JSON.stringify(page)).toContain('"tag_id":[]');
      cursor = page["next_cursor"];
    } while (cursor !== "");
    expect(new Set(seen)).toEqual(new Set([...customersOf(owner), ...customersOf("staff02")]));
    expect((await post("batch/get_by_user", { userid_list: [owner], limit: 101 })).errcode).toBe(40058);
  });

  test("§11 remark: cut at 20 and 150 characters, mobiles replaced", async () => {
    const id = first(customersOf(owner));
    const remark = (body: object) => post("remark", { userid: owner, external_userid: id, ...body });
    await remark({ remark: "示".repeat(30), remark_mobiles: ["13800000001", "13800000002"] });
    await remark({ remark_mobiles: ["13800000003"] });
    expect(place.corp.followOf(owner, id)).toMatchObject({ remark: "示".repeat(20), mobiles: ["13800000003"] });
    expect((await post("remark", { userid: "staff02", external_userid: id, remark: "x" })).errcode).toBe(84061);
  });

  test("§11 unionid_to_external_userid wants the openid of the same person", async () => {
    const customer = place.corp.customers.get(first(customersOf(owner)));
    const ask = (openid: string) => post("unionid_to_external_userid", { unionid: customer?.unionid, openid });
    expect(await ask(customer?.openid ?? "")).toMatchObject({ errcode: 0, external_userid: customer?.id });
    expect((await ask("oOther")).errcode).toBe(40073);
  });
});

describe("§11 tags", () => {
  const add = (names: readonly string[], group = "示例来源") =>
    post("add_corp_tag", { group_name: group, tag: names.map((name) => ({ name })) });
  const mark = (body: object) =>
    post("mark_tag", { userid: owner, external_userid: first(customersOf(owner)), ...body });

  test("§11 40071 for a name that exists, 40068 for an unknown tag", async () => {
    expect((await add(["直播间"])).errcode).toBe(0);
    expect((await add(["直播间"])).errcode).toBe(40071);
    expect((await add(["x".repeat(31)], "b")).errcode).toBe(40058);
    expect((await mark({ add_tag: ["et0"] })).errcode).toBe(40068);
    expect((await post("edit_corp_tag", { id: "et0", name: "x" })).errcode).toBe(40068);
  });

  test("§11 a tag belongs to a member and a customer", async () => {
    const [tag = ""] = idsIn(await add(["直播间"]), "id");
    expect((await mark({ add_tag: [tag] })).errcode).toBe(0);
    const id = first(customersOf(owner));
    expect(JSON.stringify(await get("get", { external_userid: id }))).toContain(`"tag_id":"${tag}","type":1`);
    await mark({ remove_tag: [tag] });
    expect(place.corp.followOf(owner, id)?.tagIds).toEqual([]);
    expect((await mark({})).errcode).toBe(40063);
  });

  test("§11 301002: an app changes only the tags it made", async () => {
    const [tag = ""] = idsIn(await add(["直播间"]), "id");
    const asOther = await otherApp();
    expect((await asOther.post("externalcontact/edit_corp_tag", { id: tag, name: "别的" })).errcode).toBe(301002);
    expect((await asOther.post("externalcontact/del_corp_tag", { tag_id: [tag] })).errcode).toBe(301002);
    expect((await post("del_corp_tag", { tag_id: [tag] })).errcode).toBe(0);
    expect((await post("get_corp_tag_list", {}))["tag_group"]).toEqual([]);
  });

  test("§4 45035 for edits of one customer at once", async () => {
    const [tag = ""] = idsIn(await add(["直播间"]), "id");
    const codes = (await Promise.all([mark({ add_tag: [tag] }), mark({ add_tag: [tag] })])).map(
      ({ errcode }) => errcode,
    );
    expect(codes.toSorted((a, b) => a - b)).toEqual([0, 45035]);
  });

  test("§9 tag_filter: OR inside a list, AND between lists", async () => {
    const [live = "", sale = ""] = idsIn(await add(["直播间", "秒杀"]), "id");
    const [a = "", b = ""] = customersOf(owner);
    const tagged = (id: string, tags: readonly string[]) =>
      post("mark_tag", { userid: owner, external_userid: id, add_tag: tags });
    await tagged(a, [live]);
    await tagged(b, [live, sale]);
    const targets = async (lists: readonly (readonly string[])[]) => {
      const filter = { group_list: lists.map((tags) => ({ tag_list: tags })) };
      const { msgid } = await post("add_msg_template", { tag_filter: filter, text: { content: "x" } });
      return place.corp.tasks.get(String(msgid))?.senders.flatMap(({ targets: rows }) => rows.map(({ id }) => id));
    };
    expect(await targets([[live, sale]])).toEqual([a, b]);
    expect(await targets([[live], [sale]])).toEqual([b]);
  });
});

describe("§11 contact ways", () => {
  const add = (body: object) => post("add_contact_way", { type: 1, scene: 2, user: [owner], ...body });

  test("§11 the code comes at once; who scans it is added with its state, in turn", async () => {
    const made = await add({ type: 2, user: [owner, "staff02"], state: "ch1" });
    expect(made).toMatchObject({ errcode: 0, qr_code: expect.stringContaining("/qr/contact/") });
    const scanned: unknown[] = [];
    for (const name of ["示例甲", "示例乙"]) {
      await place.act("POST", "/emulator/customers", { name });
      const id = [...place.corp.customers.keys()].at(-1) ?? "";
      scanned.push(
        await place.act("POST", `/emulator/customers/${id}/scan`, { code: `contact/${String(made["config_id"])}` }),
      );
      expect(place.corp.customers.get(id)?.follows).toMatchObject([{ state: "ch1", addWay: 1 }]);
    }
    expect(scanned).toMatchObject([{ userid: owner }, { userid: "staff02" }]);
  });

  test("§11 type 1 takes exactly one member, at most 100 in all, active ones", async () => {
    expect((await add({ user: [owner, "staff02"] })).errcode).toBe(40058);
    expect((await add({ scene: 3 })).errcode).toBe(41040);
    expect((await add({ user: ["nobody"] })).errcode).toBe(40003);
    await place.act("PATCH", "/emulator/staff/staff02", { active: false });
    expect((await add({ user: ["staff02"] })).errcode).toBe(41054);
    const big = place.emulator.control.seed({ corpId: "wwbig", staff: 101, groups: 0, customers: 0 });
    const call = callAs(place.emulator, big, first(big.apps.values()));
    const body = { type: 2, scene: 2, user: [...big.staff.keys()] };
    expect((await call.post("externalcontact/add_contact_way", body)).errcode).toBe(41041);
  });

  test("§11 bad config_id 41044, quota 41045, list gives ids only", async () => {
    const { config_id: configId } = await add({ remark: "示例" });
    expect((await post("get_contact_way", { config_id: "0" })).errcode).toBe(41044);
    expect((await post("list_contact_way", {}))["contact_way"]).toEqual([{ config_id: configId }]);
    await place.act("PATCH", "/emulator/switches", { codesMax: 1 });
    expect((await add({})).errcode).toBe(41045);
    expect((await post("update_contact_way", { config_id: configId, user: ["staff02"] })).errcode).toBe(0);
    expect((await post("get_contact_way", { config_id: configId }))["contact_way"]).toMatchObject({
      user: ["staff02"],
      remark: "示例",
    });
    expect((await post("del_contact_way", { config_id: configId })).errcode).toBe(0);
    expect((await post("del_contact_way", { config_id: configId })).errcode).toBe(41044);
  });
});
