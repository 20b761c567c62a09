import { describe, expect, it } from "vitest";
import type { Act } from "#domain/cue.ts";
import { commandOf } from "#domain/cue-acts.ts";
import { engine } from "#domain/ops/index.ts";
import { fen } from "#domain/units.ts";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";

const MINUTE = 60_000;
type CueGiven = { readonly cueId: string; readonly [field: string]: unknown };

const plan = (...cues: CueGiven[]): Show => {
  const played = show();
  played.send("rundown.setCues", { cues: cues.map((cue) => ({ kind: "talk", title: cue.cueId, ...cue })) }).ok();
  return played;
};
const onAir = (...cues: CueGiven[]): Show => plan(...cues).given("session.started.v1", { happenedAt: 0, reason: null });
const abc = () => onAir({ cueId: "a" }, { cueId: "b" }, { cueId: "c" });
const order = (played: Show): unknown => Object(played.slice("control", "cueOrder")).order;
const cue = (played: Show, id: string) => Object(played.row("control", "cues", id));
const undo = (played: Show, type: string) => played.when("tape.undo", { seq: played.seqOf(type) });
const newId = (answer: { status: string; result?: unknown }): string => Object(answer.result).cueId;

describe("planning the rundown", () => {
  it("[RUN1] sets all cues at once while none has begun, and takes that back", () => {
    const played = plan({ cueId: "a", round: 2 }, { cueId: "b" });
    expect(order(played)).toEqual(["a", "b"]);
    expect(cue(played, "a")).toMatchObject({ round: 2, state: "waiting", plannedMs: 5 * MINUTE });
    undo(played, "rundown.cuesSet.v1").ok();
    expect(order(played)).toEqual([]);
    const begun = abc();
    begun.when("rundown.take", {}).ok();
    begun.when("rundown.setCues", { cues: [] }).rejected("rundown.running");
    undo(begun, "rundown.cuesSet.v1").rejected("undo.superseded");
  });

  it("[RUN1] refuses the same cue twice and more than 200", () => {
    const two = [
      { cueId: "a", kind: "talk", title: "一" } as const,
      { cueId: "a", kind: "talk", title: "二" } as const,
    ];
    show().when("rundown.setCues", { cues: two }).rejected("rundown.cueTwice");
    const many = Array.from({ length: 201 }, () => ({ kind: "talk" as const, title: "一" }));
    show().when("rundown.setCues", { cues: many }).invalid("input.cues");
  });

  it("[RUN2] an order that another has changed is refused with its version", () => {
    const played = plan({ cueId: "a" }, { cueId: "b" });
    played.when("rundown.moveCue", { cueId: "b", afterCueId: null }, { expect: { version: 1 } }).ok();
    played.when("rundown.setCues", { cues: [] }, { expect: { version: 1 } }).rejected("state.changed", { version: 2 });
    expect(order(played)).toEqual(["b", "a"]);
  });

  it("[RUN2] two people may edit two cues; the same cue only as it is", () => {
    const played = plan({ cueId: "a" }, { cueId: "b" });
    played.when("rundown.editCue", { cueId: "a", title: "开场" }, { expect: { version: 0 } }).ok();
    played.when("rundown.editCue", { cueId: "b", title: "福袋" }, { expect: { version: 0 } }).ok();
    const stale = played.when("rundown.editCue", { cueId: "a", title: "开场白" }, { expect: { version: 0 } });
    expect(stale.answer).toMatchObject({ code: "state.changed", data: { cueId: "a", title: "开场", version: 1 } });
    played.when("rundown.removeCue", { cueId: "a" }, { expect: { version: 0 } }).rejected("state.changed");
    played.when("rundown.editCue", { cueId: "a", title: "开场" }).then();
  });

  it("[RUN3] moves, adds, removes and edits can be taken back, each as long as nothing came on top", () => {
    const played = plan({ cueId: "a" }, { cueId: "b" }, { cueId: "c" });
    played.when("rundown.moveCue", { cueId: "c", afterCueId: "a" }).ok();
    expect(order(played)).toEqual(["a", "c", "b"]);
    played.when("rundown.addCue", { cue: { cueId: "d", kind: "break", title: "d" }, afterCueId: null }).ok();
    undo(played, "rundown.cueMoved.v1").ok();
    expect(order(played)).toEqual(["d", "a", "b", "c"]);
    undo(played, "rundown.cueAdded.v1").ok();
    played.when("rundown.removeCue", { cueId: "b" }).ok();
    undo(played, "rundown.cueRemoved.v1").ok();
    expect(order(played)).toEqual(["a", "b", "c"]);
    played.when("rundown.editCue", { cueId: "a", title: "一" }).ok();
    const first = played.seqOf("rundown.cueEdited.v1");
    played.when("rundown.editCue", { cueId: "a", title: "二" }).ok();
    played.when("tape.undo", { seq: first }).rejected("undo.superseded");
    expectRebuilt(played);
  });

  it("[RUN13] takes measured lengths over in one act", () => {
    const played = plan({ cueId: "a" }, { cueId: "b" });
    const lengths = [
      { cueId: "a", plannedMs: 7 * MINUTE },
      { cueId: "b", plannedMs: 5 * MINUTE },
    ];
    played.send("rundown.setLengths", { lengths }).ok();
    expect(cue(played, "a").plannedMs).toBe(7 * MINUTE);
    undo(played, "rundown.lengthsSet.v1").ok();
    expect(cue(played, "a").plannedMs).toBe(5 * MINUTE);
    played.send("rundown.setLengths", { lengths: [{ cueId: "z", plannedMs: 1 }] }).rejected("rundown.cueNotFound");
  });

  it("[RUN19] lengths set on a screen that showed other ones are refused with those that there are", () => {
    const played = plan({ cueId: "a" }, { cueId: "b" }, { cueId: "c" });
    const lengths = (a: number, b: number) => ({
      lengths: [
        { cueId: "a", plannedMs: a * MINUTE },
        { cueId: "b", plannedMs: b * MINUTE },
      ],
    });
    played.send("rundown.editCue", { cueId: "a", plannedMs: 6 * MINUTE }).ok();
    played.send("rundown.editCue", { cueId: "c", plannedMs: 9 * MINUTE }).ok();
    const stale = played.send("rundown.setLengths", lengths(7, 8), { expect: lengths(5, 5) });
    stale.rejected("state.changed", { lengths: [{ cueId: "a", plannedMs: 6 * MINUTE }] });
    played.send("rundown.removeCue", { cueId: "b" }).ok();
    const gone = played.send("rundown.setLengths", lengths(7, 8), { expect: lengths(6, 5) });
    gone.rejected("state.changed", { lengths: [{ cueId: "b", plannedMs: null }] });
    const { lengths: both } = lengths(7, 8);
    played
      .send(
        "rundown.setLengths",
        { lengths: both.slice(0, 1) },
        { expect: { lengths: lengths(6, 5).lengths.slice(0, 1) } },
      )
      .ok();
    expect(cue(played, "a").plannedMs).toBe(7 * MINUTE);
  });
});

describe("running the show", () => {
  it("[RUN4] takes next and jumps; the cue before is over at that second", () => {
    const played = abc();
    played
      .when("rundown.take", {})
      .ok()
      .pass(4 * MINUTE);
    played.when("rundown.take", { cueId: "c", ago: 10_000 }).ok();
    expect(cue(played, "a")).toMatchObject({ state: "done", to: played.now - 10_000 });
    expect(cue(played, "c")).toMatchObject({ state: "current", from: played.now - 10_000 });
    played.when("rundown.take", {}).rejected("rundown.noNextCue");
    played.when("rundown.take", { cueId: "a" }).rejected("rundown.cueDone");
    played.when("rundown.take", { cueId: "c" }).rejected("rundown.cueCurrent");
    played.when("rundown.take", { cueId: "b" }).ok();
  });

  it("[RUN4] is for a show that is on", () => {
    plan({ cueId: "a" }).when("rundown.take", {}).rejected("session.notLive", { phase: "planned" });
  });

  it("[RUN5] a second press on a stale screen is refused with what is on now", () => {
    const played = abc();
    played.when("rundown.take", {}, { expect: { currentCueId: null } }).ok();
    played
      .when("rundown.take", {}, { expect: { currentCueId: null } })
      .rejected("state.changed", { currentCueId: "a" });
    played
      .when("rundown.finish", {}, { expect: { currentCueId: "b" } })
      .rejected("state.changed", { currentCueId: "a" });
    expect(cue(played, "b").state).toBe("waiting");
  });

  it("[RUN6] sets off the acts of a cue, each answered by itself", () => {
    const acts = [
      { type: "message", to: "host", text: "上 3 号" },
      { type: "price", productId: "gone", skuId: "gone", priceFen: 1 },
      { type: "message", to: "assistant", text: "备样品" },
    ];
    const played = onAir({ cueId: "a", acts });
    const { answer } = played.when("rundown.take", {});
    expect(answer).toMatchObject({
      status: "ok",
      result: {
        cueId: "a",
        acts: [
          { act: "message.send", status: "ok", code: null },
          { act: "bag.setPrice", code: expect.stringMatching(/./) },
          { act: "message.send", status: "ok" },
        ],
      },
    });
    expect(played.log.filter(({ type }) => type === "message.sent.v1")).toHaveLength(2);
    expect(new Set(played.log.slice(2).map(({ commandId }) => commandId)).size).toBe(1);
    expect(cue(played, "a").state).toBe("current");
  });

  it("[RUN6] a repeat of the command gets the same answer from its events", () => {
    const played = onAir({ cueId: "a", acts: [{ type: "message", to: "host", text: "上 3 号" }] });
    const { answer, events } = played.when("rundown.take", {});
    expect(engine.answerOf("rundown.take", events)).toEqual(answer);
  });

  it("[RUN8] pauses hold the clock; going on and going to the next cue end them", () => {
    const played = abc();
    played.when("rundown.pause", {}).rejected("rundown.noCurrentCue");
    played.when("rundown.take", {}).ok().pass(MINUTE);
    played.when("rundown.pause", { ago: 10_000 }).ok();
    played.when("rundown.pause", {}).rejected("rundown.alreadyPaused");
    const from = played.now - 10_000;
    played.pass(MINUTE).when("rundown.take", {}).ok();
    expect(cue(played, "a").pauses).toEqual([{ from, to: played.now }]);
    played.when("rundown.resume", {}).rejected("rundown.notPaused");
  });

  it("[RUN8] nothing happens before what it follows, however far back its time is typed", () => {
    const played = abc().pass(MINUTE);
    played.when("rundown.take", {}).ok().pass(5_000);
    played.when("rundown.take", { ago: 30_000 }).ok();
    expect(cue(played, "a").to).toBe(cue(played, "a").from);
  });

  it("[RUN9] takes back going to a cue: the one before goes on, paused if it was", () => {
    const played = abc();
    played.when("rundown.take", {}).ok();
    played.when("rundown.pause", {}).ok().pass(MINUTE);
    const before = cue(played, "a");
    played.when("rundown.skip", { cueId: "b" }).ok();
    played.when("rundown.take", { cueId: "b" }).ok();
    undo(played, "rundown.taken.v1").ok();
    expect(cue(played, "a")).toEqual(before);
    expect(cue(played, "b")).toMatchObject({ state: "skipped", from: null });
    undo(played, "rundown.skipped.v1").ok();
    expect(cue(played, "b").state).toBe("waiting");
  });

  it("[RUN9] does not take back a step that another has followed", () => {
    const played = abc();
    played.when("rundown.take", {}).ok();
    const first = played.seqOf("rundown.taken.v1");
    played.when("rundown.take", {}).ok();
    played.when("tape.undo", { seq: first }).rejected("undo.superseded");
  });

  it("[RUN9] finishing leaves no cue on, and can be taken back", () => {
    const played = abc();
    played.when("rundown.take", {}).ok().pass(MINUTE);
    played.when("rundown.finish", {}).ok();
    expect(played.slice("control", "rundown")).toMatchObject({ currentCueId: null, nextCueId: "b" });
    undo(played, "rundown.finished.v1").ok();
    expect(cue(played, "a")).toMatchObject({ state: "current", to: null });
  });

  it("[RUN14] puts a cue in next (插播), and brings one back as the next round (返场)", () => {
    const played = abc();
    played.when("rundown.insert", { cue: { cueId: "x", kind: "lottery", title: "福袋" } }).ok();
    expect(order(played)).toEqual(["x", "a", "b", "c"]);
    played.when("rundown.take", { cueId: "a" }).ok();
    played.when("rundown.bringBack", { cueId: "b" }).rejected("rundown.cueNotBegun");
    const second = newId(played.when("rundown.bringBack", { cueId: "a" }).answer);
    expect(order(played)).toEqual(["x", "a", second, "b", "c"]);
    played.when("rundown.take", {}).ok();
    const third = newId(played.when("rundown.bringBack", { cueId: second }).answer);
    expect(cue(played, third)).toMatchObject({ round: 3, originId: "a", addedLive: true });
    undo(played, "rundown.cueAdded.v1").ok();
    plan({ cueId: "a" })
      .when("rundown.insert", { cue: { kind: "talk", title: "x" } })
      .rejected("session.notLive");
  });

  it("[RUN14] what is put in sets no price and opens no sale: floor may put in, and may do neither", () => {
    const played = abc();
    const insert = (act: object) => played.send("rundown.insert", { cue: { kind: "other", title: "加", acts: [act] } });
    insert({ type: "price", productId: "p", priceFen: 1 }).invalid("input.cue.acts");
    insert({ type: "openSale", productId: "p" }).invalid("input.cue.acts");
    insert({ type: "release", productId: "p", units: 1 }).ok();
  });

  it("[RUN14] a cue that began can be neither moved nor removed, and not un-added", () => {
    const played = abc();
    played.when("rundown.insert", { cue: { cueId: "x", kind: "talk", title: "x" } }).ok();
    played.when("rundown.take", { cueId: "x" }).ok();
    played.when("rundown.moveCue", { cueId: "x", afterCueId: null }).rejected("rundown.cueBegun");
    played.when("rundown.removeCue", { cueId: "x" }).rejected("rundown.cueBegun");
    undo(played, "rundown.cueAdded.v1").rejected("undo.hasConsequences");
    played.when("rundown.editCue", { cueId: "x", plannedMs: undefined, note: "多讲两分钟" }).ok();
  });

  it("[RUN15] the end of the show ends the cue; a show that goes on goes on with it", () => {
    const played = abc();
    played.when("rundown.take", {}).ok().pass(MINUTE);
    played.when("session.end", {}).ok();
    expect(cue(played, "a")).toMatchObject({ state: "done", to: played.now });
    played.when("session.reopen", {}).ok();
    expect(cue(played, "a")).toMatchObject({ state: "current", to: null });
  });

  it("[RUN16] shows the host titles and times, and no acts or notes", () => {
    const played = onAir(
      { cueId: "a", note: "内部", acts: [{ type: "message", to: "host", text: "上" }] },
      { cueId: "b" },
    );
    played.when("rundown.take", {}).ok();
    const seen = played.slice("host", "hostRundown");
    expect(seen).toMatchObject({
      current: { cueId: "a", title: "a", from: played.now },
      next: { cueId: "b", title: "b" },
    });
    expect(JSON.stringify(played.view("host"))).not.toContain("内部");
    expect(played.view("viewer").slices).not.toHaveProperty("cues");
    expectLeanViewsEqual(played, 2);
  });
});

describe("explaining", () => {
  /** Two products with two cues each and a talk between, on air. */
  function withProducts(): { played: Show; coat: string; vest: string } {
    const played = show();
    const skus = [{ name: "M", plannedFen: 39_900, plannedSellable: 10 }];
    for (const name of ["羽绒服", "背心"]) played.send("bag.createProduct", { name, skus }).ok();
    const [coat = "", vest = ""] = Object.keys(Object(played.slice("control", "products")));
    const explain = (cueId: string, productId: string) => ({
      cueId,
      kind: "explain" as const,
      title: cueId,
      productId,
    });
    const acts: Act[] = [{ type: "explain", productId: coat }];
    played.when("rundown.setCues", {
      cues: [
        { ...explain("coat1", coat), acts },
        { cueId: "talk", kind: "talk", title: "talk", acts },
        explain("vest1", vest),
        explain("coat2", coat),
      ],
    });
    return { played: played.given("session.started.v1", { happenedAt: 0, reason: null }), coat, vest };
  }
  const on = (played: Show) => Object(played.slice("control", "rundown")).currentCueId;

  it("[RUN7] moves the rundown to the product's next waiting cue", () => {
    const { played, coat, vest } = withProducts();
    played.send("bag.explain", { productId: vest, ago: 10_000 }).ok();
    expect(on(played)).toBe("vest1");
    expect(cue(played, "vest1").from).toBe(played.now - 10_000);
    played.when("bag.explain", { productId: coat }).ok();
    expect(on(played)).toBe("coat2");
    expectRebuilt(played);
  });

  it("[RUN7] goes to one that was jumped over when none comes any more", () => {
    const { played, coat } = withProducts();
    played.when("rundown.take", { cueId: "coat2" }).ok();
    played.when("rundown.finish", {}).ok();
    played.when("bag.explain", { productId: coat }).ok();
    expect(on(played)).toBe("coat1");
  });

  it("[RUN7] stays where the current cue explains the product: a cue that explains does not chase itself", () => {
    const { played, coat, vest } = withProducts();
    played.when("rundown.take", {}).ok();
    expect(on(played)).toBe("coat1");
    played.when("bag.explain", { productId: vest }).ok();
    played.when("rundown.take", { cueId: "talk" }).ok();
    expect(on(played)).toBe("talk");
    expect(cue(played, "coat2").state).toBe("waiting");
    played.when("bag.explain", { productId: coat }).rejected("bag.alreadyExplained");
  });

  it("[RUN7] moves back when the explanation is taken back, unless the rundown has moved on", () => {
    const { played, vest, coat } = withProducts();
    played.when("rundown.take", {}).ok().pass(MINUTE);
    const before = cue(played, "coat1");
    played.when("bag.explain", { productId: vest }).ok();
    expect(on(played)).toBe("vest1");
    undo(played, "bag.explained.v1").ok();
    expect(on(played)).toBe("coat1");
    expect(cue(played, "coat1")).toEqual(before);
    expect(cue(played, "vest1").state).toBe("waiting");
    played.when("bag.explain", { productId: vest }).ok();
    played.when("rundown.take", { cueId: "talk" }).ok();
    expect(played.state.slices["bag"]).toMatchObject({ explained: { productId: coat } });
    expect(on(played)).toBe("talk");
  });
});

describe("acts", () => {
  const acts: Act[] = [
    { type: "explain", productId: "p" },
    { type: "price", productId: "p", skuId: "s", priceFen: fen(100) },
    { type: "openSale", productId: "p" },
    { type: "release", productId: "p", units: 50 },
    { type: "couponPush", couponId: "k" },
    { type: "lotteryOpen", lotteryId: "l" },
    { type: "message", to: "host", text: "上" },
  ];
  it.each(acts)("[RUN6] $type is a command that parses", (act) => {
    expect(engine.parse({ id: "c", ...commandOf(act, 0) })).toHaveProperty("parsed");
  });
});
