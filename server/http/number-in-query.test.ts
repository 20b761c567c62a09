import { describe, expect, it } from "vitest";
import { z } from "zod";
import { numberInQuery } from "./number-in-query.ts";

const Query = z.object({
  at: numberInQuery(z.int().min(0)).optional(),
  limit: numberInQuery(z.int().min(1).default(30)),
});

describe("a number in an address", () => {
  it("is told in digits, and left out where it may be", () => {
    expect(Query.parse({ at: "1794398405000", limit: "5" })).toEqual({ at: 1_794_398_405_000, limit: 5 });
    expect(Query.parse({})).toEqual({ limit: 30 });
  });

  it("is refused in any other form, an empty one among them", () => {
    for (const at of ["", " ", "1.5", "-1", "0x10", "1e3", "Infinity", "１２", "12345678901234567890", ["1", "2"]]) {
      expect(Query.safeParse({ at }).error?.issues, String(at)).toMatchObject([{ path: ["at"] }]);
    }
  });

  it("is described as the number that it stands for", () => {
    const { properties } = z.toJSONSchema(Query, { io: "input" });
    expect(properties).toMatchObject({ at: { type: "integer", minimum: 0 }, limit: { default: 30, type: "integer" } });
  });
});
