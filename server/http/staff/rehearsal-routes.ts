import { z } from "zod";
import { Instant } from "#domain/units.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance, type Entry } from "../context.ts";
import { denied, HttpError } from "../failures.ts";
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
const State = z.object({
  state: z.enum(["idle", "running", "paused", "done", "failed"]),
  seed: z.int().nullable(),
  audience: z.boolean().nullable(),
  progress: z
    .object({
      showAt: At,
      endsAt: At,
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
      requireDesk(await enterShow(request, id, context));
      const isRehearsal = await directory.snapshot(id, "control").then(({ slices }) => {
        const slice = slices["session"];
        return slice?.kind === "value" && z.object({ rehearsal: z.literal(true) }).safeParse(slice.value).success;
      });
      if (!isRehearsal) throw new HttpError(409, "rehearsal.realShow");
      const refused = rehearsals.start({ ...request.body, sessionId: id, pilot: false });
      if (refused) throw new HttpError(409, refused);
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
      requireDesk(await enterShow(request, id, context));
      const { speed, paused } = request.body;
      const done = [
        speed === undefined || rehearsals.order(id, { kind: "speed", speed }),
        paused === undefined || rehearsals.order(id, { kind: "pause", paused }),
      ];
      if (done.includes(false)) throw new HttpError(409, "rehearsal.notRunning");
      return stateOf(id);
    },
  );

  app.delete(
    "/api/v1/sessions/:id/rehearsal",
    { schema: { tags, summary: "Send the audience home", params: IdParams, response: { 200: Done, ...answers } } },
    async (request) => {
      const { id } = request.params;
      requireDesk(await enterShow(request, id, context));
      if (!rehearsals.order(id, { kind: "stop" })) throw new HttpError(409, "rehearsal.notRunning");
      return { status: "ok" as const };
    },
  );

  function stateOf(id: string): z.infer<typeof State> {
    const running = rehearsals.stateOf(id);
    if (!running) return { state: "idle", seed: null, audience: null, progress: null, message: null };
    const { state, seed, audience, progress, message } = running;
    return { state, seed, audience, progress, message };
  }
}

function requireDesk({ grants }: Entry): void {
  if (!grants.some((grant) => grant === "owner" || grant === "manager" || grant === "operator")) throw denied();
}
