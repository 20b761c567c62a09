import { z } from "zod";
import { shopPrice } from "../bag/product.ts";
import { findSku } from "../bag/state.ts";
import {
  AUTO_SHOWN,
  isAutoLine,
  openGoLive,
  shownGoLive,
  shownOnAir,
  shownReadiness,
  shownWrapUp,
} from "../check/auto-lines.ts";
import {
  asItStands,
  changeLine,
  CHECK_LISTS,
  Done,
  initialLines,
  Line,
  linesOf,
  LineText,
  Look,
  lookOf,
  rowsOf,
  textOf,
  untouched,
  Waiver,
  waiverOf,
  withLessons,
  type CheckLine,
  type CheckState,
  type CheckWaiver,
} from "../check/state.ts";
import { lessonLineId } from "../lesson-line.ts";
import { defineOp, reject } from "../op.ts";
import { GO_LIVE_LINES, WRAP_UP_LINES } from "../presets.ts";
import { same } from "../same.ts";
import { FenAmount, Id, text } from "../units.ts";
import { arm } from "./arm.ts";
import { bag } from "./bag.ts";
import { coupon } from "./coupon.ts";
import { landing } from "./landing.ts";
import { leaderboard } from "./leaderboard.ts";
import { lesson } from "./lesson.ts";
import { lottery } from "./lottery.ts";
import { method } from "./method.ts";
import { push } from "./push.ts";
import { reservation } from "./reservation.ts";
import { reward } from "./reward.ts";
import { rundown } from "./rundown.ts";
import { session } from "./session.ts";
import { signup } from "./signup.ts";
import { source } from "./source.ts";
import { wave } from "./wave.ts";

/** Own lines of a list, those of lessons among them. */
const LINES_MAX = 140;

const List = z.enum(CHECK_LISTS);
/** Own lines have an id, automatic ones are named by what they are about. */
const LineId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[!-~]+$/);

const planners = ["owner", "manager", "operator"] as const;
const crew = [...planners, "floor", "assistant", "community", "ads", "service", "host"] as const;

/** Rules CHK1–CHK9 in SPEC.md: 开播检查 and 下播检查. */
export const check = defineOp({
  name: "check",
  reads: {
    session,
    arm,
    bag,
    coupon,
    lottery,
    rundown,
    lesson,
    push,
    signup,
    leaderboard,
    source,
    reservation,
    landing,
    wave,
    reward,
    method,
  },
  initial: (): CheckState => ({
    lines: new Map([...initialLines("goLive", GO_LIVE_LINES), ...initialLines("wrapUp", WRAP_UP_LINES)]),
    version: 0,
    waived: new Map(),
    looks: new Map(),
    screensOnline: null,
  }),
  events: {
    "check.linesSet.v1": z.object({ list: List, from: z.array(Line), to: z.array(Line) }),
    "check.doneSet.v1": z.object({ lineId: Id, from: Done.nullable(), to: Done.nullable() }),
    "check.waiverSet.v1": z.object({ lineId: LineId, from: Waiver.nullable(), to: Waiver.nullable() }),
    "check.lookSet.v1": z.object({ skuId: Id, from: Look.nullable(), to: Look.nullable() }),
    "check.screensSeen.v1": z.object({ online: z.int().min(0) }),
  },
  expects: { setLines: z.object({ version: z.int() }) },
  commands: {
    setLines: {
      by: planners,
      risk: "reversible",
      input: z.object({
        list: List,
        lines: z
          .array(
            LineText.extend({
              lineId: Id.optional(),
              ownerId: LineText.shape.ownerId.default(null),
              dueAt: LineText.shape.dueAt.default(null),
            }),
          )
          .max(LINES_MAX),
      }),
      decide({ own }, { list, lines }, ctx, expect) {
        if (expect && expect.version !== own.version) return reject("state.changed", { version: own.version });
        const written = lines.map((line) =>
          asItStands(own, { ...line, lineId: line.lineId ?? ctx.newId(), ...untouched }),
        );
        const to = withLessons(own, list, written);
        const elsewhere = to.find(({ lineId }) => (own.lines.get(lineId)?.list ?? list) !== list);
        if (elsewhere || new Set(to.map(({ lineId }) => lineId)).size < to.length) return reject("check.lineTwice");
        const from = rowsOf(own, list);
        return same(from, to) ? [] : [{ type: "check.linesSet.v1", data: { list, from, to } }];
      },
    },
    tick: {
      by: crew,
      risk: "reversible",
      input: z.object({ lineId: Id, note: text(200).default("") }),
      decide({ own }, { lineId, note }, ctx) {
        const line = own.lines.get(lineId);
        if (!line) return reject("check.lineNotFound", { lineId });
        if (line.done) return [];
        return [{ type: "check.doneSet.v1", data: { lineId, from: null, to: { by: ctx.by, at: ctx.now, note } } }];
      },
    },
    untick: {
      by: crew,
      risk: "reversible",
      input: z.object({ lineId: Id }),
      decide({ own }, { lineId }) {
        const line = own.lines.get(lineId);
        if (!line) return reject("check.lineNotFound", { lineId });
        return line.done ? [{ type: "check.doneSet.v1", data: { lineId, from: line.done, to: null } }] : [];
      },
    },
    /** Lets a line pass, own or automatic, with a reason. */
    waive: {
      by: planners,
      risk: "reversible",
      input: z.object({ lineId: LineId, reason: text(200, 1) }),
      decide(see, { lineId, reason }, ctx) {
        if (!see.own.lines.has(lineId) && !isAutoLine(see, lineId)) return reject("check.lineNotFound", { lineId });
        const to = { by: ctx.by, at: ctx.now, reason };
        return [{ type: "check.waiverSet.v1", data: { lineId, from: waiverOf(see.own, lineId), to } }];
      },
    },
    unwaive: {
      by: planners,
      risk: "reversible",
      input: z.object({ lineId: LineId }),
      decide({ own }, { lineId }) {
        const from = waiverOf(own, lineId);
        return from ? [{ type: "check.waiverSet.v1", data: { lineId, from, to: null } }] : [];
      },
    },
    /** A second person has looked at a price that differs from the sheet. */
    look: {
      by: [...planners, "floor", "assistant"],
      risk: "reversible",
      input: z.object({ productId: Id, skuId: Id, priceFen: FenAmount }),
      decide({ own, bag: bags }, { productId, skuId, priceFen }, ctx) {
        const sku = findSku(bags, productId, skuId);
        if (!sku) return reject("bag.skuNotFound", { productId, skuId });
        const now = shopPrice(sku);
        if (now !== priceFen) return reject("check.priceChanged", { skuId, priceFen: now });
        if (sku.priceEvidence?.by === ctx.by) return reject("check.sameEyes", { skuId });
        const from = lookOf(own, skuId);
        if (from?.priceFen === priceFen) return [];
        return [{ type: "check.lookSet.v1", data: { skuId, from, to: { priceFen, by: ctx.by, at: ctx.now } } }];
      },
    },
    /** How many host screens are connected; told by the server. */
    screens: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ online: z.int().min(0).max(1_000) }),
      // A show that never had a screen is not asked for one.
      decide: ({ own }, { online }) =>
        online === (own.screensOnline ?? 0) ? [] : [{ type: "check.screensSeen.v1", data: { online } }],
    },
  },
  apply: {
    "check.linesSet.v1": (own, { list, to }) => {
      const others = [...own.lines].filter(([, line]) => line.list !== list);
      const lines = to.map((line, position): [string, CheckLine] => [line.lineId, { ...line, list, position }]);
      return { ...own, lines: new Map([...others, ...lines]), version: own.version + 1 };
    },
    "check.doneSet.v1": (own, { lineId, to }) => changeLine(own, lineId, (line) => ({ ...line, done: to })),
    "check.waiverSet.v1": (own, { lineId, to }) =>
      own.lines.has(lineId)
        ? changeLine(own, lineId, (line) => ({ ...line, waived: to }))
        : { ...own, waived: put(own.waived, lineId, to) },
    "check.lookSet.v1": (own, { skuId, to }) => ({ ...own, looks: put(own.looks, skuId, to) }),
    "check.screensSeen.v1": (own, { online }) => ({ ...own, screensOnline: online }),
  },
  on: {
    "lesson.adopted.v1": (own, { lessons }) => {
      const lines = new Map(own.lines);
      for (const { lessonId, rule } of lessons) {
        const lineId = lessonLineId(lessonId);
        const before = lines.get(lineId);
        lines.delete(lineId);
        if (rule.kind !== "check") continue;
        const position = before?.position ?? linesOf({ lines }, "goLive").length;
        const done = before?.text === rule.line ? before : untouched;
        lines.set(lineId, {
          lineId,
          text: rule.line,
          ownerId: before?.ownerId ?? null,
          dueAt: before?.dueAt ?? null,
          done: done.done,
          waived: done.waived,
          list: "goLive",
          position,
        });
      }
      return { ...own, lines, version: own.version + 1 };
    },
    "lesson.left.v1": (own, { lessonIds }) => {
      const lines = new Map(own.lines);
      for (const lessonId of lessonIds) lines.delete(lessonLineId(lessonId));
      return lines.size === own.lines.size ? own : { ...own, lines, version: own.version + 1 };
    },
  },
  undo: {
    "check.linesSet.v1": ({ own }, { list, from, to }) =>
      same(rowsOf(own, list).map(textOf), to.map(textOf))
        ? [
            {
              type: "check.linesSet.v1",
              data: { list, from: rowsOf(own, list), to: from.map((line) => asItStands(own, line)) },
            },
          ]
        : reject("undo.superseded", { field: list }),
    "check.doneSet.v1": ({ own }, { lineId, from, to }) =>
      same(own.lines.get(lineId)?.done, to)
        ? [{ type: "check.doneSet.v1", data: { lineId, from: to, to: from } }]
        : reject("undo.superseded", { lineId }),
    "check.waiverSet.v1": ({ own }, { lineId, from, to }) =>
      same(waiverOf(own, lineId), to)
        ? [{ type: "check.waiverSet.v1", data: { lineId, from: to, to: from } }]
        : reject("undo.superseded", { lineId }),
    "check.lookSet.v1": ({ own }, { skuId, from, to }) =>
      same(lookOf(own, skuId), to)
        ? [{ type: "check.lookSet.v1", data: { skuId, from: to, to: from } }]
        : reject("undo.superseded", { skuId }),
  },
  slices: {
    checkLines: {
      kind: "keyed",
      rows: (see) => see.own.lines,
      show: { control: (line: CheckLine) => line, review: (line: CheckLine) => line },
    },
    /** Automatic lines that someone let pass, by their id. */
    checkWaivers: {
      kind: "keyed",
      rows: (see) => see.own.waived,
      show: { review: (waiver: CheckWaiver) => waiver },
    },
    goLiveCheck: {
      kind: "value",
      show: { control: shownGoLive },
    },
    /** 流量, 场景, 商品, 团队, 脚本, 系统: what each lacks. */
    readiness: {
      kind: "value",
      show: { control: (see) => shownReadiness(see), review: (see) => shownReadiness(see) },
    },
    wrapUpCheck: {
      kind: "value",
      show: { control: shownWrapUp, review: shownWrapUp },
    },
    /** What happens on air against a lesson, and nobody let pass. */
    lessonsBroken: {
      kind: "value",
      show: { control: shownOnAir, review: shownOnAir },
    },
    checks: {
      kind: "value",
      show: { control: ({ own }) => ({ version: own.version, screensOnline: own.screensOnline }) },
    },
  },
  guards: {
    "session.start": (see, input) => {
      if (see.session.rehearsal || Start.parse(input).reason) return undefined;
      const open = openGoLive(see);
      return open.length > 0
        ? reject("check.open", { open: open.slice(0, AUTO_SHOWN), count: open.length })
        : undefined;
    },
  },
});

const Start = z.object({ reason: z.string().optional() });

function put<V>(map: ReadonlyMap<string, V>, key: string, value: V | null): ReadonlyMap<string, V> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}
