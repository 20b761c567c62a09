import { describe, expect, it } from "vitest";
import { PROOF_FORMAT } from "#domain/draw-proof.ts";
import type { StoredEvent } from "#domain/event.ts";
import { BusyError } from "#server/live/directory-contract.ts";
import { show } from "#tests/support/given.ts";
import { createDrawProofs } from "./draw-proofs.ts";

const played = show().live();
const { answer } = played.send("lottery.plan", {
  carrier: "ownDraw",
  title: "示例抽奖",
  prizes: [{ name: "示例礼盒", count: 1, valueFen: 9_900 }],
  durationMs: 60_000,
  rules: "在本页参与",
});
const lotteryId = String(Object(answer.status === "ok" ? answer.result : {}).lotteryId);
played.when("lottery.open", { lotteryId }).ok();
for (const person of ["a", "b", "c"]) played.when("lottery.enter", { lotteryId }, { by: `person:${person}` }).ok();
played.pass(61_000).when("lottery.draw", { lotteryId }).ok();
played.pass(5_000);

/** The same log under every id; tells what was read, and waits when told to. */
function logs(gate: Promise<void> = Promise.resolve()) {
  const read: string[] = [];
  return {
    read,
    eventLog: {
      async read(sessionId: string, _range: object, onChunk: (events: readonly StoredEvent[]) => void | Promise<void>) {
        read.push(sessionId);
        await gate;
        await onChunk(played.log);
      },
    },
  };
}

const draw = (sessionId: string) => ({ sessionId, lotteryId, redraws: 0 });

describe("proofs of draws", () => {
  it("are read once for all who ask, and again after a redraw", async () => {
    const { read, eventLog } = logs();
    const proofs = createDrawProofs(eventLog);
    const [first, second] = await Promise.all([proofs(draw("a")), proofs(draw("a"))]);
    expect(JSON.parse(String(first))).toMatchObject({ format: PROOF_FORMAT });
    expect(second).toBe(first);
    expect(await proofs(draw("a"))).toBe(first);
    expect(read).toEqual(["a"]);
    await proofs({ ...draw("a"), redraws: 1 });
    expect(read).toEqual(["a", "a"]);
    expect(await proofs({ ...draw("a"), lotteryId: "none" })).toBeNull();
  });

  it("are held up to so many bytes, those that were asked for last", async () => {
    const bytes = (await createDrawProofs(logs().eventLog)(draw("a")))?.length ?? 0;
    const { read, eventLog } = logs();
    const proofs = createDrawProofs(eventLog, bytes * 2 + 1);
    for (const id of ["a", "b", "a", "c", "a", "b"]) await proofs(draw(id));
    expect(read).toEqual(["a", "b", "c", "b"]);
    const tooBig = logs();
    const small = createDrawProofs(tooBig.eventLog, bytes - 1);
    for (const id of ["a", "a"]) expect((await small(draw(id)))?.length).toBe(bytes);
    expect(tooBig.read).toEqual(["a", "a"]);
  });

  it("are read two at a time; a third one is told to come back", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { eventLog } = logs(promise);
    const proofs = createDrawProofs(eventLog);
    const under = ["a", "b", "a"].map((id) => proofs(draw(id)));
    await expect(proofs(draw("c"))).rejects.toBeInstanceOf(BusyError);
    resolve();
    expect(await Promise.all(under)).not.toContain(null);
    expect(await proofs(draw("c"))).not.toBeNull();
  });
});
