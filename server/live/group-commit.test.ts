import { expect, it } from "vitest";
import type { NewRow } from "#db/event-store-contract.ts";
import { createMemoryEventStore } from "#db/memory-event-store.ts";
import { instant } from "#domain/units.ts";
import { commit } from "./group-commit.ts";

function row(drawn: string): NewRow {
  const data = { drawn };
  const by = { by: "person:p1", commandId: "c1", commandHash: "h" };
  return { seq: 1, at: instant(1), type: "drawn.v1", ...by, data, json: JSON.stringify(data) };
}

it.each([
  ["other", false],
  ["mine", true],
])("fenced, it looks whose rows stand there, by what was drawn in them: %s", async (drawn, stored) => {
  const store = createMemoryEventStore();
  const node = { owner: "one", address: "" };
  const old = await store.acquire("s", node);
  const next = await store.acquire("s", node);
  if (old.status === "held" || next.status === "held") throw new Error("held");
  await store.append(next.lease, [row(drawn)]);
  const { signal } = new AbortController();
  const outcome = await commit({
    store,
    lease: old.lease,
    rows: [row("mine")],
    signal,
    onUnavailable: () => undefined,
  });
  expect(outcome).toEqual({ status: "fenced", stored });
});
