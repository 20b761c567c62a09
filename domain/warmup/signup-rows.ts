import type { SignupState } from "./signups.ts";

/** What screens see of sign-ups: counts alone. */

/** Two days of hours fit a value slice. */
const HOURS_SHOWN = 48;

export function crowdRow({ total, standing, rules }: SignupState) {
  return { total, standing, target: rules.target };
}

export function signupsRow(own: SignupState) {
  const { total, standing, cancelled, merged, greeted, watched, rules } = own;
  const byHour = [...own.hours.values()].toSorted((a, b) => a.at - b.at).slice(-HOURS_SHOWN);
  return { total, standing, cancelled, merged, greeted, watched, rules, byHour: byHour.map((row) => ({ ...row })) };
}
