import { z } from "zod";
import { QUOTA_RULES } from "#domain/corp/quota-state.ts";
import { At } from "../shapes.ts";

const Day = z.string().describe("2026-11-22, in Shanghai");

/** A push that counts on the quota of somebody. `roomId`'s staff may open it. */
export const QuotaPush = z.object({
  pushId: z.string(),
  sessionId: z.string(),
  /** null: it is gone, or not known here yet. */
  title: z.string().nullable(),
  showTitle: z.string().nullable(),
  mayOpen: z.boolean(),
});

export const QuotaRow = z.object({
  id: z.string(),
  /** Of customers masked; null: forgotten, or never read. */
  name: z.string().nullable(),
  ownerName: z.string().nullable(),
  purpose: z.string().nullable(),
  used: z.int().describe("Sends known in the span of the rule that runs now."),
  /** How many of them members made by themselves. */
  own: z.int(),
  known: z
    .enum(["exact", "atLeast", "unknown"])
    .describe("`exact`: all of the span was read. `atLeast`: more may have been used. `unknown`: nobody ever looked."),
  reserved: z.int(),
  left: z.int(),
  readTo: Day.nullable(),
  pushes: z.array(QuotaPush),
});

export const QuotaReading = z.object({
  state: z.enum(["never", "waiting", "running", "done", "failed"]),
  /** Messages looked through in this reading. */
  done: z.int(),
  startedAt: At.nullable(),
  endedAt: At.nullable(),
  failure: z.object({ code: z.string(), errcode: z.int().nullable(), until: At.nullable() }).nullable(),
});

export const QuotaStanding = z.object({
  rule: z.enum(QUOTA_RULES),
  span: z.object({ from: Day, to: Day, limit: z.int() }),
  sum: z.object({
    targets: z.int(),
    exact: z.int(),
    atLeast: z.int(),
    unknown: z.int(),
    /** None left. */
    empty: z.int(),
    reserved: z.int(),
  }),
  /** Groups or customers by how many sends are left, from 0 to the limit. */
  left: z.array(z.int()),
  rows: z.array(QuotaRow),
  /** Of all that match. */
  total: z.int(),
  reading: QuotaReading,
});

export const QuotaForecast = z.object({
  spans: z.array(
    z.object({
      from: Day,
      to: Day,
      limit: z.int(),
      plans: z.array(QuotaPush.extend({ day: Day, targets: z.int(), unreached: z.int() })),
      left: z.array(z.int()),
      /** Of how many of these the use is not read in full. */
      unsure: z.int(),
    }),
  ),
  /** Whom a planned push will not reach; at most 200 of each named. */
  unreached: z.array(
    QuotaPush.extend({
      count: z.int(),
      targets: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
    }),
  ),
});

export const CalendarShape = z.object({
  pushes: z.array(
    z.object({
      sessionId: z.string(),
      pushId: z.string(),
      roomId: z.string(),
      kind: z.string(),
      title: z.string(),
      showTitle: z.string(),
      status: z.string(),
      heldReason: z.string().nullable(),
      /** When it goes, went, or its show is planned to start. */
      at: At,
      timedBy: z.enum(["time", "handedOver", "show"]),
      targets: z.int(),
      over: z.int(),
      sent: z.int(),
      unsent: z.int(),
    }),
  ),
  /** There are more than are told. */
  cut: z.boolean(),
});
