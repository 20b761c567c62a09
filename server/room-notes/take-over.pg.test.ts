import { eq, like } from "drizzle-orm";
import pino from "pino";
import { expect, test } from "vitest";
import { improvementOutcomes, roomImprovements, roomLessons } from "#db/schema/room-notes.ts";
import { engine, type CommandInput, type CommandType } from "#domain/ops/index.ts";
import type { Snapshot } from "#domain/wire.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { createTakeOver } from "./take-over.ts";

const followed = followedDatabase();
const directory = memoryDirectory();
const ids: string[] = [];

let commands = 0;
async function send<T extends CommandType>(sessionId: string, type: T, input: CommandInput<T>) {
  const parsed = engine.parse({ id: `c${(commands += 1)}`, type, input });
  if (!("parsed" in parsed)) throw new Error(JSON.stringify(parsed));
  const answer = await directory.send(sessionId, parsed.parsed, { id: "staff:ann", grants: ["owner"] });
  if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
  const { improvementId, lessonId } = Object(answer.result);
  return { improvementId: String(improvementId), lessonId: String(lessonId) };
}

async function plan(sessionId: string, { rehearsal = false, roomId = "r1" } = {}): Promise<void> {
  const times = { plannedStartAt: 1_000 as never, plannedEndAt: 2_000 as never };
  await send(sessionId, "session.create", { sessionId, roomId, title: `示例 ${sessionId}`, rehearsal, ...times });
  ids.push(sessionId);
}

const begin = (sessionId: string) => send(sessionId, "session.start", { reason: "试" });

/** What the follower and an opening of the page do. */
async function open(sessionId: string, roomId = "r1"): Promise<{ carried: unknown[]; adopted: unknown[] }> {
  for (const id of ids) await followed.store(id, directory.logOf(id));
  await followed.follower().catchUp();
  const log = pino({ level: "silent" });
  await createTakeOver({ db: followed.db, directory, log }).now({ sessionId, roomId });
  const { slices } = await directory.snapshot(sessionId, "control");
  return { carried: rowsOf(slices["carriedImprovements"]), adopted: rowsOf(slices["adoptedLessons"]) };
}

function rowsOf(slice: Snapshot["slices"][string] | undefined): unknown[] {
  return slice?.kind === "keyed" ? slice.rows.map(([, row]) => row) : [];
}

test("[IMP6] an improvement goes from show to show until one finds out, and the next one reads what it found", async () => {
  await plan("a");
  const { improvementId } = await send("a", "improvement.add", { text: "开场先报机制", ownerId: "p_bo" });
  await plan("b");
  await plan("later");
  expect((await open("b")).carried).toMatchObject([
    { text: "开场先报机制", ownerId: "p_bo", from: { sessionId: "a", title: "示例 a" }, settled: null },
  ]);
  const events = directory.logOf("b").length;
  await open("b");
  expect(directory.logOf("b").length).toBe(events);

  // Nobody answered in b: it is still open in the show after it.
  await begin("b");
  await send("b", "improvement.verify", { improvementId, outcome: "unclear" });
  await plan("c");
  expect((await open("c")).carried).toMatchObject([
    { settled: { outcome: "unclear", in: { sessionId: "b", title: "示例 b" } } },
  ]);
  await plan("other", { roomId: "r2" });
  expect((await open("other", "r2")).carried).toEqual([]);
});

test("[IMP6] one with a due show waits for it, and what a rehearsal finds out settles nothing of a real show", async () => {
  await plan("d");
  const { improvementId } = await send("d", "improvement.add", { text: "换主推顺序", dueSessionId: "due" });
  await plan("due");
  await plan("try", { rehearsal: true });
  const texts = (rows: unknown[]) => rows.map((row) => Object(row).text);
  expect(texts((await open("try")).carried)).not.toContain("换主推顺序");
  expect(texts((await open("due")).carried)).toContain("换主推顺序");
  await begin("due");
  expect(texts((await open("try")).carried)).toContain("换主推顺序");
  await begin("try");
  await send("try", "improvement.verify", { improvementId, outcome: "worked" });
  await plan("e");
  const found = (await open("e")).carried.find((row) => Object(row).text === "换主推顺序");
  expect(found).toMatchObject({ settled: null });
});

test("[IMP6] one stays open however many others were written and found out about since", async () => {
  await plan("old", { roomId: "r3" });
  await send("old", "improvement.add", { text: "补光灯换位置" });
  await plan("far", { roomId: "r3" });
  const many = Array.from({ length: 210 }, (_none, n) => ({ n, improvementId: `i${n}`, rehearsal: false }));
  const writtenAt = Date.now() + 1_000;
  const kept = { roomId: "r3", text: "示例", ownerId: null, measure: null, dueSessionId: null };
  await followed.db
    .insert(roomImprovements)
    .values(many.map(({ n, ...row }) => ({ ...row, ...kept, sessionId: "w", writtenAt: writtenAt + n })));
  await followed.db
    .insert(improvementOutcomes)
    .values(many.map(({ n, ...row }) => ({ ...row, sessionId: `f${n}`, outcome: "worked", note: "", foundAt: n })));
  const { carried } = await open("far", "r3");
  await followed.db.delete(roomImprovements).where(eq(roomImprovements.sessionId, "w"));
  await followed.db.delete(improvementOutcomes).where(like(improvementOutcomes.sessionId, "f%"));
  expect(carried).toHaveLength(2);
  expect(carried).toContainEqual(expect.objectContaining({ text: "补光灯换位置", settled: null }));
  expect(carried).toContainEqual(expect.objectContaining({ improvementId: "i209" }));
});

test("[LES7] active lessons go into every planned show of the room; retired ones leave it", async () => {
  await plan("f");
  const rule = { kind: "check", line: "备用手机充电" } as const;
  const { lessonId } = await send("f", "lesson.add", { text: "手机没电", rule });
  await plan("g");
  expect((await open("g")).adopted).toMatchObject([{ lessonId, rule, from: { sessionId: "f" } }]);
  expect((await open("f")).adopted).toEqual([]);
  await send("f", "lesson.retire", { lessonId });
  expect((await open("g")).adopted).toEqual([]);
});

test("[LES9] [IMP7] what a rehearsal wrote goes into rehearsals alone, until it is taken over; a real show's into both", async () => {
  const room = "r9";
  await plan("trial", { rehearsal: true, roomId: room });
  const rule = { kind: "check", line: "先试麦" } as const;
  const { lessonId } = await send("trial", "lesson.add", { text: "没声音", rule });
  const { improvementId } = await send("trial", "improvement.add", { text: "走一遍换场" });
  await plan("real", { roomId: room });
  await send("real", "improvement.add", { text: "正式场写的" });
  await plan("real-next", { roomId: room });
  await plan("again", { rehearsal: true, roomId: room });
  const texts = async (id: string) => {
    const { carried, adopted } = await open(id, room);
    return [...carried, ...adopted].map((row) => String(Object(row).text)).toSorted();
  };
  expect(await texts("real-next")).toEqual(["正式场写的"]);
  expect(await texts("again")).toEqual(["正式场写的", "没声音", "走一遍换场"]);
  await send("trial", "lesson.setForReal", { lessonId, forReal: true });
  await send("trial", "improvement.setForReal", { improvementId, forReal: true });
  expect(await texts("real-next")).toEqual(["正式场写的", "没声音", "走一遍换场"]);
  await send("trial", "lesson.setForReal", { lessonId, forReal: false });
  expect(await texts("real-next")).toEqual(["正式场写的", "走一遍换场"]);
});

test("the room's rows are the same when they are made again from the logs", async () => {
  await open("e");
  const all = async () => ({
    improvements: await followed.db.select().from(roomImprovements).orderBy(roomImprovements.improvementId),
    outcomes: await followed.db.select().from(improvementOutcomes).orderBy(improvementOutcomes.improvementId),
    lessons: await followed.db.select().from(roomLessons).orderBy(roomLessons.lessonId),
  });
  const before = await all();
  expect(before.outcomes).toHaveLength(2);
  const follower = followed.follower();
  for (const id of ids) await follower.rebuild(id);
  expect(await all()).toEqual(before);
});
