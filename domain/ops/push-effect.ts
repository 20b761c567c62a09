import {
  addSums,
  attribution,
  count,
  emptyEffects,
  enterTasks,
  foldComing,
  foldOrder,
  openEffect,
  sumOf,
  type PushEffect,
  type PushEffects,
} from "../metrics/push-effect.ts";
import { defineOp } from "../op.ts";
import { coupon } from "./coupon.ts";
import { lottery } from "./lottery.ts";
import { order } from "./order.ts";
import { push } from "./push.ts";
import { signup } from "./signup.ts";

/** Rules ATT1–ATT6 in SPEC.md: what pushes brought. It asks for nothing: it folds what others report. */
export const pushEffect = defineOp({
  name: "pushEffect",
  reads: { push, signup, coupon, lottery, order },
  initial: emptyEffects,
  events: {},
  commands: {},
  apply: {},
  on: {
    "push.resolved.v1": (own, { pushId, tasks }) => {
      enterTasks(
        own,
        pushId,
        tasks.map(({ taskId }) => taskId),
      );
      return own;
    },
    "push.retried.v1": (own, { pushId, newTaskId }) => {
      own.taskPush.set(newTaskId, pushId);
      return own;
    },
    "push.handedOver.v1": (own, { pushId }) => {
      openEffect(own, pushId);
      return own;
    },
    "push.opened.v1": (own, { opens }) => {
      for (const { pushId, count: opened } of opens) count(own, pushId, { opens: opened });
      return own;
    },
    "signup.recorded.v1": (own, came, { at }) => {
      const pushId = foldComing(own, came, at);
      if (pushId !== undefined) count(own, pushId, { signups: 1 });
      return own;
    },
    "coupon.claimed.v1": (own, claim, { at }) => {
      const pushId = foldComing(own, claim, at);
      if (pushId !== undefined) {
        own.codePush.set(claim.code, pushId);
        count(own, pushId, { claims: 1 });
      }
      return withTotal(own, { claims: own.total.claims + 1 });
    },
    "coupon.claimVoided.v1": (own, { code }) => {
      const pushId = own.codePush.get(code);
      if (pushId !== undefined) {
        own.codePush.delete(code);
        count(own, pushId, { claims: -1 });
      }
      return withTotal(own, { claims: own.total.claims - 1 });
    },
    "lottery.entered.v1": (own, entry, { at }) => {
      const pushId = foldComing(own, entry, at);
      if (pushId !== undefined) count(own, pushId, { entries: 1 });
      return withTotal(own, { entries: own.total.entries + 1 });
    },
    "order.recorded.v1": (own, told, { at }) => {
      foldOrder(own, told, at);
      return withTotal(own, addSums(own.total, sumOf(told.postings)));
    },
  },
  slices: {
    pushEffect: {
      kind: "keyed",
      rows: ({ own }) => own.effects,
      show: { control: effectRow, review: effectRow },
    },
    pushAttribution: {
      kind: "value",
      show: { control: ({ own }) => attribution(own), review: ({ own }) => attribution(own) },
    },
  },
});

const withTotal = (own: PushEffects, more: Partial<PushEffects["total"]>): PushEffects => ({
  ...own,
  total: { ...own.total, ...more },
});

/** Sign-ups come with the sign-up page; until then nobody can say. */
function effectRow(effect: PushEffect) {
  return { ...effect };
}
export type PushEffectRow = ReturnType<typeof effectRow>;
