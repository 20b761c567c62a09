import type { Command, ShowState } from "./engine.ts";
import { reject, type AnyEvent, type Ctx, type Rejection } from "./op.ts";
import { ARM_MS, FIRE_LATE_MS, type ArmState } from "./ops/arm.ts";
import { same } from "./same.ts";

/** Rules ARM1–ARM6: an irreversible act is first armed, and fires once, in time, or not at all. */

/** In place of an irreversible act's own events: arms it. The act itself has been decided already, so a hopeless one is refused at once. */
export function guardIrreversible(state: ShowState, command: Command, ctx: Ctx): readonly AnyEvent[] | Rejection {
  if (armState(state).held) return reject("arm.held");
  for (const act of armState(state).armed.values()) {
    if (act.type === command.type && same(act.input, command.input)) {
      return reject("arm.already", { armId: act.armId, firesAt: act.firesAt });
    }
  }
  return [
    {
      type: "arm.armed.v1",
      data: { armId: ctx.newId(), firesAt: ctx.realNow + ARM_MS, type: command.type, input: command.input },
    },
  ];
}

/** Decides `arm.fire`: the armed act, as its sender, on the state as it is now. */
export function fireArmed(
  state: ShowState,
  command: Command,
  ctx: Ctx,
  decideInner: (command: Command, as: Ctx) => readonly AnyEvent[] | Rejection,
): readonly AnyEvent[] | Rejection {
  const { armId } = command.input as { armId: string };
  const act = armState(state).armed.get(armId);
  if (!act) return reject("arm.gone");
  if (ctx.realNow < act.firesAt) return reject("arm.early", { firesAt: act.firesAt });
  const disarm = (reason: string): AnyEvent[] => [{ type: "arm.disarmed.v1", data: { armId, type: act.type, reason } }];
  if (ctx.realNow > act.firesAt + FIRE_LATE_MS) return disarm("late");
  const decided = decideInner({ id: command.id, type: act.type, input: act.input }, { ...ctx, by: act.by });
  if ("status" in decided) return disarm(decided.code);
  return [{ type: "arm.fired.v1", data: { armId, type: act.type, pressedBy: act.by } }, ...decided];
}

function armState(state: ShowState): ArmState {
  return state.slices["arm"] as ArmState;
}
