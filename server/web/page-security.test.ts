import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempDir } from "#tests/support/temp-dir.ts";
import { pageSecurity } from "./page-security.ts";

const { dir } = tempDir("security");
for (const router of ["app", "pages"]) mkdirSync(path.join(dir, ".next", "server", router), { recursive: true });
const { withNonce, prerendered } = pageSecurity({ projectDir: dir, dev: false, publicUrl: "https://kaibo.example" });
const connects = (policy: string) => /connect-src ([^;]*)/.exec(policy)?.[1];

test("only the review's own document, and that of a link, may read playlists from elsewhere", () => {
  const own = "'self' wss://kaibo.example";
  for (const url of ["/shows/s_1/review?at=1", "/r/token"]) {
    expect(connects(withNonce("n", url)), url).toBe(`${own} https:`);
  }
  for (const url of [
    "/shows/s_1/control",
    "/shows/s_1/review/x",
    "/shows?next=/shows/s_1/review",
    "/settings",
    "/r/token/x",
    "",
  ]) {
    expect(connects(withNonce("n", url)), url).toBe(own);
  }
  expect(connects(prerendered)).toBe(own);
});

test("no policy lets scripts in from elsewhere or evaluates text", () => {
  for (const policy of [withNonce("n", "/shows/s_1/review"), prerendered]) {
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/https:|unsafe/);
  }
});

test("nobody else frames a page, and we frame only that of the viewers", () => {
  const framers = (policy: string) => /frame-ancestors ([^;]*)/.exec(policy)?.[1];
  expect(framers(withNonce("n", "/shows/s_1/control"))).toBe("'none'");
  expect(framers(prerendered)).toBe("'self'");
});
