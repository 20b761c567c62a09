import type { Where } from "#domain/compliance/finding.ts";

/** Where a finding is mended. `here`: on another of the warm-up's own pages, whose address is its hash. Pure. */
export type FindingPlace = { readonly here: boolean; readonly href: string };

export function findingPlace(sessionId: string, { kind, id }: Pick<Where, "kind" | "id">): FindingPlace {
  const show = `/shows/${encodeURIComponent(sessionId)}`;
  const thing = encodeURIComponent(id);
  switch (kind) {
    case "landing":
      return { here: true, href: `#landing=${thing}` };
    case "cell":
      return { here: true, href: `#waves=${thing}` };
    case "reward":
      return { here: true, href: `#rewards=${thing}` };
    case "method":
      return { here: true, href: `#methods=${thing}` };
    case "push":
      return { here: false, href: `${show}/pushes#plan=${thing}` };
    case "lottery":
      return { here: false, href: `${show}/plan#lotteries` };
    case "coupon":
      return { here: false, href: `${show}/plan#coupons` };
    case "product":
      return { here: false, href: `${show}/plan#products` };
  }
}
