import { expect, test } from "vitest";
import { answered, loadingAgain, nothingLoaded, type LoadedState } from "./loaded-state.ts";
import type { Reply } from "./request.ts";

const ok = (value: string): Reply<string> => ({ ok: true, value });
const away: Reply<string> = { ok: false, failure: { kind: "offline", code: "http.offline" } };

/** Each question asked and answered in turn. */
const after = (...steps: readonly (readonly [key: string, reply: Reply<string>])[]) =>
  steps.reduce<LoadedState<string>>((state, [key, reply]) => answered(loadingAgain(state), key, reply), nothingLoaded);

test("an answer stays while it is asked for again, and when that fails, which is told beside it", () => {
  expect(loadingAgain(after(["week 1", ok("a")]))).toMatchObject({ value: "a", loading: true, failure: null });
  expect(after(["week 1", ok("a")], ["week 1", away])).toMatchObject({ value: "a", failure: { kind: "offline" } });
  expect(after(["week 1", ok("a")], ["week 1", away], ["week 1", ok("b")])).toMatchObject({
    value: "b",
    failure: null,
  });
});

test("what answers one question is not shown for another one that failed", () => {
  expect(after(["week 1", ok("a")], ["week 2", away])).toMatchObject({ value: null, failure: { kind: "offline" } });
  expect(after(["week 1", ok("a")], ["week 2", away], ["week 1", away])).toMatchObject({ value: null });
});
