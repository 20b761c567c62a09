import { z } from "zod";
import { warmupByCode } from "#db/queries/warmup-by-code.ts";
import { warmupByGroup, warmupByMember } from "#db/queries/warmup-by-place.ts";
import { warmupInGroups } from "#db/queries/warmup-in-groups.ts";
import { warmupBySource } from "#db/queries/warmup-by-source.ts";
import { warmupSeries } from "#db/queries/warmup-series.ts";
import { Instant } from "#domain/units.ts";
import { numberInQuery } from "../number-in-query.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { At, failures, IdParams } from "../shapes.ts";
import { keptAnswers } from "../../lib/kept-answers.ts";
import { sharedAnswers } from "../../lib/shared-answers.ts";

const MINUTE_MS = 60_000;
const STEPS = { minute: MINUTE_MS, hour: 60 * MINUTE_MS } as const;
/** A month of hours, or a day and a half of minutes. */
const STEPS_MAX = 2_200;
const SPANS_MAX = 200;
const SHOWS_MAX = 200;

const Step = z.object({
  at: At,
  signups: z.int(),
  cancelled: z.int().describe("Cancelled, or left the group"),
  invited: z.int().describe("Brought by somebody and counted, by now"),
  held: z.int(),
  watched: z.int(),
});
const BySource = z.object({
  sourceId: z.string().nullable().describe("Null: by no source's link"),
  signups: z.int(),
  standing: z.int(),
  invited: z.int().describe("Friends of theirs who count"),
  watched: z.int(),
  joinedGroups: z.int().describe("Of those whom WeCom knows"),
  orders: z.int(),
  netFen: z.int(),
});
const Placed = { name: z.string().nullable(), signups: z.int(), invited: z.int() };
const ByGroup = z.object({ groupId: z.string(), ...Placed });
const ByMember = z.object({
  memberId: z.string(),
  ...Placed,
  greeted: z.int(),
  waiting: z.int(),
  added: z.int().describe("Who added them by a code of the show"),
});
const ByCode = z.object({
  codeId: z.string(),
  name: z.string().nullable(),
  sourceId: z.string(),
  joins: z.int(),
  left: z.int(),
  signups: z.int().describe("Of those who joined by it and are known as viewers"),
  orders: z.int(),
  netFen: z.int(),
});

type Span = { readonly from: number; readonly to: number };

const PARTS = ["series", "sources", "places"] as const;
type Part = (typeof PARTS)[number];

/** One after another: with a million sign-ups they take a while, and those who sign up need connections too. */
async function figuresOf(
  { db }: ApiContext,
  id: string,
  asked: { readonly span: Span; readonly step: keyof typeof STEPS; readonly parts: readonly Part[] },
) {
  const { span, step, parts } = asked;
  const has = (part: Part) => parts.includes(part);
  const inGroups = has("sources") || has("places") ? await warmupInGroups(db, id, span) : null;
  return {
    ...(has("series") ? { series: await warmupSeries(db, id, { ...span, stepMs: STEPS[step] }) } : {}),
    ...(has("sources") && inGroups ? { bySource: await warmupBySource(db, id, { ...span, inGroups }) } : {}),
    ...(has("places") && inGroups
      ? {
          byGroup: await warmupByGroup(db, id, { ...span, inGroups }),
          byMember: await warmupByMember(db, id, span),
        }
      : {}),
  };
}

/** Which source, group, member and code brings whom, by the minute. */
export function serveWarmupFigures(app: ApiInstance, context: ApiContext): void {
  const share = sharedAnswers<Awaited<ReturnType<typeof figuresOf>>>(SPANS_MAX);
  // Of the whole time, so for one show the same in whichever stretch it is asked for.
  const keepCodes = keptAnswers<Awaited<ReturnType<typeof warmupByCode>>>(SHOWS_MAX);
  app.get(
    "/api/v1/sessions/:id/warmup",
    {
      schema: {
        tags: ["warm-up"],
        summary: "Sign-ups by time, source, group, member and code",
        description:
          "From tables that follow the log by about a second. Without `from` the last 48 hours, or with `step=minute` the last two. Steps without anything are left out. `byCode` is of the whole time and as of `byCodeAt`: with hundreds of thousands of customers it is counted behind the answer, at most two minutes before it. `only` leaves the others out: whoever wants one part should ask for it alone.",
        params: IdParams,
        querystring: z.object({
          from: numberInQuery(Instant).optional(),
          to: numberInQuery(Instant).optional(),
          step: z.enum(["minute", "hour"]).default("hour"),
          only: z.enum([...PARTS, "codes"]).optional(),
        }),
        response: {
          200: z.object({
            from: At,
            to: At,
            step: z.enum(["minute", "hour"]),
            series: z.array(Step).optional(),
            bySource: z.array(BySource).optional(),
            byGroup: z.array(ByGroup).optional(),
            byMember: z.array(ByMember).optional(),
            byCode: z.array(ByCode).optional(),
            byCodeAt: At.optional(),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      requireSight(await enterShow(request, id, context), "crew");
      void reply.header("cache-control", "no-store");
      const { step, only } = request.query;
      const span = spanOf(request.query, await showNow(context, id));
      const parts = PARTS.filter((part) => only === undefined || only === part);
      const key = JSON.stringify([id, span, step, parts]);
      const figures = await share(key, () => figuresOf(context, id, { span, step, parts }));
      const { byGroup = [], byMember = [], ...plain } = figures;
      const codes =
        only === undefined || only === "codes" ? await keepCodes(id, () => warmupByCode(context.db, id)) : null;
      const byCode = codes?.value ?? [];
      const ids = [
        ...byGroup.map(({ groupId }) => groupId),
        ...byMember.map(({ memberId }) => memberId),
        ...byCode.map(({ codeId }) => codeId),
      ];
      const { names } = await context.personal.ofIds(id, ids);
      const named = <T extends object>(row: T, of: string) => ({ ...row, name: names[of] ?? null });
      return {
        ...span,
        step,
        ...plain,
        ...(parts.includes("places")
          ? {
              byGroup: byGroup.map((row) => named(row, row.groupId)),
              byMember: byMember.map((row) => named(row, row.memberId)),
            }
          : {}),
        ...(codes ? { byCode: byCode.map((row) => named(row, row.codeId)), byCodeAt: codes.at } : {}),
      };
    },
  );
}

/** A rehearsal has a clock of its own. */
async function showNow({ directory }: ApiContext, sessionId: string): Promise<number> {
  const { at, clock } = await directory.snapshot(sessionId, "viewer");
  return clock ? clock.showAt + (Date.now() - clock.at) * clock.pace : Math.max(at, Date.now());
}

type Asked = {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly step: keyof typeof STEPS;
};

/** Of whole steps, so that all who look at the same hours or minutes ask the same; what is counted is counted by the minute. */
function spanOf({ from, to, step }: Asked, now: number): Span {
  const stepMs = STEPS[step];
  const end = Math.ceil((to ?? now + 1) / stepMs) * stepMs;
  const begin = from === undefined ? end - (step === "hour" ? 48 : 2) * STEPS.hour : Math.floor(from / stepMs) * stepMs;
  return { from: Math.max(begin, end - STEPS_MAX * stepMs), to: end };
}
