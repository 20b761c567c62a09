import { z } from "zod";

/**
 * Units of the trade. Money is integer fen (1/100 yuan), time is integer milliseconds since 1970 UTC.
 * Both are branded, so that a price can't be added to a time.
 */

/** ¥100,000,000: above every real figure of a show, below what a double holds exactly after adding a million of them. */
const FEN_MAX = 10_000_000_000;
/** The last instant that a four-digit year holds. */
const INSTANT_MAX = 253_402_300_799_999;

export const Fen = z.int().min(-FEN_MAX).max(FEN_MAX).brand<"Fen">();
export type Fen = z.infer<typeof Fen>;

/** A price or an amount that can't be negative. */
export const FenAmount = z.int().min(0).max(FEN_MAX).brand<"Fen">();

export const Instant = z.int().min(0).max(INSTANT_MAX).brand<"Instant">();
export type Instant = z.infer<typeof Instant>;

export const DurationMs = z
  .int()
  .min(0)
  .max(7 * 24 * 3_600_000)
  .brand<"DurationMs">();
export type DurationMs = z.infer<typeof DurationMs>;

export const fen = (value: number): Fen => value as Fen;
export const instant = (value: number): Instant => value as Instant;
export const durationMs = (value: number): DurationMs => value as DurationMs;

/** An id chosen outside: printable ASCII without spaces, so that it is safe in URLs, file names and CSV. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:@~-]{0,79}$/);

/** An id of a platform (shop product, SKU, order, live export id): opaque, may hold `/`, never a number. */
export const PlatformId = z
  .string()
  .min(1)
  .max(160)
  .regex(/^[!-~]+$/);

/** Text that people typed: trimmed, without control characters (PostgreSQL's jsonb refuses NUL), at most `max` characters. */
export const text = (max: number, min = 0) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\p{Cc}]*$|^[\P{Cc}\n\t]*$/u)
    .refine((value) => value.isWellFormed(), { error: "wellFormed" });

/** Where a public picture lies: https, or a path of this server. Never `javascript:` or `data:`. */
export const PictureUrl = z
  .string()
  .max(500)
  .regex(/^(https:\/\/[^\s"'<>]+|\/[^\s"'<>]*)$/);
