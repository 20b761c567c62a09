import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  cut,
  half,
  ok,
  refuse,
  silent,
  startTinyWecom,
  status,
  steppedClock,
  testLine,
  type TinyWecom,
} from "#tests/support/tiny-wecom.ts";
import { freePort } from "#tests/support/ports.ts";
import { getGroup, listGroups } from "./api/groups.ts";
import { addMassMessage, cancelMassMessage, massTasks, remindSenders } from "./api/mass-send.ts";
import { everyItem } from "./api/pages.ts";
import { markTags } from "./api/tags.ts";
import { createClient } from "./client.ts";
import { WecomError, WecomTransportError } from "./wecom-error.ts";

let tiny: TinyWecom;
beforeEach(async () => {
  tiny = await startTinyWecom();
});
afterEach(() => tiny.stop());

const credentials = { corpId: "ww-example", secret: "example-app-secret", agentId: 1_000_002 };
const mass = {
  targets: { to: "groups", sender: "staff-1", chatIds: ["g-1"] },
  message: { text: "示例", attachments: [] },
} as const;
const ADD = "externalcontact/add_msg_template";
const REMIND = "externalcontact/remind_groupmsg_send";
const CANCEL = "externalcontact/cancel_groupmsg_send";
const LIST = "externalcontact/groupchat/list";

function client(url = tiny.url) {
  const clock = steppedClock();
  const { line, figures, logged } = testLine(url, { clock });
  return { wecom: createClient(line, credentials), line, clock, figures, logged };
}

async function failureOf(work: Promise<unknown>): Promise<WecomError | WecomTransportError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WecomError || error instanceof WecomTransportError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("asking", () => {
  it("reads a list through all its pages, with the token in the query", async () => {
    tiny.on(
      LIST,
      { ...ok, group_chat_list: [{ chat_id: "g-1", status: 0, more: "unknown" }], next_cursor: "c1" },
      { ...ok, group_chat_list: [{ chat_id: "g-2", status: 2 }, { chat_id: "g-3" }], next_cursor: "" },
    );
    const { wecom } = client();
    const groups = await everyItem(listGroups(wecom, { owners: ["staff-1"] }));
    expect(groups).toEqual([
      { chatId: "g-1", status: "normal" },
      { chatId: "g-2", status: "inheriting" },
      { chatId: "g-3", status: "normal" },
    ]);
    expect(tiny.of("gettoken")).toHaveLength(1);
    const [first, second] = tiny.of(LIST);
    expect(first?.query.get("access_token")).toBe("token-1");
    expect(JSON.parse(first?.body ?? "")).toEqual({
      status_filter: 0,
      owner_filter: { userid_list: ["staff-1"] },
      cursor: "",
      limit: 1_000,
    });
    expect(JSON.parse(second?.body ?? "")).toMatchObject({ cursor: "c1" });
  });

  it("changes one customer's tags one call after the other, and those of others meanwhile", async () => {
    const held = Promise.withResolvers<ServerResponse>();
    tiny.on("externalcontact/mark_tag", (response) => held.resolve(response), ok);
    const { wecom } = client();
    const mark = (externalUserId: string, tag: string) =>
      markTags(wecom, { userid: "staff-1", externalUserId, add: [tag] });
    const first = mark("customer-1", "a");
    const answer = await held.promise;
    const second = mark("customer-1", "b");
    await mark("customer-2", "c");
    const asked = () =>
      tiny.of("externalcontact/mark_tag").map(({ body }) => (JSON.parse(body) as { add_tag: string[] }).add_tag[0]);
    expect(asked()).toEqual(["a", "c"]);
    answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(ok));
    await Promise.all([first, second]);
    expect(asked()).toEqual(["a", "c", "b"]);
  });

  it("takes a group with next to nothing in it", async () => {
    tiny.on("externalcontact/groupchat/get", {
      errcode: 0,
      group_chat: {
        chat_id: "g-1",
        create_time: 1_750_000_000,
        member_list: [{ userid: "staff-1", type: 1, join_time: 1_750_000_000, invitor: {} }],
        admin_list: null,
      },
    });
    const group = await getGroup(client().wecom, "g-1");
    expect(group).toMatchObject({ name: "", admins: [], memberVersion: null, createdAt: 1_750_000_000_000 });
    expect(group.members[0]).toMatchObject({ kind: "staff", joinScene: "other", invitedBy: null, state: null });
  });

  it("looks at the errcode before anything else, and keeps the hint", async () => {
    const words = "no privilege, hint: [1234567890], from ip: 203.0.113.7, more info at https://example.com";
    tiny.on(LIST, { ...refuse(60_020, words), group_chat_list: [] });
    const error = await failureOf(everyItem(listGroups(client().wecom)));
    expect(error).toMatchObject({
      errcode: 60_020,
      class: "permission",
      advice: "trustIp",
      hint: "1234567890",
      ip: "203.0.113.7",
      outcome: "notSent",
    });
  });
});

describe("trying again", () => {
  it("asks a busy WeCom three times more, and not for ever", async () => {
    tiny.on(CANCEL, refuse(-1), refuse(-1), ok);
    const { wecom, clock } = client();
    await cancelMassMessage(wecom, "m-1");
    expect(tiny.of(CANCEL)).toHaveLength(3);
    expect(clock.slept).toEqual([500, 1_000]);
    tiny.on(CANCEL, refuse(-1));
    expect(await failureOf(cancelMassMessage(wecom, "m-1"))).toMatchObject({ errcode: -1, class: "retry" });
    expect(tiny.of(CANCEL)).toHaveLength(3 + 4);
  });

  it.each([
    ["cut after the request", cut, "cut"],
    ["half an answer", half, "cut"],
    ["a gateway that gave up", status(502), "status"],
    ["a yes that nobody understands", { errcode: 0, msg: "?" }, "body"],
  ])("never hands a mass message over twice: %s", async (_name, answer, reason) => {
    tiny.on(ADD, answer);
    const { wecom } = client();
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ reason, outcome: "unknown" });
    expect(tiny.of(ADD)).toHaveLength(1);
  });

  it("never hands over twice when WeCom was busy: nobody knows how far it came", async () => {
    tiny.on(ADD, refuse(-1));
    tiny.on(REMIND, refuse(-1));
    const { wecom } = client();
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ errcode: -1, outcome: "unknown" });
    expect(await failureOf(remindSenders(wecom, "m-1"))).toMatchObject({ errcode: -1, outcome: "unknown" });
    expect([...tiny.of(ADD), ...tiny.of(REMIND)]).toHaveLength(2);
  });

  it("knows that nothing went when there was no connection", async () => {
    const { wecom } = client(`http://127.0.0.1:${await freePort()}`);
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ reason: "connect", outcome: "notSent" });
  });

  it("knows that nothing went when the token could not be had, however that failed", async () => {
    tiny.on("gettoken", cut);
    const { wecom } = client();
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ api: "gettoken", outcome: "notSent" });
    tiny.on("gettoken", refuse(-1));
    const another = client().wecom;
    expect(await failureOf(addMassMessage(another, mass))).toMatchObject({ errcode: -1, outcome: "notSent" });
    expect(tiny.of(ADD)).toHaveLength(0);
  });

  it("asks again on a lost answer to a question", async () => {
    tiny.on("externalcontact/get_groupmsg_task", cut, half, { ...ok, task_list: [{ userid: "staff-1", status: 1 }] });
    expect(await everyItem(massTasks(client().wecom, { msgid: "m-1" }))).toEqual([
      { userid: "staff-1", sent: true, sentAt: null },
    ]);
  });

  it("waits a moment when somebody else is at the same thing, also for what is never repeated", async () => {
    tiny.on(ADD, refuse(45_033), { ...ok, msgid: "m-1", fail_list: ["g-9"] });
    expect(await addMassMessage(client().wecom, mass)).toEqual({ msgid: "m-1", failed: ["g-9"] });
  });

  it("is told to stop", async () => {
    tiny.on(ADD, silent);
    const { wecom } = client();
    const stop = new AbortController();
    const handing = failureOf(addMassMessage(wecom, mass, { signal: stop.signal }));
    await expect.poll(() => tiny.of(ADD).length).toBe(1);
    stop.abort();
    expect(await handing).toMatchObject({ reason: "stopped", outcome: "unknown" });
    expect(await failureOf(addMassMessage(wecom, mass, { signal: stop.signal }))).toMatchObject({ outcome: "notSent" });
  });
});

describe("the pace", () => {
  it("rests an API for a minute after 45009, then longer, and tells how long", async () => {
    tiny.on(LIST, refuse(45_009));
    const { wecom, clock, line } = client();
    expect(await failureOf(everyItem(listGroups(wecom)))).toMatchObject({ class: "rate", retryAfterMs: 60_000 });
    expect(await failureOf(everyItem(listGroups(wecom)))).toMatchObject({ foreseen: true });
    expect(tiny.of(LIST)).toHaveLength(1);
    expect(line.health().blocked).toMatchObject([{ corpId: "ww-example", api: LIST }]);
    clock.step(60_000);
    expect(await failureOf(everyItem(listGroups(wecom)))).toMatchObject({ retryAfterMs: 120_000, foreseen: false });
    // Another API of the same corp goes on.
    await cancelMassMessage(wecom, "m-1");
    clock.step(120_000);
    tiny.on(LIST, { ...ok, group_chat_list: [] });
    expect(await everyItem(listGroups(wecom))).toEqual([]);
    tiny.on(LIST, refuse(45_009));
    expect(await failureOf(everyItem(listGroups(wecom)))).toMatchObject({ retryAfterMs: 60_000 });
  });

  it("waits out a block when the caller has the time", async () => {
    tiny.on(LIST, refuse(45_009), { ...ok, group_chat_list: [] });
    const { wecom, clock } = client();
    expect(await everyItem(listGroups(wecom, {}, { deadlineMs: 120_000 }))).toEqual([]);
    expect(clock.slept[0]).toBeGreaterThanOrEqual(60_000);
  });

  it("keeps below its share by itself", async () => {
    const clock = steppedClock();
    const { line } = testLine(tiny.url, { clock, limits: { perMinute: 20, perHour: 1_000, share: 0.5 } });
    const wecom = createClient(line, credentials);
    for (let count = 0; count < 10; count += 1) await cancelMassMessage(wecom, "m-1");
    expect(await failureOf(cancelMassMessage(wecom, "m-1", { deadlineMs: 0 }))).toMatchObject({ foreseen: true });
    await cancelMassMessage(wecom, "m-1", { deadlineMs: 120_000 });
    expect(tiny.of(CANCEL)).toHaveLength(11);
  });
});

describe("the circuit", () => {
  it("stops asking a WeCom that is away, and finds it back by a question that does nothing", async () => {
    tiny.on(ADD, cut);
    const { wecom, clock, line } = client();
    for (let count = 0; count < 5; count += 1) await failureOf(addMassMessage(wecom, mass));
    expect(line.health().host).toMatchObject({ state: "open", failures: 5, lastFailure: "cut" });
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ reason: "circuitOpen", outcome: "notSent" });
    expect(tiny.of(ADD)).toHaveLength(5);
    clock.step(5_000);
    expect(line.health().host.state).toBe("halfOpen");
    tiny.on("gettoken", status(503));
    expect(await failureOf(addMassMessage(wecom, mass))).toMatchObject({ reason: "circuitOpen", outcome: "notSent" });
    expect(tiny.of(ADD)).toHaveLength(5);
    clock.step(10_000);
    tiny.on("gettoken", refuse(41_002));
    tiny.on(ADD, { ...ok, msgid: "m-1" });
    expect(await addMassMessage(wecom, mass)).toEqual({ msgid: "m-1", failed: [] });
    expect(line.health().host.state).toBe("closed");
  });

  it("opens for one corp that WeCom is too busy for, and not for the others", async () => {
    tiny.on(REMIND, refuse(-1));
    const { wecom, line } = client();
    for (let count = 0; count < 5; count += 1) await failureOf(remindSenders(wecom, "m-1"));
    expect(await failureOf(remindSenders(wecom, "m-1"))).toMatchObject({ reason: "circuitOpen" });
    const other = createClient(line, { ...credentials, corpId: "ww-other" });
    await cancelMassMessage(other, "m-1");
    expect(line.health().corps.map(({ corpId, state }) => [corpId, state])).toEqual([
      ["ww-example", "open"],
      ["ww-other", "closed"],
    ]);
  });
});

describe("secrets", () => {
  it("stand neither in errors nor in logs, also when WeCom repeats them", async () => {
    tiny.on(LIST, refuse(40_058, "bad call with access_token=token-1 and example-app-secret"), cut);
    const { wecom, logged } = client();
    const error = await failureOf(everyItem(listGroups(wecom)));
    const lost = await failureOf(addMassMessage(createClient(testLine("http://127.0.0.1:1").line, credentials), mass));
    const told = [error, lost].map((one) => `${one.message} ${String(one.cause)} ${one.stack} ${JSON.stringify(one)}`);
    const everything = `${told.join()} ${logged.join()}`;
    expect(everything).not.toContain("token-1");
    expect(everything).not.toContain("example-app-secret");
    expect(everything).toContain("(hidden)");
  });
});
