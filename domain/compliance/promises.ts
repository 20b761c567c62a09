import type { Finding } from "./finding.ts";
import type { RuleName } from "./rules.ts";
import { lacking, type Subject } from "./texts.ts";

/** What words promise and the show may not have (CMP8): coupons, and prices of the live room. Pure. */

const PROMISES = [
  { rule: "couponNotPlanned", of: "coupons", found: /(?<!入场|门|奖|彩|债|证)券(?!商)|\bcoupons?\b/i },
  {
    rule: "livePriceNotPlanned",
    of: "products",
    found: /(?:直播间?|专享|专属|到手|粉丝|群友|会员)价|直播间?的?(?:专享|专属)(?:价|优惠|机制)|\blive prices?\b/i,
  },
] as const satisfies readonly { rule: RuleName; of: keyof Had; found: RegExp }[];

/** How many of each the show has. */
export type Had = { readonly coupons: number; readonly products: number };

const SAID_MAX = 60;
const known = new WeakMap<object, readonly { readonly of: keyof Had; readonly finding: Finding }[]>();

/** `row`: replaced when its words change. One finding a row and promise: mended in one place, mended in all. */
export function lintPromises(row: object, had: Had, subject: () => Omit<Subject, "h5">): Finding[] {
  let found = known.get(row);
  if (!found) {
    const { texts, ...at } = subject();
    found = PROMISES.flatMap(({ rule, of, found: pattern }) => {
      const said = texts.find(({ text }) => pattern.test(text));
      return said ? [{ of, finding: lacking(rule, at, said.field, said.text.slice(0, SAID_MAX)) }] : [];
    });
    known.set(row, found);
  }
  return found.filter(({ of }) => had[of] === 0).map(({ finding }) => finding);
}
