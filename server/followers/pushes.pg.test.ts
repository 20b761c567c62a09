import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { pushCalendar } from "#db/queries/push-calendar.ts";
import { pushesById } from "#db/queries/pushes-by-id.ts";
import { targetsOfTasks } from "#db/queries/push-targets.ts";
import { sessionsWithActivePushes } from "#db/queries/push-tasks.ts";
import { pushTasks, reportPushes } from "#db/schema/wecom-pushes.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { START } from "#tests/support/given.ts";
import { handedOver, MINUTE, owedNow, planned, polled, pushOf, ready, SYSTEM, waiting } from "#tests/support/pushes.ts";
import { pushesProjection } from "./pushes-projection.ts";

const followed = followedDatabase();

const pushRows = (sessionId: string) =>
  followed.db
    .select()
    .from(reportPushes)
    .where(eq(reportPushes.sessionId, sessionId))
    .orderBy(asc(reportPushes.pushId));
const taskRows = (sessionId: string) =>
  followed.db.select().from(pushTasks).where(eq(pushTasks.sessionId, sessionId)).orderBy(asc(pushTasks.taskId));

test("pushes and tasks stand in tables as the log has them, and are the same made again", async () => {
  const follower = followed.follower([pushesProjection]);
  const played = handedOver();
  await followed.store("s1", played.log);
  await follower.catchUp();
  expect(await pushRows("s1")).toMatchObject([
    { status: "handedOver", targets: 3, sent: 0, active: true, roomId: "r1" },
  ]);
  waiting(played);
  polled(played, "taskaa", true, [
    ["g1", "sent"],
    ["g2", "notFriend"],
  ]);
  await followed.store("s1", played.log);
  await follower.catchUp();
  const [pushes, tasks] = [await pushRows("s1"), await taskRows("s1")];
  expect(tasks).toMatchObject([
    { taskId: "taskaa", staffId: "m1", state: "partly", sent: 1, msgid: "msg-taskaa" },
    { taskId: "taskbb", state: "intended", unsent: 1 },
  ]);
  const targets = await targetsOfTasks(followed.db, "s1", ["taskaa", "taskbb"]);
  expect(targets).toMatchObject([
    { targetId: "g1", status: "sent", statusAt: played.now, over: false, tickedAt: null },
    { targetId: "g2", status: "notFriend" },
    { targetId: "g3", status: null },
  ]);
  await follower.rebuild("s1");
  expect(await targetsOfTasks(followed.db, "s1", ["taskaa", "taskbb"])).toEqual(targets);
  expect([await pushRows("s1"), await taskRows("s1")]).toEqual([pushes, tasks]);
});

test("shows that owe something are found, and those that owe nothing are not", async () => {
  const follower = followed.follower([pushesProjection]);
  const quiet = planned();
  const open = planned()
    .when("push.plan", { kind: "robot", title: "示例", copy: { text: "示例" }, audience: { robotIds: ["r"] } })
    .ok();
  const done = ready();
  await Promise.all([
    followed.store("quiet", quiet.log),
    followed.store("open", open.log),
    followed.store("done", done.log),
  ]);
  await follower.catchUp();
  const active = await sessionsWithActivePushes(followed.db);
  expect(active).toContain("open");
  expect(active).not.toContain("quiet");
  expect(active).not.toContain("done");
  done.when("push.refresh", { pushId: String((await pushRows("done"))[0]?.pushId) }, SYSTEM).ok();
  await followed.store("done", done.log);
  await follower.catchUp();
  expect(await sessionsWithActivePushes(followed.db)).toContain("done");
});

test("a push that was removed with its quota reserved keeps its show in sight until that was given back", async () => {
  const follower = followed.follower([pushesProjection]);
  const played = ready();
  const { pushId } = pushOf(played);
  played.when("push.remove", { pushId }).ok();
  await followed.store("removed", played.log);
  await follower.catchUp();
  expect(await sessionsWithActivePushes(followed.db)).toContain("removed");
  expect(await pushesById(followed.db, [pushId])).toEqual(new Map());
  const [owing] = owedNow(played);
  expect(owing).toMatchObject({ kind: "release", pushId });
  played.send("push.released", { pushId, rev: owing?.kind === "release" ? owing.rev : 0 }, SYSTEM).ok();
  await followed.store("removed", played.log);
  await follower.catchUp();
  expect(await sessionsWithActivePushes(followed.db)).not.toContain("removed");
  expect(await pushRows("removed")).toEqual([]);
});

test("the calendar has the pushes of a time span by when they go out", async () => {
  const played = ready();
  const hand = { kind: "robot", title: "手动", copy: { text: "示例" }, audience: { robotIds: ["r"] } } as const;
  played.send("push.plan", hand).ok();
  await followed.store("calendar", played.log);
  await followed.follower().catchUp();
  const ask = async (from: number, to: number) =>
    (await pushCalendar(followed.db, { roomIds: ["r1"], from, to, limit: 50 })).filter(
      (row) => row.sessionId === "calendar",
    );
  expect(await ask(START + 45 * MINUTE, START + 46 * MINUTE)).toMatchObject([
    { title: "开播提醒", showTitle: "示例场次" },
  ]);
  // By hand: where its show is.
  expect(await ask(START + 60 * MINUTE, START + 61 * MINUTE)).toMatchObject([{ title: "手动" }]);
  const early = ready();
  early
    .when("push.handOver", { pushId: pushOf(early).pushId })
    .ok()
    .pass(3_000);
  await followed.store("early", early.log);
  await followed.follower().catchUp();
  const all = { roomIds: ["r1"], from: START, to: START + 40 * MINUTE, limit: 50 };
  // By hand before its time: when it went, not when it would have.
  expect(await pushCalendar(followed.db, all)).toMatchObject([{ sessionId: "early", handedOverAt: early.now }]);
  expect(await pushCalendar(followed.db, { roomIds: [], from: 0, to: START * 2, limit: 50 })).toEqual([]);
});
