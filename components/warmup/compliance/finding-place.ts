import type { Where } from "#domain/compliance/finding.ts";

/** Where a finding is mended: a page of the show with what is open on it. Pure. */
export function findingHref(sessionId: string, { kind, id }: Pick<Where, "kind" | "id">): string {
  const show = `/shows/${encodeURIComponent(sessionId)}`;
  const thing = encodeURIComponent(id);
  switch (kind) {
    case "landing":
      return `${show}/warmup#landing=${thing}`;
    case "cell":
      return `${show}/warmup#waves=${thing}`;
    case "reward":
      return `${show}/warmup#rewards=${thing}`;
    case "method":
      return `${show}/warmup#methods=${thing}`;
    case "push":
      return `${show}/pushes#plan=${thing}`;
    case "lottery":
      return `${show}/plan#lotteries`;
    case "coupon":
      return `${show}/plan#coupons`;
    case "product":
      return `${show}/plan#products`;
  }
}
