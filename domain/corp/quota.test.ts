import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Execution } from "../engine.ts";
import type { Ctx } from "../op.ts";
import { dayNumber, dayText } from "../shanghai-day.ts";
import { instant } from "../units.ts";
import { viewOnce } from "../views.ts";
import { corpEngine } from "./index.ts";
import { quotaOf } from "./quota-view.ts";
import {
  accountOf,
  forecastOf,
  spanOf,
  standingOf,
  unreachedBy,
  type QuotaRule,
  type QuotaState,
} from "./quota-state.ts";

/** 2026-11-11 20:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 11, 12);
const DAY = "2026-11-11";

class Corp {
  readonly state = corpEngine.initial();
  now = NOW;
  #ids = 0;

  get own(): QuotaState {
    return this.state.slices["quota"] as QuotaState;
  }

  send(type: string, input: unknown): Execution & { readonly answer: Answer } {
    const id = `c${(this.#ids += 1)}`;
    const parsed = corpEngine.parse({ id, type, input });
    if (!("parsed" in parsed)) return { answer: parsed, events: [] };
    const none = () => {
      throw new Error("no chance in an account");
    };
    const ctx: Ctx = {
      now: instant(this.now),
      realNow: instant(this.now),
      by: "system",
      commandId: id,
      newId: none,
      randomBytes: none,
      seal: none,
      open: none,
    };
    return corpEngine.execute(this.state, parsed.parsed, ctx);
  }

  /** Those that are over. */
  reserve(pushId: string, targetIds: readonly string[], day = DAY): readonly string[] {
    const { answer } = this.send("quota.reserve", { pushId, sessionId: "s1", day, targetIds });
    if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
    return Object(answer.result).over;
  }

  rule(rule: QuotaRule): this {
    this.send("quota.setRule", { rule });
    return this;
  }

  standing(targetId: string, day = DAY) {
    return standingOf(accountOf(this.own, targetId), {
      rule: this.own.rule,
      day: dayNumber(day),
      today: dayNumber(DAY),
    });
  }
}

const sends = (sendId: string, day: string, targetIds: readonly string[]) => ({
  sends: [{ sendId, day, source: "own", targetIds }],
  read: null,
});

describe("the rule", () => {
  it("[QUO1] counts by month, week from Monday, or day, in Shanghai", () => {
    const span = (rule: QuotaRule, day: string) => {
      const { from, to, limit } = spanOf(rule, dayNumber(day));
      return [dayText(from), dayText(to), limit];
    };
    expect(span("daysOfMonth", "2026-11-30")).toEqual(["2026-11-01", "2026-11-30", 30]);
    expect(span("daysOfMonth", "2028-02-10")).toEqual(["2028-02-01", "2028-02-29", 29]);
    expect(span("daysOfMonth", "2026-12-31")).toEqual(["2026-12-01", "2026-12-31", 31]);
    expect(span("sevenAWeek", "2026-11-15")).toEqual(["2026-11-09", "2026-11-15", 7]);
    expect(span("sevenAWeek", "2026-11-16")).toEqual(["2026-11-16", "2026-11-22", 7]);
    expect(span("oneADay", "2026-11-16")).toEqual(["2026-11-16", "2026-11-16", 1]);
  });

  it("[QUO1] a new month has its own sends", () => {
    const corp = new Corp().rule("daysOfMonth");
    for (let n = 1; n <= 30; n += 1) corp.send("quota.observe", sends(`m${n}`, "2026-11-05", ["g1"]));
    expect(corp.reserve("p1", ["g1"], "2026-11-30")).toEqual(["g1"]);
    expect(corp.reserve("p2", ["g1"], "2026-12-01")).toEqual([]);
  });
});

describe("reserving", () => {
  it("[QUO2] gives the last send to one of two plans", () => {
    const corp = new Corp().rule("oneADay");
    expect(corp.reserve("p1", ["g1", "g2"])).toEqual([]);
    expect(corp.reserve("p2", ["g2", "g3"])).toEqual(["g2"]);
    expect(corp.standing("g2")).toMatchObject({ reserved: 1, left: 0, limit: 1 });
  });

  it("[QUO2] never takes more than the rule leaves, whatever is asked, given back and settled", () => {
    const Act = fc.record({
      what: fc.constantFrom("reserve", "reserve", "reserve", "release", "settle"),
      push: fc.nat({ max: 12 }),
      day: fc.nat({ max: 20 }),
      targets: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom<QuotaRule>("daysOfMonth", "sevenAWeek", "oneADay"),
        fc.array(Act, { maxLength: 150, size: "max" }),
        (rule, acts) => {
          const corp = new Corp().rule(rule);
          for (const { what, push, day, targets } of acts) {
            const pushId = `p${push}`;
            const text = dayText(dayNumber(DAY) + day);
            const plan = corp.own.plans.get(pushId);
            const used = plan
              ? [{ taskId: `${pushId}-${plan.day}`, day: dayText(plan.day), targetIds: plan.targetIds.slice(0, 2) }]
              : [];
            if (what === "reserve")
              corp.reserve(
                pushId,
                targets.map((n) => `g${n}`),
                text,
              );
            else corp.send(`quota.${what}`, { pushId, ...(what === "settle" ? { used } : {}) });
            for (const [targetId] of corp.own.accounts) {
              const { used: spent, reserved, limit } = corp.standing(targetId, text);
              expect(spent + reserved).toBeLessThanOrEqual(limit);
            }
          }
        },
      ),
      { seed: 20_261_122, numRuns: 60 },
    );
  });

  it("[QUO3] asks again as if its first reservation were gone", () => {
    const corp = new Corp().rule("oneADay");
    corp.reserve("p1", ["g1", "g2"]);
    expect(corp.reserve("p1", ["g1"])).toEqual([]);
    expect(corp.reserve("p2", ["g1", "g2"])).toEqual(["g1"]);
    expect(corp.reserve("p1", ["g1"], "2026-11-12")).toEqual([]);
    expect(corp.reserve("p3", ["g1"])).toEqual([]);
  });

  it("[QUO4] leaves no trace when it is given back, and only what was sent when it is settled", () => {
    const corp = new Corp().rule("oneADay");
    corp.reserve("p1", ["g1"]);
    corp.send("quota.release", { pushId: "p1" });
    expect(corp.send("quota.release", { pushId: "p1" }).events).toEqual([]);
    corp.reserve("p2", ["g1", "g2"]);
    const used = [{ taskId: "taskaa", day: DAY, targetIds: ["g1"] }];
    corp.send("quota.settle", { pushId: "p2", used });
    expect(corp.send("quota.settle", { pushId: "p2", used }).events).toEqual([]);
    expect(corp.reserve("p3", ["g1", "g2"])).toEqual(["g1"]);
  });
});

describe("what is known", () => {
  it("[QUO5] counts the same send once", () => {
    const corp = new Corp();
    corp.send("quota.settle", { pushId: "p1", used: [{ taskId: "taskaa", day: DAY, targetIds: ["g1"] }] });
    expect(corp.send("quota.observe", sends("taskaa", DAY, ["g1"])).events).toEqual([]);
    corp.send("quota.observe", sends("m1", DAY, ["g1", "g1"]));
    expect(corp.standing("g1")).toMatchObject({ used: 2, left: 28 });
    expect(corp.own.accounts.get("g1")?.sends.map(({ source }) => source)).toEqual(["result", "own"]);
  });

  it("[QUO6] says unknown, at least, or exact", () => {
    const corp = new Corp();
    expect(corp.standing("g1").known).toBe("unknown");
    const { answer } = corp.send("quota.reserve", { pushId: "p1", sessionId: "s1", day: DAY, targetIds: ["g1"] });
    expect(answer).toMatchObject({ result: { over: [], unknown: 1 } });
    corp.send("quota.observe", sends("m1", DAY, ["g1"]));
    expect(corp.standing("g1").known).toBe("atLeast");
    const read = (from: string, to: string) =>
      corp.send("quota.observe", { sends: [], read: { targetIds: ["g1"], from, to } });
    read("2026-11-05", DAY);
    expect(corp.standing("g1").known).toBe("atLeast");
    read("2026-11-01", "2026-11-04");
    expect(corp.standing("g1").known).toBe("exact");
    expect(corp.standing("g1", "2026-12-05").known).toBe("exact");
    expect(
      corp.send("quota.observe", { sends: [], read: { targetIds: [], from: DAY, to: "2026-11-01" } }).answer,
    ).toMatchObject({ code: "quota.daysTurned" });
  });

  it("[QUO7] foresees whom which push will not reach, earlier ones first", () => {
    const corp = new Corp().rule("sevenAWeek");
    for (let n = 1; n <= 5; n += 1) corp.send("quota.observe", sends(`m${n}`, "2026-11-16", ["g1"]));
    corp.reserve("late", ["g1", "g2"], "2026-11-20");
    corp.reserve("early", ["g1"], "2026-11-18");
    expect(unreachedBy(corp.own)).toEqual([]);
    // A member sends by hand meanwhile.
    corp.send("quota.observe", sends("m6", "2026-11-17", ["g1"]));
    expect(unreachedBy(corp.own)).toEqual([{ pushId: "late", targetIds: ["g1"] }]);
    const weeks = forecastOf(corp.own, NOW, 3);
    expect(weeks.map(({ from }) => dayText(from))).toEqual(["2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]);
    expect(weeks[1]?.plans).toMatchObject([
      { pushId: "early", targets: 1, unreached: 0 },
      { pushId: "late", targets: 2, unreached: 1 },
    ]);
    // None left for one group, six for the other.
    expect(weeks[1]?.left).toEqual([1, 0, 0, 0, 0, 0, 1, 0]);
    // Nobody has read what was used this week; of weeks to come there is nothing to read.
    expect(weeks.map(({ unsure }) => unsure)).toEqual([2, 0, 0, 0]);
    // Also from what another node is shown.
    const shown = quotaOf(viewOnce(corpEngine, corp.state, "control"));
    expect(forecastOf(shown, NOW, 3)).toEqual(weeks);
    expect(unreachedBy(shown)).toEqual(unreachedBy(corp.own));
  });
});
