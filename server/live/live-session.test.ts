import { setImmediate as idle, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { SessionState } from "#domain/ops/session.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { command, create, openShow, operator, retitle, SHOW, START, viewer } from "#tests/support/live-show.ts";
import { CROWD_LANE_MAX } from "./waiting-room.ts";

async function created() {
  const show = await openShow();
  await show.session.send(create(), operator);
  // An answer comes before the gap's end; from here on the writer is idle.
  await idle();
  return show;
}

const titleOf = (show: Awaited<ReturnType<typeof openShow>>) =>
  show.session.read((state) => (state.slices["session"] as SessionState).title);

describe("stored, then shown", () => {
  it("answers, reads and shows nothing before the commit", async () => {
    const show = await created();
    const seen: (Snapshot | Frame)[] = [];
    await show.session.watch("control", {
      onSnapshot: (snapshot) => seen.push(snapshot),
      onFrame: (frame) => seen.push(frame),
    });
    show.store.plan("held");
    let answered = false;
    const answer = show.session.send(retitle("新标题"), operator).finally(() => (answered = true));
    await show.store.whenHeld();
    const read = titleOf(show);
    await sleep(150);
    expect(answered).toBe(false);
    expect(seen.map(({ seq }) => seq)).toEqual([1]);
    await show.store.letThrough();
    expect(await answer).toEqual({ status: "ok", seq: 2 });
    expect(await read).toBe("新标题");
    await expect.poll(() => seen.at(-1)?.seq).toBe(2);
  });

  it("holds back a refusal that rests on what is not stored yet", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(command("session.warmUp", {}), operator);
    await show.store.whenHeld();
    show.store.plan("held");
    const both = Promise.all([
      show.session.send(retitle("a"), operator),
      show.session.send(command("session.warmUp", {}), operator),
    ]);
    await show.store.letThrough();
    expect((await first).status).toBe("ok");
    let answered = false;
    void both.finally(() => (answered = true));
    await sleep(50);
    expect(answered).toBe(false);
    await show.store.letThrough();
    expect((await both)[1]).toMatchObject({ status: "rejected", code: "session.notPlanned" });
  });

  it("decides everything that waited during a commit as one batch", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const answers = Array.from({ length: 20 }, (_, n) => show.session.send(retitle(`t${n}`), operator));
    await show.store.letThrough();
    expect(await first).toEqual({ status: "ok", seq: 2 });
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual(Array(20).fill("ok"));
    expect(show.store.sent.map((rows) => rows.length)).toEqual([1, 1, 20]);
  });
});

describe("deciding ahead", () => {
  it("answers a repeat of what is on its way as one act, and refuses its id for other content", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("once", "same"), operator);
    await show.store.whenHeld();
    const repeats = [retitle("once", "same"), retitle("other", "same")].map((one) => show.session.send(one, operator));
    await idle();
    await idle();
    await show.store.letThrough();
    const answer = { status: "ok", seq: 2 };
    expect(await Promise.all([first, ...repeats])).toEqual([
      answer,
      answer,
      { status: "rejected", code: "command.idReused" },
    ]);
    expect(show.memory.events(SHOW)).toHaveLength(2);
  });

  it("decides anew what rested on a batch that the database can't hold", async () => {
    const show = await created();
    show.store.plan("refused");
    const bad = show.session.send(retitle("bad"), operator);
    const failed = expect(bad).rejects.toThrow("can't be held");
    await show.store.whenHeld();
    const answers = [retitle("a"), retitle("b")].map((one) => show.session.send(one, operator));
    await idle();
    await idle();
    await show.store.letThrough();
    await failed;
    expect(await Promise.all(answers)).toEqual([2, 3].map((seq) => ({ status: "ok", seq })));
    expect(show.memory.events(SHOW).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await titleOf(show)).toBe("b");
  });

  it("shows a state only when it is what the log says, while batch follows batch", async () => {
    const show = await created();
    const sending: Promise<unknown>[] = [];
    const reads: Promise<readonly [number, number]>[] = [];
    for (let n = 0; n < 400; n += 1) {
      sending.push(show.session.send(retitle(`t${n}`), n % 2 ? operator : viewer));
      if (n % 7 === 0) reads.push(show.session.read(({ seq }) => [seq, show.memory.events(SHOW).length] as const));
      if (n % 3 === 0) await idle();
    }
    await Promise.all(sending);
    for (const [shown, stored] of await Promise.all(reads)) expect(shown).toBe(stored);
    expect(show.memory.events(SHOW)).toHaveLength(401);
  });
});

describe("lanes", () => {
  it("decides staff before viewers, whoever came first", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    // Not what a viewer may send; roles are checked before the writer, which only knows lanes.
    const crowd = show.session.send(retitle("crowd"), viewer);
    const program = show.session.send(retitle("program"), { id: "program:p", grants: ["program"] });
    const staff = show.session.send(retitle("staff"), operator);
    await show.store.letThrough();
    const seqs = await Promise.all([first, staff, crowd, program]);
    expect(seqs).toEqual([2, 3, 4, 5].map((seq) => ({ status: "ok", seq })));
  });

  it("tells the crowd to come back when its lane is full, and still takes staff", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const same = retitle("x");
    const crowd = Array.from({ length: CROWD_LANE_MAX + 5 }, (_, n) =>
      show.session.send({ ...same, id: `v${n}` }, viewer),
    );
    const staff = show.session.send(retitle("staff"), operator);
    await show.store.letThrough();
    await first;
    expect(await staff).toEqual({ status: "ok", seq: 3 });
    const statuses = (await Promise.all(crowd)).map(({ status }) => status);
    expect(statuses.filter((status) => status === "retry")).toHaveLength(5);
  });
});

describe("command ids", () => {
  it("gives a repeat the same answer, also after another writer took over", async () => {
    const show = await created();
    const answer = await show.session.send(retitle("once", "same"), operator);
    await show.session.send(retitle("later"), operator);
    expect(await show.session.send(retitle("once", "same"), operator)).toEqual(answer);
    const next = await show.again();
    expect(await next.session.send(retitle("once", "same"), operator)).toEqual(answer);
    expect(show.memory.events(SHOW)).toHaveLength(3);
  });

  it("refuses the id for other content, and leaves it to other senders", async () => {
    const show = await created();
    await show.session.send(retitle("once", "same"), operator);
    const other = await show.session.send(retitle("other", "same"), operator);
    expect(other).toEqual({ status: "rejected", code: "command.idReused" });
    expect(await show.session.send(retitle("third", "same"), viewer)).toEqual({ status: "ok", seq: 3 });
  });

  it("answers twins that wait together once stored, as one act", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const twins = [retitle("twin", "t"), retitle("twin", "t"), retitle("not a twin", "t")].map((one) =>
      show.session.send(one, operator),
    );
    await show.store.letThrough();
    await first;
    expect(await Promise.all(twins)).toEqual([
      { status: "ok", seq: 3 },
      { status: "ok", seq: 3 },
      { status: "rejected", code: "command.idReused" },
    ]);
  });

  it("remembers no refusal: it is decided anew", async () => {
    const show = await created();
    const early = command("session.edit", { plannedEndAt: START - 1 }, "r");
    expect(await show.session.send(early, operator)).toMatchObject({ code: "session.endsBeforeStart" });
    await show.session.send(command("session.edit", { plannedStartAt: START - 2 }), operator);
    expect(await show.session.send(early, operator)).toEqual({ status: "ok", seq: 3 });
  });

  it("says ok with the current seq to a command that changes nothing", async () => {
    const show = await created();
    expect(await show.session.send(retitle("示例场次"), operator)).toEqual({ status: "ok", seq: 1, undo: null });
    expect(show.memory.events(SHOW)).toHaveLength(1);
  });
});

describe("an INSERT without an answer", () => {
  it("sends the same rows again and finds them stored", async () => {
    const show = await created();
    show.store.plan("storedLost", "lost");
    expect(await show.session.send(retitle("kept"), operator)).toEqual({ status: "ok", seq: 2 });
    expect(show.store.sent.slice(1).map((rows) => rows[0]?.seq)).toEqual([2, 2, 2]);
    expect(show.memory.events(SHOW)).toHaveLength(2);
  });

  it("answers retry after 2 s, takes nothing meanwhile, and goes on by itself", async () => {
    const show = await created();
    show.store.plan("held");
    const sentAt = performance.now();
    const inHand = show.session.send(retitle("unknown", "u"), operator);
    await show.store.whenHeld();
    const queued = show.session.send(retitle("queued"), operator);
    const read = titleOf(show);
    expect((await inHand).status).toBe("retry");
    expect(performance.now() - sentAt).toBeGreaterThan(1_900);
    expect((await queued).status).toBe("retry");
    await expect(read).rejects.toThrow("busy");
    expect((await show.session.send(retitle("meanwhile"), operator)).status).toBe("retry");
    await show.store.letThrough();
    await expect.poll(() => titleOf(show).catch(() => "")).toBe("unknown");
    expect(await show.session.send(retitle("unknown", "u"), operator)).toEqual({ status: "ok", seq: 2 });
  });

  it("finds itself fenced when another writer stands at those seqs, and acks nothing", async () => {
    const show = await created();
    show.store.plan("held");
    const answer = show.session.send(retitle("late"), operator);
    await show.store.whenHeld();
    const waiting = show.session.send(retitle("queued"), operator);
    const next = await show.again();
    await next.session.send(retitle("new owner"), operator);
    await show.store.letThrough();
    expect((await answer).status).toBe("retry");
    expect((await waiting).status).toBe("retry");
    expect(show.ended).toEqual(["fenced"]);
    expect(show.memory.events(SHOW).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await show.session.send(retitle("after"), operator)).status).toBe("retry");
  });

  it("acks what got in before the takeover", async () => {
    const show = await created();
    show.store.plan("storedLost", "held");
    const answer = show.session.send(retitle("just in time"), operator);
    await show.store.whenHeld();
    await show.again();
    await show.store.letThrough();
    expect(await answer).toEqual({ status: "ok", seq: 2 });
    expect(show.ended).toEqual(["fenced"]);
  });
});

describe("an owner that is not sure of its lease", () => {
  const refused = () => command("session.reopen", {});

  it("asks before it answers from memory", async () => {
    const show = await created();
    show.lease = "unsure";
    expect(await show.session.send(refused(), operator)).toMatchObject({ code: "session.notEnded" });
    show.lease = "unknown";
    expect((await show.session.send(refused(), operator)).status).toBe("retry");
    expect(show.ended).toEqual([]);
  });

  it("says nothing of its old state once another node has the show", async () => {
    const show = await created();
    show.lease = "lost";
    const nothingToDo = retitle("示例场次");
    expect((await show.session.send(nothingToDo, operator)).status).toBe("retry");
    expect(show.ended).toEqual(["fenced"]);
  });
});

describe("bugs and refused values", () => {
  it("fails only the command that the database can't hold", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const bad = { ...retitle("x"), input: { title: "NUL \u0000" } };
    const answers = [retitle("before"), bad, retitle("after")].map((one) => show.session.send(one, operator));
    await show.store.letThrough();
    await first;
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await titleOf(show)).toBe("after");
    expect(show.memory.events(SHOW).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it("fails the command whose rule throws, reloads, and goes on with the others", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const answers = [retitle("before"), { id: "bug", type: "session.edit", input: null }, retitle("after")].map((one) =>
      show.session.send(one, operator),
    );
    const watched: number[] = [];
    const onSnapshot = ({ seq }: Snapshot) => watched.push(seq);
    const watching = show.session.watch("control", { onSnapshot, onFrame: () => undefined });
    await show.store.letThrough();
    await first;
    await watching;
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await titleOf(show)).toBe("after");
    expect(watched.length).toBeGreaterThan(0);
  });

  it("answers what is stored before it reloads: that may take as long as the database is away", async () => {
    const show = await created();
    show.store.plan("held");
    const first = show.session.send(retitle("first"), operator);
    await show.store.whenHeld();
    const { promise: back, resolve: comesBack } = Promise.withResolvers<void>();
    const { head } = show.store;
    Object.assign(show.store, { head: (sessionId: string) => back.then(() => head(sessionId)) });
    const before = show.session.send(retitle("before"), operator);
    const bug = show.session.send({ id: "bug", type: "session.edit", input: null }, operator);
    const failed = expect(bug).rejects.toThrow("failed");
    await show.store.letThrough();
    await first;
    expect(await Promise.race([before, sleep(20_000, "late", { ref: false })])).toEqual({ status: "ok", seq: 3 });
    comesBack();
    await failed;
    expect(await titleOf(show)).toBe("before");
  });
});

describe("time", () => {
  it("never runs back in the log when the machine's clock is set back", async () => {
    const show = await created();
    show.wall = START - 3_600_000;
    await show.session.send(retitle("back"), operator);
    show.wall = START + 5;
    await show.session.send(retitle("forth"), operator);
    expect(show.memory.events(SHOW).map(({ at }) => at)).toEqual([START, START, START + 5]);
  });

  it("lets only a rehearsal's clock be stepped, and only forward", async () => {
    const real = await created();
    expect(await real.session.stepClock(START + 1_000)).toBe(false);
    const rehearsal = await openShow();
    await rehearsal.session.send(create(true), operator);
    expect(await rehearsal.session.stepClock(START + 60_000)).toBe(true);
    expect(await rehearsal.session.stepClock(START + 59_999)).toBe(false);
    await rehearsal.session.send(retitle("stepped"), operator);
    expect(rehearsal.memory.events(SHOW).at(-1)?.at).toBe(START + 60_000);
  });

  it("[REH5] goes on under the next writer where the steps stood, whatever the wall clock says", async () => {
    const first = await openShow();
    await first.session.send(create(true), operator);
    await first.session.stepClock(START + 60_000);
    await first.session.stepClock(START + 600_000);
    first.session.end("fenced");
    const next = await first.again();
    next.wall = START + 86_400_000;
    await next.session.send(retitle("after"), operator);
    expect(next.memory.events(SHOW).at(-1)?.at).toBe(START + 600_000);
    expect(await next.session.stepClock(START + 599_999)).toBe(false);
    expect(await next.session.stepClock(START + 600_250)).toBe(true);
  });
});

describe("views", () => {
  it("sends at most ten frames a second, and the last state in any case", async () => {
    const show = await created();
    const frames: Frame[] = [];
    await show.session.watch("control", { onSnapshot: () => undefined, onFrame: (frame) => frames.push(frame) });
    const startedAt = performance.now();
    for (let n = 0; frames.length < 5; n += 1) {
      await show.session.send(retitle(`t${n}`), operator);
      await sleep(2);
    }
    await expect.poll(() => frames.at(-1)?.seq).toBe(show.session.seq);
    expect(frames.length).toBeLessThanOrEqual((performance.now() - startedAt) / 100 + 1);
    expect(frames.map(({ frame }) => frame)).toEqual(frames.map((_, index) => index + 1));
    expect(frames.at(-1)?.seq).toBe(show.session.seq);
  });

  it("gives a later watcher a snapshot that its frames follow without a gap", async () => {
    const show = await created();
    await show.session.watch("control", { onSnapshot: () => undefined, onFrame: () => undefined });
    await show.session.send(retitle("one"), operator);
    await show.session.send(retitle("two"), operator);
    const numbers: number[] = [];
    await show.session.watch("control", {
      onSnapshot: ({ frame }) => numbers.push(frame),
      onFrame: ({ frame }) => numbers.push(frame),
    });
    await sleep(120);
    await show.session.send(retitle("three"), operator);
    await expect.poll(() => numbers.length).toBeGreaterThan(1);
    await sleep(250);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });
});

describe("closing", () => {
  it("stores what waits, then takes nothing", async () => {
    const show = await created();
    show.store.plan("held");
    const answers = [retitle("a"), retitle("b")].map((one) => show.session.send(one, operator));
    const closed = show.session.close(2_000);
    const late = show.session.send(retitle("late"), operator);
    await show.store.letThrough();
    await closed;
    expect(await Promise.all(answers)).toEqual([2, 3].map((seq) => ({ status: "ok", seq })));
    expect((await late).status).toBe("retry");
  });
});
