import { z } from "zod";

/**
 * A whole number in an address, told in digits. Coercion would read `?at=` as 1970 and `?limit=0x10` as 16: an empty variable of a
 * program would be answered with figures of another time instead of being refused. A default belongs inside, where the description finds it.
 */
export const numberInQuery = <T extends z.ZodType>(number: T) =>
  z.preprocess((told) => (typeof told === "string" && /^-?\d{1,16}$/.test(told) ? Number(told) : told), number);
