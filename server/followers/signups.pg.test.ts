import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { reportSignupCounts } from "#db/schema/warmup-counts.ts";
import { reportInviters, reportSignupRules, reportSignups } from "#db/schema/warmup-reports.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { START, show, type Show } from "#tests/support/given.ts";

const followed = followedDatabase();
const signups = (id: string) =>
  followed.db.select().from(reportSignups).where(eq(reportSignups.sessionId, id)).orderBy(asc(reportSignups.n));
const inviters = (id: string) =>
  followed.db.select().from(reportInviters).where(eq(reportInviters.sessionId, id)).orderBy(asc(reportInviters.n));

const counts = (id: string) =>
  followed.db.select().from(reportSignupCounts).where(eq(reportSignupCounts.sessionId, id));

const newTo = { show: true, room: true, company: true };

/** Answers the person's code. */
function signUp(
  played: Show,
  person: string,
  { by = "", odd = false, ...more }: { by?: string; odd?: boolean; sourceCode?: string; remindBy?: string[] } = {},
) {
  const touch = by === "" ? null : { inviterCode: by, at: START };
  const suspicions = odd ? [{ kind: "ring", evidence: { levels: 1 } }] : [];
  const input = { ...more, facts: { touch, newTo, suspicions } };
  const { answer } = played.send("signup.signUp", input, { by: `person:${person}` });
  return String(Object(answer.status === "ok" ? answer.result : {}).code);
}

async function followInTwo(id: string, played: Show, more: () => void) {
  await followed.store(id, played.log);
  const live = followed.follower();
  await live.catchUp();
  more();
  await followed.store(id, played.log);
  await live.catchUp();
  const rows = [await signups(id), await inviters(id)];
  expect(figuresOf(await counts(id))).toEqual(recount(await signups(id)));
  await followed.follower().rebuild(id);
  expect([await signups(id), await inviters(id)]).toEqual(rows);
  expect(figuresOf(await counts(id))).toEqual(recount(await signups(id)));
}

type Figures = Record<string, number>;
type Row = Awaited<ReturnType<typeof signups>>[number];
const placed = (minute: number, via: string, source: string) => [minute, via, source].join(" ");

/** Each figure that is not 0, by minute, push and source. */
function figuresOf(rows: Awaited<ReturnType<typeof counts>>): Figures {
  const all = rows.flatMap((row) => {
    const { sessionId: _id, minute, via, sourceCode, ...figures } = row;
    return Object.entries(figures).map(
      ([name, value]) => [`${placed(minute, via, sourceCode)} ${name}`, value] as const,
    );
  });
  return Object.fromEntries(all.filter(([, value]) => value !== 0));
}

/** The same from the rows that are counted. */
function recount(rows: readonly Row[]): Figures {
  const figures: Figures = {};
  for (const row of rows) {
    const add = (name: string, at: number, of: Row = row) => {
      const key = `${placed(at - (at % 60_000), of.via ?? "", of.sourceCode?.toLowerCase() ?? "")} ${name}`;
      figures[key] = (figures[key] ?? 0) + 1;
    };
    const { state, standing, greetedAt, watchedAt, signedUpAt, stateAt } = row;
    if (watchedAt !== null) add("seen", watchedAt);
    if (state === "cancelled" || state === "left") add("gone", stateAt);
    if (state === "merged") {
      add("merged", signedUpAt);
      continue;
    }
    add("signups", signedUpAt);
    if (state === "standing") add("standing", signedUpAt);
    if (state === "standing" && greetedAt === null) add("waiting", signedUpAt);
    if (greetedAt !== null) add("greeted", signedUpAt);
    if (watchedAt !== null) add("watched", signedUpAt);
    if (standing === "held") add("held", signedUpAt);
    if (standing !== "counts") continue;
    add("invited", signedUpAt);
    const inviter = rows.find(({ n }) => n === row.inviterN);
    if (inviter) add("friends", inviter.signedUpAt, inviter);
  }
  return figures;
}

test("[SUP11] a sign-up's row tells how it stands, who brought the person and what was decided, however the log was cut", async () => {
  const played = show();
  const code = signUp(played, "v_a", { sourceCode: "store1", remindBy: ["group"] });
  signUp(played, "v_b", { by: code });
  signUp(played, "v_c", { by: code, odd: true });
  signUp(played, "v_d", { by: code, odd: true });
  await followInTwo("signups", played, () => {
    played.pass(60_000).when("signup.cancel", {}, { by: "person:v_b" }).ok();
    played.when("invite.decide", { personIds: ["v_c"], as: "count", note: "认识" }).ok();
    played.when("signup.greet", { personId: "v_d" }).ok();
    played.when("signup.watched", { personIds: ["v_a", "v_c"] }, { by: "system" }).ok();
  });
  expect(await signups("signups")).toMatchObject([
    {
      n: 1,
      personId: "v_a",
      state: "standing",
      signedUpAt: START,
      sourceCode: "store1",
      remindBy: ["group"],
      inviterN: null,
      standing: null,
      watchedAt: START + 60_000,
    },
    {
      n: 2,
      personId: "v_b",
      state: "cancelled",
      stateAt: START + 60_000,
      inviterN: 1,
      standing: "takenBack",
      depth: 1,
    },
    { n: 3, personId: "v_c", standing: "counts", why: "suspicious", decidedAt: START + 60_000, note: "认识" },
    {
      n: 4,
      personId: "v_d",
      standing: "held",
      suspicions: [{ kind: "ring", evidence: { levels: 1 } }],
      greetedAt: START + 60_000,
    },
  ]);
  expect(await inviters("signups")).toMatchObject([{ n: 1, valid: 1, held: 1, count: 1 }]);
  expect(await followed.db.select().from(reportSignupRules)).toMatchObject([
    { salt: expect.any(String), metric: "valid" },
  ]);
});

test("[INV10] a decision that is taken back leaves the one before with who made it, when and with which note", async () => {
  const played = show();
  const code = signUp(played, "v_a");
  for (const id of ["v_b", "v_c", "v_d"]) signUp(played, id, { by: code, odd: true });
  const decide = (id: string, as: "count" | "reject", note: string, by: string) =>
    played
      .pass(1_000)
      .when("invite.decide", { personIds: [id], as, note }, { by })
      .ok();
  const back = (seq: number) => played.pass(1_000).when("tape.undo", { seq }, { by: "staff:cai" }).ok();
  decide("v_b", "count", "认识", "staff:ann");
  decide("v_c", "count", "认识", "staff:ann");
  await followInTwo("words", played, () => {
    back(decide("v_b", "reject", "刷的", "staff:bo").seqOf("invite.decided.v1"));
    back(played.log.filter(({ type }) => type === "invite.decided.v1")[1]?.seq ?? 0);
    const first = decide("v_d", "count", "一", "staff:ann").seqOf("invite.decided.v1");
    back(decide("v_d", "reject", "二", "staff:bo").seqOf("invite.decided.v1"));
    back(first);
    back(decide("v_d", "reject", "三", "staff:bo").seqOf("invite.decided.v1"));
    decide("v_d", "count", "四", "staff:ann");
  });
  expect((await signups("words")).slice(1)).toMatchObject([
    { standing: "counts", decidedBy: "staff:ann", decidedAt: START + 1_000, note: "认识" },
    { standing: "held", decidedBy: null, decidedAt: null, note: null },
    { standing: "counts", decidedBy: "staff:ann", decidedAt: played.now, note: "四" },
  ]);
});

test("[PER4] a person who turns out to be another has one standing sign-up, and the friends of both", async () => {
  const played = show();
  const first = signUp(played, "v_old");
  const second = signUp(played, "v_new");
  signUp(played, "v_f", { by: first });
  signUp(played, "v_g", { by: second });
  await followInTwo("merged", played, () => {
    played.pass(1_000).when("person.merge", { from: "v_new", into: "v_old", why: "示例" }, { by: "system" }).ok();
  });
  expect(await signups("merged")).toMatchObject([
    { n: 1, personId: "v_old", state: "standing" },
    { n: 2, personId: "v_old", state: "merged", stateAt: START + 1_000 },
    { n: 3, inviterN: 1, standing: "counts" },
    { n: 4, inviterN: 1, standing: "counts" },
  ]);
  expect((await inviters("merged")).filter(({ valid }) => valid > 0)).toMatchObject([{ n: 1, valid: 2, count: 2 }]);
});

test("[SUP11] counts of sign-ups equal a recount of the rows, followed in whole or event by event", async () => {
  const played = show();
  const first = signUp(played, "v_a", { sourceCode: "Store1" });
  const second = signUp(played.pass(20_000), "v_b", { by: first, sourceCode: "store1" });
  signUp(played.pass(50_000), "v_c", { by: second });
  signUp(played, "v_d", { by: second, odd: true });
  signUp(played, "v_e", { by: first, odd: true });
  played.when("signup.watched", { personIds: ["v_c", "v_d"] }, { by: "system" }).ok();
  played.pass(60_000).when("signup.cancel", {}, { by: "person:v_c" }).ok();
  played.when("signup.greet", { personId: "v_d" }).ok();
  played.when("signup.greet", { personId: "v_a" }).ok();
  played.when("invite.decide", { personIds: ["v_d"], as: "count", note: "认识" }).ok();
  played.pass(60_000).when("signup.ungreet", { personId: "v_a" }).ok();
  signUp(played, "v_c");
  played.when("person.merge", { from: "v_b", into: "v_a", why: "示例" }, { by: "system" }).ok();
  played.when("invite.decide", { personIds: ["v_e"], as: "reject", note: "刷的" }).ok();
  const step = followed.follower();
  for (let to = 1; to <= played.log.length; to += 1) {
    await followed.store("stepwise", played.log.slice(0, to));
    await step.catchUp();
    expect(figuresOf(await counts("stepwise")), `after ${to} events`).toEqual(recount(await signups("stepwise")));
  }
  await followed.store("whole", played.log);
  await followed.follower().catchUp();
  expect(figuresOf(await counts("whole"))).toEqual(figuresOf(await counts("stepwise")));
  await followed.follower().rebuild("stepwise");
  expect(figuresOf(await counts("stepwise"))).toEqual(figuresOf(await counts("whole")));
});
