import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reportSignupRules, reportSignups, reportSources } from "#db/schema/warmup-reports.ts";
import { shows } from "#db/schema/shows.ts";
import { identityKeys } from "#db/schema/wecom-identities.ts";
import { wecomContacts, wecomGroupMembers } from "#db/schema/wecom-people.ts";
import { createLog } from "#server/lib/log.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { createWecomWatch, type WecomWatch } from "./wecom-watch.ts";

let api: TestApi;
let watch: WecomWatch;
let sessionId = "";
const START = Date.now() + 3_600_000;

beforeAll(async () => {
  api = await testApi();
  watch = createWecomWatch({ db: api.context.db, directory: api.directory, log: createLog(null) });
  await api.addPerson("boss", { roles: ["manager"] });
  const headers = { origin: ORIGIN, cookie: await api.signIn("boss") };
  const payload = { roomId: api.roomId, title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  sessionId = (await api.app.inject({ method: "POST", url: "/api/v1/sessions", headers, payload })).json().id;
  await api.context.showIndex.refresh(sessionId);
});
afterAll(async () => {
  await watch.close();
  await api.stop();
});

let commands = 0;
const send = (type: string, input: object, id = `s${(commands += 1)}`, by = "staff:p_1") =>
  api.directory.send(sessionId, { id, type, input }, { id: by, grants: ["owner"] });
const told = (type: string) =>
  api.directory.logOf(sessionId).flatMap((event) => (event.type === type ? [event.data] : []));
const stay = (who: string, joinedAt: number, more: object = {}) => ({
  groupId: "g_1",
  who,
  customer: true,
  joinedAt,
  scene: "code",
  ...more,
});

it("[SRC3] tells a show once of everybody who came by the codes of its sources, however often it looks", async () => {
  const { db } = api.context;
  await send("source.plan", { kind: "store", name: "门店", code: "store1", wecomCodeId: "q_1" });
  const source = { sessionId, sourceId: "src", code: "store1", name: "门店", wecomCodeId: "q_1" };
  await db.insert(reportSources).values(source);
  const now = Date.now();
  await db.insert(wecomGroupMembers).values([
    stay("x_1", now, { codeId: "q_1" }),
    stay("x_2", now, { codeId: "q_1" }),
    stay("x_3", now, { codeId: "q_other" }),
    // Before the show was made.
    stay("x_4", 1, { codeId: "q_1", leftAt: 2 }),
  ]);
  await watch.look();
  await watch.look();
  await db.insert(wecomGroupMembers).values(stay("x_5", now, { codeId: "q_1" }));
  const other = createWecomWatch({ db, directory: api.directory, log: createLog(null) });
  await Promise.all([watch.look(), other.look()]);
  await other.close();
  expect(told("source.joined.v1")).toMatchObject([{ joins: [{ count: 2 }] }, { joins: [{ count: 1 }] }]);
});

it("[SUP8] tells who left the last group within the rule's time, and who came back", async () => {
  const { db } = api.context;
  const by = (personId: string) => `person:${personId}`;
  for (const personId of ["v_stays", "v_leaves"]) await send("signup.signUp", {}, `up${personId}`, by(personId));
  const now = Date.now();
  const rules = { sessionId, salt: null, touchWindowMs: 1, leaveWithinMs: 86_400_000, metric: "valid" };
  await db.insert(reportSignupRules).values(rules);
  for (const [n, personId] of ["v_stays", "v_leaves"].entries()) {
    const row = { sessionId, n: n + 1, personId, signedUpAt: now - 1_000, state: "standing", stateAt: 1, remindBy: [] };
    await db.insert(reportSignups).values(row);
    const contact = { id: `x_${personId}`, corpId: "w", externalUserid: `wm${n}`, firstSeenAt: 1 };
    await db.insert(wecomContacts).values(contact);
    const key = { identityId: `y_${n}`, since: 1 };
    await db.insert(identityKeys).values([
      { ...key, kind: "externalUserid", scope: "w", value: `wm${n}` },
      { ...key, kind: "person", scope: "", value: personId },
    ]);
    await db.insert(wecomGroupMembers).values(stay(`x_${personId}`, 5, { leftAt: now + 5 }));
  }
  // Who left one group stands in another.
  await db.insert(wecomGroupMembers).values({ ...stay("x_v_stays", 6), groupId: "g_2" });
  await watch.look();
  expect(told("signup.left.v1")).toMatchObject([{ people: [{ personId: "v_leaves" }] }]);
  await db.update(reportSignups).set({ state: "left" }).where(eq(reportSignups.personId, "v_leaves"));
  await db.insert(wecomGroupMembers).values({ ...stay("x_v_leaves", now + 9), groupId: "g_2" });
  await watch.look();
  expect(told("signup.returned.v1")).toMatchObject([{ people: [{ personId: "v_leaves" }] }]);
});

it("tells all other shows while one takes nothing", async () => {
  const { db } = api.context;
  const person = "v_two";
  await send("signup.signUp", {}, "uptwo", `person:${person}`);
  const now = Date.now();
  await db.insert(wecomContacts).values({ id: "x_two", corpId: "w", externalUserid: "wmtwo", firstSeenAt: 1 });
  await db.insert(identityKeys).values([
    { identityId: "y_two", since: 1, kind: "externalUserid", scope: "w", value: "wmtwo" },
    { identityId: "y_two", since: 1, kind: "person", scope: "", value: person },
  ]);
  // Its log is nowhere, as after a table was restored from an older copy; first in every order.
  const [known] = await db.select().from(shows).where(eq(shows.id, sessionId));
  if (known) await db.insert(shows).values({ ...known, id: "s_0gone" });
  const rules = { salt: null, touchWindowMs: 1, leaveWithinMs: 86_400_000, metric: "valid" };
  await db.insert(reportSignupRules).values({ sessionId: "s_0gone", ...rules });
  const row = { n: 9, personId: person, signedUpAt: now - 1_000, state: "standing", stateAt: 1, remindBy: [] };
  await db.insert(reportSignups).values([
    { ...row, sessionId: "s_0gone" },
    { ...row, sessionId },
  ]);
  await db.insert(wecomGroupMembers).values(stay("x_two", 5, { leftAt: now + 7 }));
  await watch.look();
  expect(told("signup.left.v1").at(-1)).toMatchObject({ people: [{ personId: person }] });
});
