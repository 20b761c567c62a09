import { createHmac, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { oneShotHmac } from "./one-shot-hmac.ts";

const inFull = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();

it("is HMAC-SHA256, for keys of any length up to a block and any text, one after the other", () => {
  for (const keyBytes of [0, 1, 32, 63, 64]) {
    const key = randomBytes(keyBytes);
    const [whole, part] = [oneShotHmac(key), oneShotHmac(key, 12)];
    for (const text of ["直播间".repeat(100), "", "kv.1.s.p.t.k"]) {
      expect(whole.of(text)).toBe(inFull(key, text).toString("base64url"));
      expect(part.of(text)).toBe(inFull(key, text).subarray(0, 12).toString("base64url"));
    }
  }
  expect(() => oneShotHmac(randomBytes(65))).toThrow(RangeError);
  expect(() => oneShotHmac(randomBytes(32), 10)).toThrow(RangeError);
  expect(() => oneShotHmac(randomBytes(32)).of("a".repeat(1_000))).toThrow(RangeError);
});

it("is proved by itself alone: no part of it, none of another text or key, nothing longer or written otherwise", () => {
  const key = randomBytes(32);
  const mac = oneShotHmac(key);
  const said = mac.of("a");
  expect(mac.proves("a", said)).toBe(true);
  const foreign = oneShotHmac(randomBytes(32)).of("a");
  const odd = String.fromCharCode(said.charCodeAt(0) + 256) + said.slice(1);
  // Leaves no room for its last sign, where the right one was a moment ago.
  const wide = `${said.slice(0, -1)}中`;
  for (const given of ["", said.slice(1), `${said}A`, `${said}=`, wide, foreign, mac.of("b"), odd]) {
    expect(mac.proves("a", given)).toBe(false);
  }
});
