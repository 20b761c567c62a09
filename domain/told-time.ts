import { Instant } from "./units.ts";

/** Times that programs and files tell of what happened (rules TIM1, TIM2 in SPEC.md). */

/** Below this, in September 2001, a time was told in seconds. Taken as milliseconds it would put an order into January 1970, and into no figure. */
const TOLD_FROM = 1_000_000_000_000;
export const ToldAt = Instant.min(TOLD_FROM);

/** Clocks differ by minutes. What is further ahead was told by a wrong clock, or in another zone's time, and would stay the latest for ever. */
const AHEAD_MS = 5 * 60_000;
export const isAhead = (at: Instant, now: Instant): boolean => at > now + AHEAD_MS;
