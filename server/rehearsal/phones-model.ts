import { createChance } from "./chance.ts";

/**
 * What the people of 示例企业 do with their phones. Pure: told what lies there, it says who does what and when, by the show's clock. Most members send
 * within two minutes, some late or when they are reminded, one of four never; some customers who read a push tap its link, a few leave, a few bring friends.
 */

/** Something that a member is asked to do: a 群发 to be sent, a list to be forwarded. */
export type Asked = { readonly key: string; readonly member: string; readonly reminders: number };

/** A push as it came into a chat. */
export type Arrival = {
  /** Code of its task, in its link. */
  readonly via: string;
  readonly url: string;
  readonly chatId: string;
  readonly customerIds: readonly string[];
};
export type CustomerAct = { readonly at: number; readonly chatId: string } & (
  | { readonly kind: "tap"; readonly customerId: string; readonly url: string; readonly via: string }
  /** All groups. */
  | { readonly kind: "leave"; readonly customerId: string }
  /** Somebody new. */
  | { readonly kind: "join" }
);

export type PhonesModel = {
  /** Who does by now what they were asked for; each is told once. */
  done(showAt: number, asked: readonly Asked[]): readonly Asked[];
  arrived(showAt: number, arrival: Arrival): void;
  /** Somebody new came into a group. */
  joined(showAt: number, chatId: string, customerId: string): void;
  /** What customers do up to now, in order. */
  due(showAt: number): readonly CustomerAct[];
};

const HABITS = ["prompt", "late", "prompt", "never"] as const;
type Habit = (typeof HABITS)[number];

const TAPS = 0.2;
const TAP_MS = 90_000;
const LEAVES = 0.006;
/** Of those who came for the show's sake: some had enough once they had what they came for. */
const TAPPED_LEAVES = 0.2;
const NEW_LEAVES = 0.35;
const STAYS_MS = 2 * 60_000;
const JOINS_A_GROUP = 0.35;

export function createPhones(seed: number): PhonesModel {
  const chance = createChance(seed ^ 0x5f_ac_e5);
  const offset = chance.below(HABITS.length);
  const habits = new Map<string, Habit>();
  const plans = new Map<string, { at: number; reminders: number }>();
  const done = new Set<string>();
  let acts: CustomerAct[] = [];

  const habitOf = (member: string): Habit => {
    const known = habits.get(member) ?? HABITS[(habits.size + offset) % HABITS.length] ?? "prompt";
    habits.set(member, known);
    return known;
  };
  const within = (fromMs: number, toMs: number) => fromMs + chance.next() * (toMs - fromMs);
  const afterMs = (habit: Habit): number => {
    if (habit === "never") return Number.POSITIVE_INFINITY;
    return habit === "prompt" ? within(15_000, 120_000) : within(360_000, 720_000);
  };

  const leavesLater = (from: number, chatId: string, customerId: string) =>
    acts.push({ kind: "leave", at: from + STAYS_MS / 2 + chance.wait(STAYS_MS / 2), chatId, customerId });

  return {
    done(showAt, asked) {
      return asked.filter(({ key, member, reminders }) => {
        if (done.has(key)) return false;
        const habit = habitOf(member);
        const plan = plans.get(key) ?? { at: showAt + afterMs(habit), reminders };
        if (reminders > plan.reminders && habit !== "never")
          plan.at = Math.min(plan.at, showAt + within(10_000, 60_000));
        plans.set(key, { at: plan.at, reminders });
        if (plan.at > showAt) return false;
        done.add(key);
        return true;
      });
    },
    arrived(showAt, { via, url, chatId, customerIds }) {
      for (const customerId of customerIds) {
        const at = showAt + chance.wait(TAP_MS);
        if (chance.happens(TAPS)) {
          acts.push({ kind: "tap", at, chatId, customerId, url, via });
          if (chance.happens(TAPPED_LEAVES)) leavesLater(at, chatId, customerId);
        } else if (chance.happens(LEAVES)) acts.push({ kind: "leave", at, chatId, customerId });
      }
      const joins = chance.count(JOINS_A_GROUP);
      for (let n = 0; n < joins; n += 1) acts.push({ kind: "join", at: showAt + chance.wait(2 * TAP_MS), chatId });
    },
    joined(showAt, chatId, customerId) {
      // Not before they have signed up, which real time decides.
      if (chance.happens(NEW_LEAVES)) leavesLater(showAt + 2 * STAYS_MS, chatId, customerId);
    },
    due(showAt) {
      const now = acts.filter(({ at }) => at <= showAt);
      if (now.length > 0) acts = acts.filter(({ at }) => at > showAt);
      return now.toSorted((a, b) => a.at - b.at);
    },
  };
}
