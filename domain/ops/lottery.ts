import { z } from "zod";
import { Evidence, handEvidence } from "../evidence.ts";
import { placesOf } from "../draw-check.ts";
import { decideDraw, decideRedraw, entrantsOf, pledgeOf, termsOf } from "../lottery/drawing.ts";
import { decideDoubles, decideKeepPlaces } from "../lottery/doubles.ts";
import { decideEnter, foldEntered, foldMergedEntries, refuseConditions } from "../lottery/entering.ts";
import { asKnown, lotteriesOf } from "../lottery/mine.ts";
import { refusePlan } from "../lottery/planning.ts";
import { controlRow, crewRow, hostRow, viewerRow } from "../lottery/rows.ts";
import {
  bookOf,
  LotteryPlan,
  newLottery,
  Pledge,
  Prize,
  Redraw,
  Sealed,
  Winner,
  WINNERS_MAX,
  withLottery,
  type LotteryState,
} from "../lottery/state.ts";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { TaskCode } from "../push/shapes.ts";
import { same } from "../same.ts";
import { Id, Instant, instant, text } from "../units.ts";
import { comment } from "./comment.ts";
import { coupon } from "./coupon.ts";
import { resolved, senderOf } from "../warmup/people.ts";
import { order } from "./order.ts";
import { person } from "./person.ts";
import { Ago, session } from "./session.ts";
import { signup } from "./signup.ts";

const planners = ["owner", "manager", "operator"] as const;
const LOTTERIES_MAX = 100;
const Target = z.object({ lotteryId: Id });
const Planned = LotteryPlan.extend({ lotteryId: Id });
/** Prizes keep their id when they are edited; new ones get one. */
const PrizeInput = Prize.partial({ prizeId: true });
const PlanInput = LotteryPlan.omit({ prizes: true, carrier: true })
  .partial()
  .extend({ prizes: z.array(PrizeInput).min(1).max(20).optional() });
const Opened = z.object({
  lotteryId: Id,
  openedAt: Instant,
  closesAt: Instant,
  evidence: Evidence,
  pledge: Pledge.nullable(),
  sealed: Sealed.nullable(),
});
const Entered = z.object({
  lotteryId: Id,
  personId: Id,
  n: z.int().min(1),
  pseudonym: z.string(),
  head: z.string(),
  /** Code of the push's task whose link the person came by. */
  via: TaskCode.optional(),
});
const Winners = z.array(Winner).max(WINNERS_MAX);
const Places = z.array(z.int().min(1).max(WINNERS_MAX)).min(2).max(WINNERS_MAX);

/** Rules LOT1–LOT16 in SPEC.md: 福袋 are recorded, own draws can be checked by everyone. */
export const lottery = defineOp({
  name: "lottery",
  reads: { session, person, order, coupon, comment, signup },
  initial: (): LotteryState => ({ lotteries: new Map(), books: new Map() }),
  events: {
    "lottery.planned.v1": Planned,
    "lottery.edited.v1": z.object({ lotteryId: Id, from: LotteryPlan.partial(), to: LotteryPlan.partial() }),
    "lottery.removed.v1": Target,
    "lottery.opened.v1": Opened,
    "lottery.openTakenBack.v1": Target,
    "lottery.entered.v1": Entered,
    "lottery.closed.v1": z.object({ lotteryId: Id, entries: z.int(), head: z.string().nullable() }),
    "lottery.drawn.v1": z.object({
      lotteryId: Id,
      seed: z.string(),
      head: z.string(),
      entries: z.int(),
      cursor: z.int(),
      drawnAt: Instant,
      winners: Winners,
    }),
    "lottery.redrawn.v1": z.object({ lotteryId: Id, redraw: Redraw, winner: Winner, cursor: z.int() }),
    "lottery.winnersRecorded.v1": z.object({ lotteryId: Id, from: Winners, to: Winners }),
    /** How many entries are further ones of somebody, of a draw that is not drawn yet. */
    "lottery.doublesKnown.v1": z.object({ lotteryId: Id, doubles: z.int().min(0) }),
    "lottery.placesKept.v1": z.object({ lotteryId: Id, places: Places, reason: text(200, 1) }),
    "lottery.cancelled.v1": z.object({ lotteryId: Id, reason: text(200) }),
  },
  quiet: ["lottery.entered.v1", "lottery.doublesKnown.v1"],
  secret: { "lottery.opened.v1": ["sealed"] },
  expects: {
    edit: z.object({ from: LotteryPlan.partial() }),
    recordWinners: z.object({ personIds: z.array(Id) }),
  },
  commands: {
    plan: {
      by: planners,
      risk: "compensable",
      input: PlanInput.extend({ carrier: LotteryPlan.shape.carrier }).required({
        title: true,
        prizes: true,
        durationMs: true,
      }),
      decide(see, input, ctx) {
        if (see.own.lotteries.size >= LOTTERIES_MAX) return reject("lottery.tooMany", { max: LOTTERIES_MAX });
        const prizes = input.prizes.map((prize) => ({ ...prize, prizeId: prize.prizeId ?? ctx.newId() }));
        const blank = { conditions: [], conditionText: "", rules: "" };
        const data = Planned.parse({ ...blank, ...defined(input), prizes, lotteryId: ctx.newId() });
        return refusePlan(data) ?? [{ type: "lottery.planned.v1", data }];
      },
      result: (events) => ({
        lotteryId: Planned.safeParse(dataOf(events, "lottery.planned.v1")).data?.lotteryId ?? null,
      }),
    },
    edit: {
      by: planners,
      risk: "reversible",
      input: Target.extend({ to: PlanInput }),
      decide(see, { lotteryId, to: wanted }, ctx, expect) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        const stale = refuseStale(own, expect?.from ?? {});
        if (stale) return stale;
        if (own.state !== "planned") return reject("lottery.alreadyOpened", { lotteryId });
        const prizes = wanted.prizes?.map((prize) => ({ ...prize, prizeId: prize.prizeId ?? ctx.newId() }));
        const { from, to } = difference(own, { ...wanted, prizes });
        if (Object.keys(to).length === 0) return [];
        const data = { lotteryId, from: LotteryPlan.partial().parse(from), to: LotteryPlan.partial().parse(to) };
        return refusePlan({ ...own, ...defined(data.to) }) ?? [{ type: "lottery.edited.v1", data }];
      },
    },
    remove: {
      by: planners,
      risk: "compensable",
      input: Target,
      decide(see, { lotteryId }) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        return own.state === "planned"
          ? [{ type: "lottery.removed.v1", data: { lotteryId } }]
          : reject("lottery.alreadyOpened", { lotteryId });
      },
    },
    /** 福袋: started by hand, told here. Own draw: opens for entry; its close is fixed now (LOT2). */
    open: {
      by: [...planners, "floor"],
      risk: "reversible",
      input: Target.extend({ ago: Ago }),
      decide(see, { lotteryId, ago }, ctx) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        if (own.state !== "planned") return reject("lottery.alreadyOpened", { lotteryId, state: own.state });
        if (own.carrier === "platformBag") {
          const evidence = handEvidence(ctx, ago);
          const openedAt = evidence.happenedAt;
          const data = {
            lotteryId,
            openedAt,
            closesAt: instant(openedAt + own.durationMs),
            evidence,
            pledge: null,
            sealed: null,
          };
          return [{ type: "lottery.opened.v1", data }];
        }
        if (own.rules === "") return reject("lottery.noRules", { lotteryId });
        const refused = refuseConditions(own.conditions, see, ctx.now);
        if (refused) return refused;
        const closesAt = instant(ctx.now + own.durationMs);
        const bound = pledgeOf(termsOf(own, see.session.sessionId, ctx.now, closesAt), ctx);
        const evidence: Evidence = { ...handEvidence(ctx, 0), via: "kaibo" };
        return [{ type: "lottery.opened.v1", data: { lotteryId, openedAt: ctx.now, closesAt, evidence, ...bound } }];
      },
    },
    enter: {
      by: ["viewer"],
      risk: "compensable",
      input: Target.extend({ via: TaskCode.optional() }),
      decide(see, { lotteryId, via }, ctx) {
        const own = see.own.lotteries.get(lotteryId);
        const personId = senderOf(see.person, ctx.by);
        if (own?.carrier !== "ownDraw" || own.state === "planned") return reject("lottery.notFound", { lotteryId });
        if (personId === undefined) return reject("lottery.notAPerson");
        return decideEnter(own, { personId, via, book: bookOf(see.own, lotteryId), grounds: see }, ctx);
      },
      result: (events) => {
        const entered = Entered.safeParse(dataOf(events, "lottery.entered.v1")).data;
        if (!entered) return null;
        const { lotteryId, n, pseudonym, head } = entered;
        return { lotteryId, n, pseudonym, head };
      },
    },
    /** Falls due at the close that was fixed at the opening. */
    close: {
      by: ["system"],
      risk: "compensable",
      input: Target,
      decide(see, { lotteryId }, ctx) {
        const own = see.own.lotteries.get(lotteryId);
        if (own?.state !== "open" || own.closesAt === null || ctx.now < own.closesAt) return [];
        return [
          { type: "lottery.closed.v1", data: { lotteryId, entries: own.entries, head: own.pledge?.head ?? null } },
        ];
      },
    },
    /** Armed for 3 s. Stopped or not: seed and entries are fixed, so a later draw has the same winners (LOT6). */
    draw: {
      by: planners,
      risk: "irreversible",
      input: Target,
      decide(see, { lotteryId }, ctx) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        if (own.carrier !== "ownDraw") return reject("lottery.notOwn", { lotteryId });
        if (own.state === "drawn") return reject("lottery.alreadyDrawn", { lotteryId });
        if (own.state !== "closed")
          return reject("lottery.notClosed", { lotteryId, state: own.state, closesAt: own.closesAt });
        return decideDraw(own, entrantsOf(see.own, lotteryId, see.person), ctx);
      },
    },
    /** A winner that can't be reached or did not qualify; the record of the first draw stays (LOT9). */
    redraw: {
      by: planners,
      risk: "irreversible",
      input: Target.extend({
        place: z.int().min(1).max(WINNERS_MAX),
        /** Number of the entry that is replaced: of two presses for one winner the second finds another one there. */
        instead: z.int().min(1),
        reason: text(200, 1),
      }),
      decide(see, { lotteryId, ...asked }, ctx) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        if (own.carrier !== "ownDraw") return reject("lottery.notOwn", { lotteryId });
        if (own.state !== "drawn") return reject("lottery.notDrawn", { lotteryId });
        return decideRedraw(own, entrantsOf(see.own, lotteryId, see.person), asked, ctx);
      },
    },
    /** Winners of a 福袋, as the platform named them; the names themselves live outside the log. */
    recordWinners: {
      by: [...planners, "floor", "service"],
      risk: "reversible",
      input: Target.extend({ personIds: z.array(Id).max(WINNERS_MAX) }),
      decide(see, { lotteryId, ...named }, _ctx, expect) {
        const personIds = named.personIds.map((id) => resolved(see.person, id));
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        if (own.carrier !== "platformBag") return reject("lottery.notPlatform", { lotteryId });
        if (own.openedAt === null || own.state === "cancelled")
          return reject("lottery.notOpen", { lotteryId, state: own.state });
        const now = { personIds: own.winners.flatMap(({ personId }) => personId ?? []) };
        const stale = refuseStale(now, expect ?? {});
        if (stale) return stale;
        const places = placesOf(own.prizes);
        if (personIds.length > places.length)
          return reject("lottery.tooManyWinners", { lotteryId, max: places.length });
        if (new Set(personIds).size < personIds.length) return reject("lottery.winnerTwice", { lotteryId });
        const to = personIds.map((personId, index) => ({
          place: index + 1,
          n: null,
          pseudonym: null,
          personId,
          prizeId: places[index] ?? "",
        }));
        return same(own.winners, to)
          ? []
          : [{ type: "lottery.winnersRecorded.v1", data: { lotteryId, from: [...own.winners], to } }];
      },
    },
    /** After a draw: several places are one person's, and may stay so; else `redraw` gives one to the next. */
    keepPlaces: {
      by: planners,
      risk: "compensable",
      input: Target.extend({ places: Places, reason: text(200, 1) }),
      decide(see, { lotteryId, places, reason }) {
        const own = see.own.lotteries.get(lotteryId);
        return own ? decideKeepPlaces(own, places, reason) : reject("lottery.notFound", { lotteryId });
      },
    },
    /** Sent by `person.merge`. */
    settle: { by: ["system"], risk: "compensable", input: z.object({}), decide: (see) => decideDoubles(see.own) },
    cancel: {
      by: planners,
      risk: "compensable",
      input: Target.extend({ reason: text(200, 1) }),
      decide(see, { lotteryId, reason }) {
        const own = see.own.lotteries.get(lotteryId);
        if (!own) return reject("lottery.notFound", { lotteryId });
        if (own.state !== "open" && own.state !== "closed")
          return reject("lottery.notRunning", { lotteryId, state: own.state });
        return [{ type: "lottery.cancelled.v1", data: { lotteryId, reason } }];
      },
    },
  },
  apply: {
    "lottery.planned.v1": (own, planned) => ({
      ...own,
      lotteries: new Map(own.lotteries).set(planned.lotteryId, newLottery(planned)),
    }),
    "lottery.edited.v1": (own, { lotteryId, to }) => withLottery(own, lotteryId, (row) => ({ ...row, ...defined(to) })),
    "lottery.removed.v1": (own, { lotteryId }) => ({
      ...own,
      lotteries: new Map([...own.lotteries].filter(([id]) => id !== lotteryId)),
    }),
    "lottery.opened.v1": (own, { lotteryId, openedAt, closesAt, evidence, pledge, sealed }) =>
      withLottery(own, lotteryId, (row) => ({
        ...row,
        state: "open" as const,
        opened: evidence,
        openedAt,
        closesAt,
        pledge,
        sealed,
      })),
    "lottery.openTakenBack.v1": (own, { lotteryId }) => withLottery(own, lotteryId, newLottery),
    "lottery.entered.v1": foldEntered,
    "lottery.closed.v1": (own, { lotteryId }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, state: "closed" as const })),
    "lottery.drawn.v1": (own, { lotteryId, seed, cursor, drawnAt, winners }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, state: "drawn" as const, seed, cursor, drawnAt, winners })),
    "lottery.redrawn.v1": (own, { lotteryId, redraw, winner, cursor }) =>
      withLottery(own, lotteryId, (row) => ({
        ...row,
        cursor,
        winners: row.winners.map((other) => (other.place === redraw.place ? winner : other)),
        redraws: [...row.redraws, redraw],
      })),
    "lottery.winnersRecorded.v1": (own, { lotteryId, to }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, winners: to })),
    "lottery.doublesKnown.v1": (own, { lotteryId, doubles }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, doubles })),
    "lottery.placesKept.v1": (own, { lotteryId, places, reason }, { at, by }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, kept: [...row.kept, { places, by, at, reason }] })),
    "lottery.cancelled.v1": (own, { lotteryId, reason }) =>
      withLottery(own, lotteryId, (row) => ({ ...row, state: "cancelled" as const, cancelReason: reason })),
  },
  on: { "person.merged.v1": foldMergedEntries },
  undo: {
    "lottery.edited.v1": (see, { lotteryId, from, to }) => {
      const own = see.own.lotteries.get(lotteryId);
      if (!own || Object.keys(difference(own, to).to).length > 0) return reject("undo.superseded", { lotteryId });
      if (own.state !== "planned") return reject("undo.hasConsequences", { lotteryId, state: own.state });
      return [{ type: "lottery.edited.v1", data: { lotteryId, from: to, to: from } }];
    },
    "lottery.opened.v1": (see, { lotteryId, openedAt }) => {
      const own = see.own.lotteries.get(lotteryId);
      if (own?.openedAt !== openedAt || own.state !== "open") return reject("undo.superseded", { lotteryId });
      if (own.entries > 0 || own.winners.length > 0)
        return reject("undo.hasConsequences", { lotteryId, entries: own.entries });
      return [{ type: "lottery.openTakenBack.v1", data: { lotteryId } }];
    },
    "lottery.winnersRecorded.v1": (see, { lotteryId, from, to }) => {
      const [before, now] = [from, to].map((rows) => rows.map((row) => asKnown(row, see.person)));
      return before && now && same(see.own.lotteries.get(lotteryId)?.winners, now)
        ? [{ type: "lottery.winnersRecorded.v1", data: { lotteryId, from: now, to: before } }]
        : reject("undo.superseded", { lotteryId });
    },
  },
  slices: {
    lotteries: {
      kind: "keyed",
      rows: (see) => see.own.lotteries,
      show: { control: controlRow, crew: crewRow, review: crewRow, host: hostRow, viewer: viewerRow },
    },
  },
  me: (see, asked) => lotteriesOf(see, resolved(see.person, asked)),
  due: (own) =>
    [...own.lotteries.values()].flatMap(({ lotteryId, state, closesAt }) =>
      state === "open" && closesAt !== null
        ? [
            {
              at: closesAt,
              clock: "show" as const,
              id: `lottery.close:${lotteryId}`,
              type: "lottery.close",
              input: { lotteryId },
            },
          ]
        : [],
    ),
  lean: (own) => ({ ...own, books: null }),
});

const dataOf = (events: readonly AnyEvent[], type: string): unknown =>
  events.find((event) => event.type === type)?.data;
