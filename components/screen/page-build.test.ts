import { expect, test } from "vitest";
import { isNewer, scriptsIn } from "./page-build.ts";

const page = (...names: string[]) =>
  names.map((name) => `<script src="/_next/static/chunks/${name}.js" async=""></script>`).join("");

test("a page of the same build names what was loaded, one of a newer build something else", () => {
  const loaded = scriptsIn(page("a1", "b2"));
  expect(isNewer(scriptsIn(page("b2", "a1")), loaded)).toBe(false);
  expect(isNewer(scriptsIn(page("a1", "b3")), loaded)).toBe(true);
});

test("a page that is still starting, or one that was not understood, is no newer build", () => {
  expect(isNewer(scriptsIn("<p>页面正在启动</p>"), scriptsIn(page("a1")))).toBe(false);
  expect(isNewer(scriptsIn(page("a1")), new Set())).toBe(false);
});
