import { describe, expect, it } from "vitest";
import { idOf, signUp, warming } from "#tests/support/warmups.ts";
import { orderOf } from "#tests/support/shopping.ts";
import type { Show } from "#tests/support/given.ts";

const SYSTEM = { by: "system" };

function poster(played = warming()): { readonly played: Show; readonly sourceId: string } {
  played.when("source.plan", { kind: "poster", name: "门店海报", code: "mdhb", costFen: 20_000 }).ok();
  return { played, sourceId: idOf(played, "source.planned.v1", "sourceId") };
}

const funnel = (played: Show, sourceId: string) => played.row("control", "sourceFunnel", sourceId);

describe("sources", () => {
  it("[SRC1] has a code of its own in its links, given or drawn, whatever its case", () => {
    const { played, sourceId } = poster();
    played.when("source.plan", { kind: "store", name: "一店", code: "mdhb" }).rejected("source.codeTaken", {
      code: "mdhb",
      name: "门店海报",
    });
    played.when("source.plan", { kind: "store", name: "一店", code: "MD" }).invalid("input.code");
    played.when("source.plan", { kind: "store", name: "一店" }).ok();
    expect(idOf(played, "source.planned.v1", "code")).toMatch(/^[0-9a-f]{6}$/);
    const twins = [
      { kind: "ads" as const, name: "甲", code: "aa" },
      { kind: "ads" as const, name: "乙", code: "aa" },
    ];
    played.when("source.planMany", { sources: twins }).rejected("source.codeTaken");
    expect(played.row("control", "sources", sourceId)).toMatchObject({ code: "mdhb", opened: 0, archived: false });
  });

  it("[SRC2] keeps a code by which people came, and can be edited, archived and taken back besides", () => {
    const { played, sourceId } = poster();
    const edit = (to: object) => played.send("source.edit", { sourceId, to });
    edit({ code: "mdhb2", costFen: 30_000 }).ok();
    played.when("tape.undo", { seq: played.seqOf("source.edited.v1") }).ok();
    expect(played.row("control", "sources", sourceId)).toMatchObject({ code: "mdhb", costFen: 20_000 });
    played.send("source.opened", { opens: [{ code: "mdhb", count: 3 }] }, SYSTEM).ok();
    edit({ code: "other" }).rejected("source.codeInUse", { code: "mdhb", opened: 3 });
    played.when("tape.undo", { seq: played.seqOf("source.planned.v1") }).rejected("undo.hasConsequences");
    played.when("source.archive", { sourceId }).ok();
    expect(played.row("control", "sources", sourceId)).toMatchObject({ archived: true, opened: 3 });
  });

  it("[SRC3] counts opened links and who joined by its WeCom code; an unknown code counts nowhere", () => {
    const { played, sourceId } = poster();
    played.when("source.edit", { sourceId, to: { wecomCodeId: "x_code" } }).ok();
    played.send("source.opened", { opens: [{ code: "nobody", count: 1 }] }, SYSTEM).then();
    const opens = [
      { code: "mdhb", count: 2 },
      { code: "mdhb", count: 5 },
    ];
    played.send("source.opened", { opens }, SYSTEM).ok();
    played.send("source.joined", { joins: [{ wecomCodeId: "x_code", count: 4 }] }, SYSTEM).ok();
    expect(played.row("control", "sources", sourceId)).toMatchObject({ opened: 7, joined: 4 });
  });
});

describe("the funnel by source", () => {
  it("[SRC4] counts sign-ups by the code of the link, as they stand, told within a second", () => {
    const { played, sourceId } = poster();
    signUp(played, "a", { sourceCode: "MDHB" });
    signUp(played, "b", { sourceCode: "mdhb" });
    signUp(played, "c", { by: "a" });
    signUp(played, "d", { sourceCode: "unknown" });
    expect(funnel(played, sourceId)).toBeUndefined();
    played.pass(1_000);
    expect(funnel(played, sourceId)).toMatchObject({ signedUp: 2, invited: 1 });
    expect(funnel(played, "_invite")).toMatchObject({ signedUp: 1 });
    expect(funnel(played, "_none")).toMatchObject({ signedUp: 1 });
    played.send("signup.cancel", {}, { by: "person:c" }).ok();
    played.send("signup.cancel", {}, { by: "person:b" }).ok();
    played.pass(1_000);
    expect(funnel(played, sourceId)).toMatchObject({ signedUp: 1, invited: 0 });
    expect(funnel(played, "_invite")).toMatchObject({ signedUp: 0 });
  });

  it("[SRC5] gives an order to the source of whoever had signed up before, whatever becomes of the order", () => {
    const { played, sourceId } = poster();
    const order = (orderId: string, personId: string, more: object = {}) =>
      played
        .send("order.record", {
          ...orderOf(orderId, "S3", 1),
          status: "paid",
          placedAt: played.now,
          paidAt: played.now,
          personId,
          ...more,
        })
        .ok();
    order("early", "a");
    played.pass(2_000);
    signUp(played, "a", { sourceCode: "mdhb" });
    played.pass(2_000);
    order("o1", "a");
    order("o2", "stranger");
    // Told late: it was placed before.
    order("o3", "a", { placedAt: played.now - 3_000, paidAt: played.now - 3_000 });
    played.send("signup.watched", { personIds: ["a"] }, SYSTEM).ok();
    played.pass(1_000);
    expect(funnel(played, sourceId)).toMatchObject({ watched: 1, paidOrders: 1, paidFen: 9_900, refundFen: 0 });
    order("o1", "a", { sourceUpdatedAt: played.now, refunds: [{ refundId: "r1", at: played.now, fen: 9_900 }] });
    played.pass(1_000);
    expect(funnel(played, sourceId)).toMatchObject({ paidOrders: 1, refundFen: 9_900 });
  });

  it("[SRC6] finds who came by a code before its source was planned", () => {
    const played = warming();
    signUp(played, "a", { sourceCode: "mdhb" });
    played.pass(1_000);
    expect(funnel(played, "_none")).toMatchObject({ signedUp: 1 });
    const { sourceId } = poster(played);
    played.pass(1_000);
    expect(funnel(played, sourceId)).toMatchObject({ signedUp: 1 });
    expect(funnel(played, "_none")).toMatchObject({ signedUp: 0 });
  });

  it("[SRC4] [SRC6] made-up codes are nobody's, and as many as there are take no source's place", () => {
    const played = warming();
    for (const [at, sourceCode] of ["_invite", "_foo", "__", "a-b"].entries())
      signUp(played, `odd${at}`, { sourceCode });
    for (let at = 0; at < 620; at += 1) signUp(played, `v${at}`, { sourceCode: `made${at}` });
    const { sourceId } = poster(played);
    signUp(played, "a", { sourceCode: "MDHB" });
    played.pass(2_000);
    expect(Object.keys(Object(played.slice("control", "sourceFunnel"))).toSorted()).toEqual(
      ["_none", sourceId].toSorted(),
    );
    expect(funnel(played, "_none")).toMatchObject({ signedUp: 624 });
    expect(funnel(played, sourceId)).toMatchObject({ signedUp: 1 });
  });
});
