import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { Id, Instant } from "../units.ts";

/** How long an armed act waits, in real time, before it goes out (ARM1). */
export const ARM_MS = 3_000;
/** How late the writer may come to fire; later it disarms (ARM4). */
export const FIRE_LATE_MS = 1_500;

const Armed = z.object({
  armId: Id,
  /** Real time, also in a rehearsal. */
  firesAt: Instant,
  type: z.string(),
  input: z.unknown(),
});

export type ArmedAct = z.infer<typeof Armed> & { readonly by: string };
export type ArmState = { readonly armed: ReadonlyMap<string, ArmedAct>; readonly held: boolean };

/** Rules ARM1–ARM6 in SPEC.md: what Kaibo itself sends or draws waits 3 s, and one key stops it. */
export const arm = defineOp({
  name: "arm",
  initial: (): ArmState => ({ armed: new Map(), held: false }),
  events: {
    "arm.armed.v1": Armed,
    /** What follows from it is written by the writer's own hand: `pressedBy` is who did it. */
    "arm.fired.v1": z.object({ armId: Id, type: z.string(), pressedBy: z.string() }),
    "arm.stopped.v1": z.object({ armId: Id, type: z.string() }),
    /** It did not go out: `reason` is `late`, `held`, or the code with which the act was refused when it was due. */
    "arm.disarmed.v1": z.object({ armId: Id, type: z.string(), reason: z.string() }),
    "arm.held.v1": z.object({ stopped: z.int() }),
    "arm.released.v1": z.object({}),
  },
  commands: {
    stop: {
      by: ["owner", "manager", "operator", "floor", "community"],
      risk: "compensable",
      input: z.object({ armId: Id }),
      decide(see, { armId }) {
        const act = see.own.armed.get(armId);
        if (!act) return reject("arm.gone");
        return [{ type: "arm.stopped.v1", data: { armId, type: act.type } }];
      },
    },
    holdAll: {
      by: ["owner", "manager", "operator", "floor", "community"],
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        const acts = [...see.own.armed.values()];
        return [
          ...acts.map(({ armId, type }) => ({
            type: "arm.disarmed.v1" as const,
            data: { armId, type, reason: "held" },
          })),
          ...(see.own.held ? [] : [{ type: "arm.held.v1" as const, data: { stopped: acts.length } }]),
        ];
      },
      result: (events) => ({ stopped: events.filter((event) => event.type === "arm.disarmed.v1").length }),
    },
    release: {
      by: ["owner", "manager", "operator"],
      risk: "compensable",
      input: z.object({}),
      decide: (see) => (see.own.held ? [{ type: "arm.released.v1", data: {} }] : []),
    },
    /** Sent by the writer itself when an act falls due; the engine decides it (`arming.ts`). */
    fire: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ armId: Id }),
      decide: () => reject("arm.gone"),
    },
  },
  apply: {
    "arm.armed.v1": (own, act, { by }) => ({ ...own, armed: new Map(own.armed).set(act.armId, { ...act, by }) }),
    "arm.fired.v1": (own, { armId }) => without(own, armId),
    "arm.stopped.v1": (own, { armId }) => without(own, armId),
    "arm.disarmed.v1": (own, { armId }) => without(own, armId),
    "arm.held.v1": (own) => ({ ...own, held: true }),
    "arm.released.v1": (own) => ({ ...own, held: false }),
  },
  slices: {
    armed: {
      kind: "keyed",
      rows: (see) => see.own.armed,
      show: {
        control: shownArmed,
        review: shownArmed,
      },
    },
    hold: {
      kind: "value",
      show: { control: (see) => ({ held: see.own.held }), review: (see) => ({ held: see.own.held }) },
    },
  },
  due: (own) =>
    [...own.armed.values()].map(({ armId, firesAt }) => ({
      at: firesAt,
      clock: "real" as const,
      id: `fire:${armId}`,
      type: "arm.fire",
      input: { armId },
    })),
});

/** `input` says what it is about, so that people know what they stop. */
function shownArmed({ armId, firesAt, type, by, input }: ArmedAct) {
  return { armId, firesAt, type, by, input: z.json().parse(input) };
}

function without(own: ArmState, armId: string): ArmState {
  const armed = new Map(own.armed);
  armed.delete(armId);
  return { ...own, armed };
}
