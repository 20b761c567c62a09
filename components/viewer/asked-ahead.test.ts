import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { ASK_AHEAD } from "./ask-ahead.ts";
import { getShow } from "./viewer-api.ts";

afterEach(() => vi.unstubAllGlobals());

const show = {
  showNow: 5,
  slices: {
    session: {},
    signups: {},
    products: [],
    coupons: [],
    lotteries: [],
    landingPublished: [],
    landingPage: [],
    rewardSteps: [],
  },
};
const answered = () => Promise.resolve(new Response(JSON.stringify(show), { headers: { etag: '"1"' } }));

/** A phone that opens `pathname`: its page's head has run, its scripts have just come. */
function openedAt(pathname: string, { head, framed = false }: { head: () => Promise<Response>; framed?: boolean }) {
  const asked: string[] = [];
  const page: Record<string, unknown> = {
    location: { pathname },
    navigator: { userAgent: "MicroMessenger" },
    Date,
    fetch: (path: string) => {
      asked.push(path);
      return head();
    },
  };
  page["self"] = page;
  page["top"] = framed ? {} : page;
  runInNewContext(ASK_AHEAD, page);
  vi.stubGlobal("window", page);
  vi.stubGlobal("navigator", page["navigator"]);
  const later = vi.fn(answered);
  vi.stubGlobal("fetch", later);
  return { asked, later };
}

test("the show is asked for before the scripts are there, and once", async () => {
  const { asked, later } = openedAt("/v/s_8feFw17M6A", { head: answered });
  expect(asked).toEqual(["/api/v1/viewer/sessions/s_8feFw17M6A"]);
  const first = await getShow("s_8feFw17M6A", null);
  expect(first.ok && first.value.show?.showNow).toBe(5);
  expect(later).not.toHaveBeenCalled();
  // What is asked next is newer.
  await getShow("s_8feFw17M6A", '"1"');
  expect(later).toHaveBeenCalledOnce();
});

test("when it was asked and answered is told as it was, however late the scripts came", async () => {
  vi.useFakeTimers({ now: 1_000, toFake: ["Date"] });
  openedAt("/v/s_1", { head: answered });
  await Promise.resolve();
  vi.setSystemTime(9_000);
  const first = await getShow("s_1", null);
  expect(first.ok && [first.value.sentAt, first.value.receivedAt]).toEqual([1_000, 1_000]);
  vi.useRealTimers();
});

test("what came to nothing is asked again at once", async () => {
  const { later } = openedAt("/v/s_1", { head: () => Promise.reject(new TypeError("offline")) });
  const first = await getShow("s_1", null);
  expect(first.ok).toBe(true);
  expect(later).toHaveBeenCalledOnce();
});

test("an answer that never comes is not waited for longer than any other", async () => {
  openedAt("/v/s_1", { head: () => new Promise(() => undefined) });
  vi.useFakeTimers();
  const first = getShow("s_1", null);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(await first).toMatchObject({ ok: false, failure: { kind: "lost" } });
  vi.useRealTimers();
});

test("nothing is asked ahead where the page is shown in the team's editor, nor where there is no show", () => {
  expect(openedAt("/v/s_1", { head: answered, framed: true }).asked).toEqual([]);
  expect(openedAt("/v/", { head: answered }).asked).toEqual([]);
});
