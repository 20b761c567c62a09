import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { goLiveLines, priceNow, wrapUpLines, type AutoLine, type Look as LookRow } from "../auto-checks.ts";
import { findSku } from "../bag/state.ts";
import { lessonLines } from "../lesson-checks.ts";
import { isLessonLine, lessonLineId } from "../lesson-line.ts";
import { defineOp, reject, type StateOf } from "../op.ts";
import { GO_LIVE_LINES, WRAP_UP_LINES, type CheckText } from "../presets.ts";
import { same } from "../same.ts";
import { FenAmount, Id, Instant, text } from "../units.ts";
import { arm } from "./arm.ts";
import { bag } from "./bag.ts";
import { coupon } from "./coupon.ts";
import { lesson } from "./lesson.ts";
import { lottery } from "./lottery.ts";
import { rundown } from "./rundown.ts";
import { session } from "./session.ts";

/** How many automatic lines a screen gets at once, and in how many bytes: a value slice has 4 kB (CHK3). The count is of all. */
const AUTO_SHOWN = 30;
const AUTO_BYTES = 3_800;
/** Own lines of a list, those of lessons among them. */
const LINES_MAX = 140;

export const CHECK_LISTS = ["goLive", "wrapUp"] as const;
const List = z.enum(CHECK_LISTS);
/** Own lines have an id, automatic ones are named by what they are about. */
const LineId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[!-~]+$/);

const LineText = z.object({ lineId: Id, text: text(200, 1), ownerId: Id.nullable(), dueAt: Instant.nullable() });
const Done = z.object({ by: z.string(), at: Instant, note: text(200) });
const Waiver = z.object({ by: z.string(), at: Instant, reason: text(200, 1) });
export type CheckWaiver = z.infer<typeof Waiver>;
const Line = LineText.extend({ done: Done.nullable(), waived: Waiver.nullable() });
const Look = z.object({ priceFen: FenAmount, by: z.string(), at: Instant });

export type CheckLine = z.infer<typeof Line> & {
  readonly list: (typeof CHECK_LISTS)[number];
  /** Place in its list, from 0. */
  readonly position: number;
};

export type CheckState = {
  readonly lines: ReadonlyMap<string, CheckLine>;
  /** Counts the changes of which lines there are, for `expect`. */
  readonly version: number;
  /** Automatic lines that someone let pass. */
  readonly waived: ReadonlyMap<string, z.infer<typeof Waiver>>;
  /** By SKU. */
  readonly looks: ReadonlyMap<string, LookRow>;
  readonly screensOnline: number | null;
};

type Facts = {
  readonly own: CheckState;
  readonly session: StateOf<typeof session>;
  readonly arm: StateOf<typeof arm>;
  readonly bag: StateOf<typeof bag>;
  readonly coupon: StateOf<typeof coupon>;
  readonly lottery: StateOf<typeof lottery>;
  readonly rundown: StateOf<typeof rundown>;
  readonly lesson: StateOf<typeof lesson>;
};

const planners = ["owner", "manager", "operator"] as const;
const crew = [...planners, "floor", "assistant", "community", "ads", "service", "host"] as const;

/** Rules CHK1–CHK7 in SPEC.md: 开播检查 and 下播检查. */
export const check = defineOp({
  name: "check",
  reads: { session, arm, bag, coupon, lottery, rundown, lesson },
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
        if (!isLine(see, lineId)) return reject("check.lineNotFound", { lineId });
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
        const now = priceNow(sku);
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
    wrapUpCheck: {
      kind: "value",
      show: { control: shownWrapUp, review: shownWrapUp },
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

const untouched = { done: null, waived: null };
const Start = z.object({ reason: z.string().optional() });

/** Lines of 开播检查 that are neither done nor let pass: own ones in their order, then the automatic ones. */
function openGoLive(see: Omit<Facts, "arm">): string[] {
  const own = linesOf(see.own, "goLive").filter(({ done, waived }) => !done && !waived);
  const auto = autoGoLive(see).filter(({ lineId }) => !see.own.waived.has(lineId));
  return [...own, ...auto].map(({ lineId }) => lineId);
}

/** What a lesson says stands first: it went wrong once. */
function autoGoLive({ own, ...facts }: Omit<Facts, "arm">): AutoLine[] {
  const { lesson: lessons, session: show } = facts;
  return [
    ...lessonLines({ ...facts, lessons: lessons.adopted, plannedStartAt: show.plannedStartAt }),
    ...goLiveLines({ ...facts, screensOnline: own.screensOnline, looks: own.looks }),
  ];
}

/** CHK7: lines of lessons stay and keep their words, whatever a list is set to; only the lesson itself takes its line away. */
function withLessons(
  own: CheckState,
  list: CheckLine["list"],
  to: readonly z.infer<typeof Line>[],
): z.infer<typeof Line>[] {
  const theirs = rowsOf(own, list).filter(({ lineId }) => isLessonLine(lineId));
  const missing = theirs.filter(({ lineId }) => !to.some((line) => line.lineId === lineId));
  const worded = to.map((line) => {
    const lessons = theirs.find(({ lineId }) => lineId === line.lineId);
    return lessons ? { ...line, text: lessons.text, done: lessons.done, waived: lessons.waived } : line;
  });
  return [...worded, ...missing];
}

/** What still stands, from the start of the show on. */
function autoWrapUp(see: Facts): AutoLine[] {
  return see.session.startedAt === null ? [] : wrapUpLines(see);
}

/** Over once the show has begun: nobody looks at it then, and it would be worked out again with every order. */
function shownGoLive(see: Facts) {
  if (see.session.startedAt !== null) return shownAuto(see.own, [], 0);
  return shownAuto(see.own, autoGoLive(see), openGoLive(see).length);
}

function shownWrapUp(see: Facts) {
  const auto = autoWrapUp(see);
  const own = linesOf(see.own, "wrapUp").filter(({ done, waived }) => !done && !waived);
  return shownAuto(see.own, auto, own.length + auto.filter(({ lineId }) => !see.own.waived.has(lineId)).length);
}

function shownAuto(own: CheckState, auto: readonly AutoLine[], open: number) {
  return {
    open,
    count: auto.length,
    lines: fitting(auto.slice(0, AUTO_SHOWN).map((line) => ({ ...line, waived: own.waived.get(line.lineId) ?? null }))),
  };
}

function fitting<T>(lines: readonly T[]): T[] {
  let bytes = 0;
  return lines.filter((line) => (bytes += utf8ToBytes(JSON.stringify(line)).length + 1) <= AUTO_BYTES);
}

function isLine(see: Facts, lineId: string): boolean {
  return see.own.lines.has(lineId) || [...autoGoLive(see), ...autoWrapUp(see)].some((line) => line.lineId === lineId);
}

function initialLines(list: CheckLine["list"], texts: readonly CheckText[]): [string, CheckLine][] {
  return texts.map(({ lineId, text: words }, position) => [
    lineId,
    { lineId, text: words, ownerId: null, dueAt: null, ...untouched, list, position },
  ]);
}

function linesOf(own: Pick<CheckState, "lines">, list: CheckLine["list"]): CheckLine[] {
  return [...own.lines.values()].filter((line) => line.list === list).toSorted((a, b) => a.position - b.position);
}

function rowsOf(own: CheckState, list: CheckLine["list"]): z.infer<typeof Line>[] {
  return linesOf(own, list).map(({ done, waived, ...line }) => ({ ...textOf(line), done, waived }));
}

function textOf({ lineId, text: words, ownerId, dueAt }: z.infer<typeof LineText>): z.infer<typeof LineText> {
  return { lineId, text: words, ownerId, dueAt };
}

/** A line whose words stay keeps its tick as it is now. */
function asItStands(own: CheckState, line: z.infer<typeof Line>): z.infer<typeof Line> {
  const now = own.lines.get(line.lineId);
  return now?.text === line.text ? { ...line, done: now.done, waived: now.waived } : line;
}

function waiverOf(own: CheckState, lineId: string): z.infer<typeof Waiver> | null {
  return own.lines.get(lineId)?.waived ?? own.waived.get(lineId) ?? null;
}

function lookOf(own: CheckState, skuId: string): z.infer<typeof Look> | null {
  const look = own.looks.get(skuId);
  return look ? Look.parse(look) : null;
}

function changeLine(own: CheckState, lineId: string, change: (line: CheckLine) => CheckLine): CheckState {
  const line = own.lines.get(lineId);
  return line ? { ...own, lines: new Map(own.lines).set(lineId, change(line)) } : own;
}

function put<V>(map: ReadonlyMap<string, V>, key: string, value: V | null): ReadonlyMap<string, V> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}
