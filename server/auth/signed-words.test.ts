import { expect, test } from "vitest";
import { createLocalTokens } from "./local-token.ts";
import { createRehearsalTokens } from "./rehearsal-token.ts";

const SECRET = "s".repeat(40);
const NOW = 1_800_000_000_000;

test("a rehearsal's token names its show until it ends", () => {
  const tokens = createRehearsalTokens(SECRET);
  const token = tokens.sign("s_1.with.dots", NOW);
  expect(tokens.read(token, NOW)).toMatchObject({ sessionId: "s_1.with.dots" });
  expect(tokens.read(token, NOW + 25 * 3_600_000)).toBeUndefined();
});

test("what is changed, signed with another secret or meant for another purpose is nothing", () => {
  const tokens = createRehearsalTokens(SECRET);
  const token = tokens.sign("s_1", NOW);
  const [prefix, , expiry, signature] = token.split(".");
  const other = Buffer.from("s_2").toString("base64url");
  expect(tokens.read([prefix, other, expiry, signature].join("."), NOW)).toBeUndefined();
  expect(tokens.read(createRehearsalTokens("t".repeat(40)).sign("s_1", NOW), NOW)).toBeUndefined();
  expect(createLocalTokens(SECRET).read(token, NOW)).toBeUndefined();
  expect(createLocalTokens(SECRET).read(token.replace(/^kr/, "kl"), NOW)).toBeUndefined();
  for (const broken of ["", "kr", "kr.", "kr..", `${token}x`, token.slice(0, -1)]) {
    expect(tokens.read(broken, NOW)).toBeUndefined();
  }
  expect(createLocalTokens(SECRET).read(createLocalTokens(SECRET).sign(NOW), NOW)).toBeGreaterThan(NOW);
});
