import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { Run, type RehearsalState } from "#domain/ops/rehearsal.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import { Instant } from "#domain/units.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { senderId } from "../../auth/principal.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { NotOwnerError } from "../../live/directory.ts";
import { rehearsalOf } from "../../rehearsal/rehearsals.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { denied, HttpError, invalid, rejected } from "../failures.ts";
import { sendCommand } from "../send-command.ts";
import { At, Done, failures, IdParams, RejectedBody } from "../shapes.ts";

const Speed = z.number().min(1).max(60);
const Plan = z.object({
  seed: z.int().min(0).max(2_147_483_647).default(7),
  /** Show time, at most. */
  minutes: z.int().min(1).max(720).default(120),
  speed: Speed.default(1),
  /** false: 走流程, the clock alone. */
  audience: z.boolean().default(true),
});
const Shown = z.object({ run: Run.nullable() });
const State = z.object({
  state: z.enum(["idle", "running", "paused", "lost", "done", "failed"]),
  seed: z.int().nullable(),
  audience: z.boolean().nullable(),
  progress: z
    .object({
      showAt: At,
      endsAt: At.nullable(),
      speed: z.number(),
      online: z.int(),
      orders: z.int(),
      refused: z.int(),
      done: z.boolean(),
    })
    .nullable(),
  message: z.string().nullable(),
});

/** A rehearsal's clock and audience. All of it is refused for a real show. */
export function serveRehearsals(app: ApiInstance, context: ApiContext): void {
  const tags = ["rehearsals"];
  const { directory, rehearsals } = context;
  const answers = { ...failures, 409: RejectedBody };

  app.post(
    "/api/v1/sessions/:id/clock",
    {
      schema: {
        tags,
        summary: "Step a rehearsal's clock (programs)",
        params: IdParams,
        body: z.object({ to: Instant }),
        response: { 200: Done, ...answers },
      },
    },
    async (request) => {
      const entry = await enterShow(request, request.params.id, context);
      if (!entry.grants.includes("program")) throw denied();
      const { id } = request.params;
      if (!(await directory.stepClock(id, request.body.to))) throw new HttpError(409, "rehearsal.clock");
      return { status: "ok" as const };
    },
  );

  app.get(
    "/api/v1/sessions/:id/rehearsal",
    { schema: { tags, summary: "How the rehearsal goes", params: IdParams, response: { 200: State, ...failures } } },
    async (request) => {
      requireSight(await enterShow(request, request.params.id, context), "host");
      return stateOf(request.params.id);
    },
  );

  app.post(
    "/api/v1/sessions/:id/rehearsal",
    {
      schema: {
        tags,
        summary: "Start the simulated audience, or the clock alone (走流程)",
        params: IdParams,
        body: Plan,
        response: { 200: State, ...answers },
      },
    },
    async (request) => {
      const { id } = request.params;
      const entry = requireDesk(await enterShow(request, id, context));
      const sender = { id: senderId(entry.principal), grants: entry.grants };
      const answer = await rehearsals.begin(id, { ...request.body, pilot: false }, sender);
      if (answer === "rehearsal.tooMany") throw new HttpError(409, answer);
      requireOk(answer);
      return stateOf(id);
    },
  );

  app.patch(
    "/api/v1/sessions/:id/rehearsal",
    {
      schema: {
        tags,
        summary: "Change its speed, pause it, go on",
        params: IdParams,
        body: z.object({ speed: Speed.optional(), paused: z.boolean().optional() }),
        response: { 200: State, ...answers },
      },
    },
    async (request) => {
      const { id } = request.params;
      await send(requireDesk(await enterShow(request, id, context)), "rehearsal.pace", request.body);
      return stateOf(id);
    },
  );

  app.delete(
    "/api/v1/sessions/:id/rehearsal",
    { schema: { tags, summary: "Send the audience home", params: IdParams, response: { 200: Done, ...answers } } },
    async (request) => {
      const { id } = request.params;
      await send(requireDesk(await enterShow(request, id, context)), "rehearsal.stop", {});
      return { status: "ok" as const };
    },
  );

  async function send<T extends CommandType>(entry: Entry, type: T, input: CommandInput<T>): Promise<void> {
    requireOk(await sendCommand({ id: randomUUID(), type, input }, entry, context));
  }

  async function stateOf(id: string): Promise<z.infer<typeof State>> {
    const { run } = await rehearsalIn(id);
    if (!run) return { state: "idle", seed: null, audience: null, progress: null, message: null };
    const { seed, audience, message, showAt, endsAt, speed, online, orders, refused } = run;
    const done = run.state === "done" || run.state === "stopped";
    const progress = { showAt, endsAt, speed, online, orders, refused, done };
    return { state: stateName(run), seed, audience, progress, message };
  }

  async function rehearsalIn(id: string): Promise<Pick<RehearsalState, "run">> {
    const none = { run: null };
    try {
      return await directory.read(id, (state) => rehearsalOf(state) ?? none);
    } catch (error) {
      if (!(error instanceof NotOwnerError)) throw error;
      const shown = valueIn(await directory.snapshot(id, "control"), "rehearsal");
      return shown === undefined ? none : Shown.parse(shown);
    }
  }
}

function stateName({ state, paused }: Pick<Run, "state" | "paused">): z.infer<typeof State>["state"] {
  if (state === "on") return paused ? "paused" : "running";
  return state === "stopped" ? "done" : state;
}

function requireOk(answer: CommandAnswer): void {
  if (answer.status === "ok") return;
  if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
  throw answer.status === "invalid" ? invalid(answer.issues) : rejected(answer.code, answer.data);
}

function requireDesk(entry: Entry): Entry {
  const { grants } = entry;
  if (!grants.some((grant) => grant === "owner" || grant === "manager" || grant === "operator")) throw denied();
  return entry;
}
