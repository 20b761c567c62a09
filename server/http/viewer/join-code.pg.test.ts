import { afterAll, beforeAll, expect, test } from "vitest";
import { setRoomCorp } from "#db/queries/wecom-room-corps.ts";
import { wecomCodes } from "#db/schema/wecom-codes.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
let api: TestApi;
let sessionId = "";
let cookie = "";

const post = async (url: string, payload: object) => {
  const answer = await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie }, payload });
  expect([url, answer.statusCode, answer.body]).toEqual([url, expect.toBeOneOf([200, 201]), answer.body]);
  return answer.json();
};
let sent = 0;
const command = (type: string, input: object) =>
  post(`/api/v1/sessions/${sessionId}/commands`, { id: `k${(sent += 1)}`, type, input });
const picture = (id = sessionId) => api.app.inject({ url: `/api/v1/viewer/sessions/${id}/join-code` });

async function showWith(joinCodeId: string): Promise<void> {
  const show = { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 };
  sessionId = (await post("/api/v1/sessions", show)).id;
  await api.context.showIndex.refresh(sessionId);
  const act = { part: "opening", kind: "act", title: "", text: "" };
  const words = { channelsName: "示例", consentText: "示例", privacyText: "示例" };
  await command("landing.setSettings", { ...words, joinCodeId });
  await command("landing.setBlocks", {
    blocks: [
      { blockId: "h", part: "opening", kind: "hero", title: "示例", subtitle: "", pictureUrl: null, countdown: true },
      { ...act, blockId: "a" },
      { blockId: "q", part: "proof", kind: "quotes", title: "", items: [{ text: "示例", who: "" }] },
      { ...act, blockId: "z", part: "closing" },
    ],
  });
  await command("landing.publish", {});
}

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  cookie = await api.signIn("boss");
  const base = { kind: "group", status: "live", name: "示例码", targetIds: [], createdBy: "p_1" };
  const drawn = { qrPicture: PNG, qrMediaType: "image/png", createdAt: 1, changedAt: 1 };
  await api.context.db.insert(wecomCodes).values([
    { ...base, ...drawn, id: "q_ours", corpId: "c_ours", state: "ours" },
    { ...base, ...drawn, id: "q_theirs", corpId: "c_theirs", state: "theirs" },
    { ...base, ...drawn, id: "q_gone", corpId: "c_ours", state: "gone", status: "deleted" },
  ]);
  await setRoomCorp(api.context.db, { roomId: api.roomId, use: "show", corpId: "c_ours", by: "p_1", now: 1 });
});
afterAll(() => api.stop());

test("viewers see the join code that a landing page published", async () => {
  await showWith("q_ours");
  const shown = await picture();
  expect([shown.statusCode, shown.headers["content-type"]]).toEqual([200, "image/png"]);
  expect(shown.rawPayload.equals(PNG)).toBe(true);
});

test("they see none of another company, none that was deleted, none of a show that is not there", async () => {
  await showWith("q_theirs");
  expect((await picture()).statusCode).toBe(404);
  await showWith("q_gone");
  expect((await picture()).statusCode).toBe(404);
  expect((await picture("s_nope")).statusCode).toBe(404);
});
