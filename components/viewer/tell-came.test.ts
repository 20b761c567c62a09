import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendPress } from "./viewer-acts.ts";
import { tellCame } from "./tell-came.ts";
import { openVisitorMemory } from "./visitor-memory.ts";

const memoryOf = (token: string | null) => {
  let key = 0;
  const memory = openVisitorMemory("s_1", null, () => `key${(key += 1)}`);
  memory.keepToken(token);
  return memory;
};

let sent: string[] = [];
/** What the server says to a path that ends so; else it is done. */
let answers: Record<string, () => Response | Promise<Response>> = {};
let visitors = 0;

beforeEach(() => {
  sent = [];
  answers = {};
  const kept = new Map<string, string>();
  vi.stubGlobal("window", {
    location: { search: "?i=0ABCD" },
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    },
  });
  vi.stubGlobal("fetch", (path: string) => {
    const act = path.replace("/api/v1/viewer/sessions/s_1/", "");
    sent.push(act);
    const done = act === "visitor" ? { token: `visitor${(visitors += 1)}` } : { result: {} };
    return Promise.resolve(answers[act]?.() ?? Response.json(done));
  });
});
afterEach(() => vi.unstubAllGlobals());

const signUp = (memory: ReturnType<typeof memoryOf>) =>
  sendPress(
    { sessionId: "s_1", memory, mayBecome: true, refresh: () => Promise.resolve() },
    { kind: "signUp", id: "signup", remindBy: [] },
  );

test("whoever signs up before it was told by whose link they came tells that first, as the same person", async () => {
  const memory = memoryOf(null);
  expect(await signUp(memory)).toBeNull();
  expect(sent).toEqual(["visitor", "touch", "signup"]);
});

test("what was told when the page opened is not told again", async () => {
  const memory = memoryOf("known");
  await tellCame("s_1", memory);
  expect(await signUp(memory)).toBeNull();
  expect(sent).toEqual(["touch", "signup"]);
});

test("a telling that got no answer is no sign-up that nobody brought: the press can be made again", async () => {
  const memory = memoryOf("lost");
  answers = { touch: () => Promise.reject(new TypeError("offline")) };
  expect(await signUp(memory)).toMatchObject({ kind: "lost" });
  expect(sent).toEqual(["touch"]);
  answers = {};
  expect(await signUp(memory)).toBeNull();
  expect(sent).toEqual(["touch", "touch", "signup"]);
});

test("a link that is no good keeps nobody from signing up", async () => {
  answers = { touch: () => Response.json({ code: "input.invalid" }, { status: 400 }) };
  expect(await signUp(memoryOf("odd"))).toBeNull();
  expect(sent).toEqual(["touch", "signup"]);
});
