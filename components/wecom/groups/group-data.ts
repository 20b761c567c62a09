import * as z from "zod/mini";
import { request, type Reply } from "../../http/request.ts";

export const PURPOSES = ["live", "flash", "content", "benefit"] as const;
export type Purpose = (typeof PURPOSES)[number];

const groupShape = {
  id: z.string(),
  corpId: z.string(),
  /** "": nobody named it. */
  name: z.string(),
  ownerId: z.nullable(z.string()),
  ownerName: z.nullable(z.string()),
  purpose: z.nullable(z.enum(PURPOSES)),
  tags: z.array(z.string()),
  /** Null: never read. */
  size: z.nullable(z.number()),
  customers: z.nullable(z.number()),
  createdAt: z.nullable(z.number()),
  readAt: z.nullable(z.number()),
  /** Something changed that no reading has shown yet. */
  changing: z.boolean(),
  readFailure: z.nullable(z.string()),
  dismissedAt: z.nullable(z.number()),
};

export const Group = z.object({ ...groupShape, week: z.object({ joins: z.number(), leaves: z.number() }) });
export type Group = z.infer<typeof Group>;

const GroupPage = z.object({
  groups: z.array(Group),
  total: z.object({ groups: z.number(), people: z.number() }),
  cursor: z.nullable(z.string()),
});
export type GroupPage = z.infer<typeof GroupPage>;

export type GroupFilter = {
  readonly corp: string;
  readonly q: string;
  readonly owner: string;
  /** "none": not sorted yet. */
  readonly purpose: Purpose | "none" | "";
  readonly tag: string;
  readonly size: keyof typeof SIZES | "";
  readonly dismissed: boolean;
};

/** People in a group, from and to; a group of WeCom holds 500 at most. */
export const SIZES = {
  small: [0, 49],
  middle: [50, 199],
  large: [200, 449],
  full: [450, 10_000],
} as const;

export const noFilter = (corp: string): GroupFilter => ({
  corp,
  q: "",
  owner: "",
  purpose: "",
  tag: "",
  size: "",
  dismissed: false,
});

export const SIZE_NAMES = ["small", "middle", "large", "full"] as const satisfies readonly (keyof typeof SIZES)[];

export const isFiltered = ({ q, owner, purpose, tag, size, dismissed }: GroupFilter): boolean =>
  [q, owner, purpose, tag, size].some((wish) => wish !== "") || dismissed;

export const PAGE_LIMIT = 200;

export function loadGroups(
  filter: GroupFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Reply<GroupPage>> {
  const { corp, q, owner, purpose, tag, size, dismissed } = filter;
  const wishes = new URLSearchParams({ corp, limit: String(PAGE_LIMIT) });
  for (const [name, value] of Object.entries({ q: q.trim(), owner, purpose, tag }))
    if (value !== "") wishes.set(name, value);
  if (size !== "") {
    const [min, max] = SIZES[size];
    wishes.set("sizeMin", String(min));
    wishes.set("sizeMax", String(max));
  }
  if (dismissed) wishes.set("dismissed", "true");
  if (cursor !== null) wishes.set("cursor", cursor);
  return request(`/api/v1/wecom/groups?${wishes}`, { shape: GroupPage, ...(signal ? { signal } : {}) });
}

const Word = z.object({ word: z.nullable(z.string()), name: z.nullable(z.string()), groups: z.number() });
export const GroupWords = z.object({ owners: z.array(Word), purposes: z.array(Word), tags: z.array(Word) });
export type GroupWords = z.infer<typeof GroupWords>;

export const SCENES = ["invited", "link", "code", "other"] as const;

export const GrowthDay = z.object({ day: z.string(), joins: z.number(), leaves: z.number() });
export type GrowthDay = z.infer<typeof GrowthDay>;

const Source = z.object({
  scene: z.enum(SCENES),
  codeId: z.nullable(z.string()),
  invitorId: z.nullable(z.string()),
  name: z.nullable(z.string()),
  joins: z.number(),
  still: z.number(),
});
export type Source = z.infer<typeof Source>;

export const GroupDetail = z.object({
  ...groupShape,
  growth: z.object({ knownSince: z.number(), days: z.array(GrowthDay), sources: z.array(Source) }),
});
export type GroupDetail = z.infer<typeof GroupDetail>;

const Person = z.object({
  who: z.string(),
  name: z.nullable(z.string()),
  customer: z.boolean(),
  joinedAt: z.number(),
  scene: z.enum(SCENES),
  invitorName: z.nullable(z.string()),
  codeName: z.nullable(z.string()),
  leftAt: z.nullable(z.number()),
});
export type Person = z.infer<typeof Person>;
export const People = z.object({ members: z.array(Person), cursor: z.nullable(z.string()) });
export type People = z.infer<typeof People>;
