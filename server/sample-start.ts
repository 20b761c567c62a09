import { dayNumberOf, startOfDay } from "#domain/shanghai-day.ts";
import { newId } from "./auth/ids.ts";
import type { FirstAccount } from "./first-start.ts";
import type { Logger } from "./lib/log.ts";
import type { Say } from "./lib/progress.ts";
import type { Directory } from "./live/directory-contract.ts";
import { rehearsalOf, type Rehearsals } from "./rehearsal/rehearsals.ts";
import { planSamplePushes, planSampleShow } from "./rehearsal/sample-show.ts";
import type { StandInPeople } from "./rehearsal/stand-in-people.ts";

/**
 * What the first start leaves behind, so that every screen has something true to show: one short rehearsal, played by Kaibo itself at sixty times
 * the speed, and one show planned for tomorrow evening. Both are plainly samples. It runs beside the server that is already there for its people.
 */

const MINUTES = 12;
/** Before its start the first push of the sample rehearsal goes out. */
const BEFORE_MS = 5 * 60_000;
/** A house whose rehearsals' WeCom is not there by then gets its sample without pushes. */
const PEOPLE_MS_MAX = 8_000;
const SPEED = 60;
/** 20:00 */
const EVENING_MS = 20 * 3_600_000;

export type SampleParts = {
  readonly directory: Directory;
  readonly rehearsals: Rehearsals;
  readonly standInPeople: Pick<StandInPeople, "knownWithin">;
  readonly account: FirstAccount;
  /** Puts a show on the list. */
  readonly list: (sessionId: string) => void;
  readonly now: number;
  readonly say: Say;
  readonly log: Logger;
};

export async function playSamples(parts: SampleParts): Promise<void> {
  const { directory, rehearsals, standInPeople, account, now, say, log } = parts;
  const by = `staff:${account.personId}`;
  const { roomId } = account;
  try {
    const planned = newId("s");
    const tomorrow = startOfDay(dayNumberOf(now) + 1) + EVENING_MS;
    await planSampleShow(directory, {
      sessionId: planned,
      roomId,
      title: "示例 · 秋冬上新 第 12 场",
      rehearsal: false,
      startAt: tomorrow,
      minutes: 240,
      by,
    });
    parts.list(planned);

    const played = newId("s");
    await planSampleShow(directory, {
      sessionId: played,
      roomId,
      title: "示例彩排 · 秋冬上新",
      rehearsal: true,
      startAt: Date.now() + BEFORE_MS,
      minutes: MINUTES,
      by,
    });
    parts.list(played);
    // Of the rehearsal alone: no company is connected yet, so there is nobody whom a push of a true show could be meant for.
    const hasPeople = await standInPeople.knownWithin(PEOPLE_MS_MAX).catch(() => false);
    if (hasPeople) await planSamplePushes(directory, { sessionId: played, by });
    say(
      "正在走一遍示例彩排,约 15 秒,直播间里可以看 · a sample rehearsal plays for about 15 s, watch it in the control room",
    );
    const wish = { seed: 7, minutes: MINUTES + 1, speed: SPEED, audience: true, pilot: true };
    await rehearsals.begin(played, wish, { id: by, grants: ["owner"] });
    await rehearsals.ended(played);
    parts.list(played);
    const end = await directory.read(played, (state) => rehearsalOf(state)?.run?.state).catch(() => undefined);
    if (end === "done") say("示例彩排完成 ✓ the sample rehearsal is over");
  } catch (error) {
    // A house without samples is still a house.
    log.error({ err: error }, "the samples could not be made");
  }
}
