import { z } from "zod";

const ms = z.int().min(0).max(86_400_000);
const share = z.number().min(0).max(1);

/** What the document leaves open, or what a tester wants to go wrong. Section numbers are those of the facts this stand-in was written from. */
export const Switches = z.object({
  /** §9.3: what a customer or group may receive. */
  quotaRule: z.enum(["monthDays", "weekly7", "daily1"]).default("monthDays"),
  /** §9: list, task and result answer 41063 for so long after a task was made. */
  dispatchMs: ms.default(20_000),
  /** §9: whether the list refuses (41063), leaves young tasks out, or shows them. */
  listWhileDispatching: z.enum(["refuse", "omit", "show"]).default("refuse"),
  /** §9: the official sample says 1 where its table says 2. */
  taskSentStatus: z.union([z.literal(1), z.literal(2)]).default(2),
  /** §8: groupchat/get shows a change so much later than the callback tells of it. */
  detailLagMs: ms.default(3_000),
  /** §8 [GK]: 200, or up to 500. */
  groupSizeMax: z.int().min(2).max(2_000).default(200),
  /** §8: the official sample answers 3 for a code made with scene 2. */
  joinWaySceneAnswer: z.enum(["asGiven", "sample"]).default("asGiven"),
  /** §5: which kind of minute the 20 messages of a robot are counted in is not documented. */
  robotWindow: z.enum(["sliding", "fixed"]).default("sliding"),
  /** §3: after 45009 blocked for the time of the rule. Off: refused only while the window is full. */
  blockAfterLimit: z.boolean().default(true),
  /** §3: other maxima by rule, to meet a limit without ten thousand calls. Names: see docs. */
  limits: z.record(z.string(), z.int().min(0)).default({}),
  /** §3: a call holds its object for so long, and another on the same object meanwhile gets 45033. 0: off. */
  objectHoldMs: ms.default(0),
  /** §11: tag edits on one customer meanwhile get 45035. */
  tagHoldMs: ms.default(20),
  /** §10: another app's welcome meanwhile gets 41096. */
  welcomeHoldMs: ms.default(50),
  /** §2: so many wrong secrets from one address block it for an hour. 0: never; not from official text. */
  wrongSecretsMax: z.int().min(0).default(0),
  /** §11: contact ways and join ways together. */
  codesMax: z.int().min(0).default(500_000),
  tokenTtlMs: z.int().min(1_000).max(7_200_000).default(7_200_000),
  callbacks: z
    .object({
      /** Off: events are lost. */
      on: z.boolean().default(true),
      form: z.enum(["internal", "suite"]).default("internal"),
      childOrder: z.enum(["documented", "shuffled"]).default("documented"),
      emptyAgentId: z.boolean().default(false),
      cdata: z.boolean().default(true),
      /** Deliveries of each event that the receiver accepted. */
      copies: z.int().min(1).max(3).default(1),
      /** Each delivery waits up to so much longer, so that events overtake one another. */
      disorderMs: ms.default(0),
      delayMs: ms.default(0),
      lossShare: share.default(0),
      timeoutMs: z.int().min(50).max(60_000).default(5_000),
      tries: z.int().min(1).max(10).default(3),
      retryDelayMs: ms.default(1_000),
      /** §14: items, an older comma list, or nothing at all. */
      memChangeList: z.enum(["items", "commaList", "absent"]).default("items"),
      /** §14: 3 for a code in the event; the official sample carries 1. */
      joinScene: z.enum(["documented", "always1"]).default("documented"),
    })
    .prefault({}),
});
export type Switches = z.infer<typeof Switches>;

/** A partial change; what is not named stays. */
export const SwitchChange = z.record(z.string(), z.unknown());

export function changedSwitches(now: Switches, change: Record<string, unknown>): Switches | z.ZodError {
  const callbacks = z.record(z.string(), z.unknown()).safeParse(change["callbacks"] ?? {});
  if (!callbacks.success) return callbacks.error;
  const merged = { ...now, ...change, callbacks: { ...now.callbacks, ...callbacks.data } };
  const parsed = Switches.strict().safeParse(merged);
  return parsed.success ? parsed.data : parsed.error;
}
