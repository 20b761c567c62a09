import type { Database } from "#db/client.ts";
import { claimWelcomes, endWelcome, leftWelcomes, type WelcomeRow } from "#db/queries/wecom-callbacks.ts";
import type { Logger } from "../../lib/log.ts";
import { isWecomFailure, WecomError, type WecomFailure } from "../wecom-error.ts";
import type { AppKeys } from "./app-keys.ts";
import type { WecomPeople } from "./people-contract.ts";
import { storedEvent } from "./stored-event.ts";
import type { CallsOf } from "./wecom-calls.ts";

/**
 * Greets new contacts. A welcome code lives 20 s and works once, whichever app is first, so this runs beside all other work: at once in the process that
 * took the event in, and a moment later in the worker for what that one left. Two who try the same do no harm: WeCom lets one of them win. What
 * did not go out is given up with its reason, and nobody is alarmed.
 */
export type Welcomes = {
  /** Those of these callbacks that wait for one. Never rejects: what fails is left to the worker. */
  send(ids: readonly number[]): Promise<void>;
  /** What was taken in and not greeted; resolves with how many. */
  sendLeft(): Promise<number>;
};

export type WelcomeParts = {
  readonly db: Database;
  readonly appKeys: AppKeys;
  readonly people: Pick<WecomPeople, "welcomeFor">;
  readonly callsOf: CallsOf;
  readonly log: Logger;
  readonly now: () => number;
};

/** Longer than one try takes with everything that it repeats. */
const LEASE_MS = 12_000;
/** Until then whoever took it in is given the time to send it. */
const LEFT_AFTER_MS = 2_000;
const LEFT_AT_ONCE = 100;
/** Below this a try would come back too late. */
const TRY_MS_MIN = 300;

type End = { readonly welcome: "sent" | "givenUp"; readonly welcomeReason: string | null };
const givenUp = (welcomeReason: string): End => ({ welcome: "givenUp", welcomeReason });

export function createWelcomes(parts: WelcomeParts): Welcomes {
  const { db, log, now } = parts;
  const sendAll = async (ids: readonly number[]): Promise<void> => {
    const at = now();
    const rows = await claimWelcomes(db, ids, { now: at, leaseUntil: at + LEASE_MS });
    await Promise.all(rows.map(async (row) => endWelcome(db, row.id, await greet(parts, row))));
  };
  return {
    send: (ids) => sendAll(ids).catch((error: unknown) => log.warn({ err: error }, "welcomes are left to the worker")),
    async sendLeft() {
      const at = now();
      const ids = await leftWelcomes(db, { now: at, receivedBefore: at - LEFT_AFTER_MS, limit: LEFT_AT_ONCE });
      if (ids.length > 0) await sendAll(ids);
      return ids.length;
    },
  };
}

async function greet({ appKeys, people, callsOf, log, now }: WelcomeParts, row: WelcomeRow): Promise<End> {
  const event = storedEvent(row.message);
  if (!("welcomeCode" in event) || event.welcomeCode === null) return givenUp("none");
  const leftMs = () => (row.welcomeUntil ?? 0) - now();
  if (leftMs() < TRY_MS_MIN) return givenUp("late");
  const [app, calls] = await Promise.all([appKeys.find(row.appKey), callsOf(row.appKey)]);
  if (!app || !calls) return givenUp("app.unknown");
  const { userId, externalUserId, welcomeCode } = event;
  const state = event.kind === "contact.added" ? event.state : null;
  const welcome = await people.welcomeFor({ corp: app.corpRow, userId, externalUserId, state });
  if (!welcome) return givenUp("none");
  if (leftMs() < TRY_MS_MIN) return givenUp("late");
  try {
    await calls.sendWelcome(welcomeCode, welcome, { deadlineMs: leftMs() });
    return { welcome: "sent", welcomeReason: null };
  } catch (error) {
    if (!isWecomFailure(error)) throw error;
    if (isWorthKnowing(error)) log.warn({ err: error, callback: row.id }, "a welcome was refused");
    return givenUp(reasonOf(error));
  }
}

const reasonOf = (error: WecomFailure): string =>
  error instanceof WecomError ? `wecom.${error.errcode}` : `network.${error.reason}`;

/** Too late, another app was faster, the chat had begun: that is how it goes. */
const isWorthKnowing = (error: WecomFailure): boolean =>
  !(error instanceof WecomError && [41050, 41051, 41096].includes(error.errcode));
