import * as z from "zod/mini";

/** A link that shares a show, as `GET /api/v1/sessions/:id/shares` lists it. */
export const ShareLink = z.object({
  id: z.string(),
  what: z.enum(["report", "review"]),
  createdAt: z.number(),
  createdByName: z.nullable(z.string()),
  expiresAt: z.number(),
  lastUsedAt: z.nullable(z.number()),
});
export type ShareLink = z.infer<typeof ShareLink>;
export const ShareLinks = z.object({ shares: z.array(ShareLink) });
/** Its token is told this once. */
export const NewShareLink = z.extend(ShareLink, { path: z.string() });
export const SHARE_DAYS = [1, 7, 30] as const;
