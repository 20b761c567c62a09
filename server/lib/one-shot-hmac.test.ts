import { createHmac, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { oneShotHmac } from "./one-shot-hmac.ts";

it("is HMAC-SHA256, for keys of any length up to a block and any text", () => {
  for (const keyBytes of [0, 1, 32, 63, 64]) {
    const key = randomBytes(keyBytes);
    const hmac = oneShotHmac(key);
    for (const text of ["", "kv.1.s.p.t.k", "直播间".repeat(100)]) {
      expect(hmac(text)).toEqual(createHmac("sha256", key).update(text).digest());
    }
  }
  expect(() => oneShotHmac(randomBytes(65))).toThrow(RangeError);
});
