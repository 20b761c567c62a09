import { expect, test } from "vitest";
import { freshened, type Show, type ShowPage } from "./show-list.ts";

const show = (id: string, phase: Show["phase"] = "planned"): Show => ({
  id,
  roomId: "room",
  title: `示例 ${id}`,
  phase,
  rehearsal: false,
  plannedStartAt: 0,
  plannedEndAt: 1,
  startedAt: null,
  endedAt: null,
  paidFen: null,
  orders: null,
});
const page = (sessions: readonly Show[], cursor: string | null): ShowPage => ({ sessions: [...sessions], cursor });
const names = ({ sessions, cursor }: ShowPage) => [sessions.map(({ id, phase }) => `${id} ${phase}`), cursor];

test("a list of one page is the newer one, whatever came or went", () => {
  const shown = page([show("a"), show("b")], null);
  expect(freshened(shown, page([show("b", "live")], null))).toEqual(page([show("b", "live")], null));
  expect(names(freshened(page([show("a")], "1"), page([show("c"), show("a")], "2")))).toEqual([
    ["c planned", "a planned"],
    "2",
  ]);
});

test("further pages stay behind a newer first one, nothing twice, and go on where they were", () => {
  const shown = page([show("a"), show("b"), show("c"), show("d")], "after d");
  const first = page([show("new", "warmup"), show("a", "live")], "after a");
  expect(names(freshened(shown, first))).toEqual([
    ["new warmup", "a live", "b planned", "c planned", "d planned"],
    "after d",
  ]);
});
