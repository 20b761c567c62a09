import { z } from "zod";

/**
 * Pieces of WeCom's answers. What we do not need is left out; what may be missing, empty or null is taken as missing; numbers may come as text.
 * Times are seconds there and ms UTC here.
 */
export const Nothing = z.object({}).transform(() => undefined);

export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** An id that may be missing: empty and missing are the same. */
export const MaybeText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : String(text)));

export const Count = z.coerce.number().int();

export const MaybeCount = z.coerce
  .number()
  .int()
  .nullish()
  .transform((count) => count ?? null);

export const Time = z.coerce.number().transform((seconds) => Math.round(seconds * 1_000));

/** 0 and missing: never. */
export const MaybeTime = z.coerce
  .number()
  .nullish()
  .transform((seconds) => (seconds ? Math.round(seconds * 1_000) : null));

export const listOf = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

export const Texts = listOf(z.string());

/** userids and the like, joined by `|`. */
export const Joined = z
  .string()
  .nullish()
  .transform((text) => (text ? text.split("|").filter((part) => part !== "") : []));

export type Uploaded = { readonly mediaId: string; readonly createdAt: number | null };
export const UploadAnswer = z
  .object({ media_id: z.string().min(1), created_at: MaybeTime })
  .transform(({ media_id, created_at }): Uploaded => ({ mediaId: media_id, createdAt: created_at }));
