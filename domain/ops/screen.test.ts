import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, show } from "#tests/support/given.ts";
import { SCREENS_MAX } from "./screen.ts";

const LINK = { linkId: "k1" } as const;

describe("screen", () => {
  it("[SCR1] turns one screen to another board, and what it shows already changes nothing", () => {
    const played = show();
    played.when("screen.show", { ...LINK, board: "host" }).then();
    const turned = { type: "screen.boardSet.v1", data: { ...LINK, from: "host", to: "figures" } };
    played.when("screen.show", { ...LINK, board: "figures" }).then(turned);
    for (const audience of ["control", "host", "review"] as const) {
      expect(played.row(audience, "screens", "k1")).toEqual({ board: "figures", moneyHidden: false, identifyAt: null });
    }
    expect(played.view("viewer").slices["screens"]).toBeUndefined();
    expectLeanViewsEqual(played);
  });

  it("[SCR2] hides money from one screen until it is shown again", () => {
    const played = show();
    played.when("screen.hideMoney", { ...LINK, hidden: true }).ok();
    played.when("screen.hideMoney", { ...LINK, hidden: true }).then();
    expect(played.row("host", "screens", "k1")).toMatchObject({ moneyHidden: true });
    played.when("screen.hideMoney", { ...LINK, hidden: false }).ok();
    expect(played.row("host", "screens", "k1")).toBeUndefined();
  });

  it("[SCR3] identifies at the real second, and keeps that off the tape", () => {
    const played = show();
    played.when("screen.identify", LINK).ok();
    expect(played.row("host", "screens", "k1")).toMatchObject({ identifyAt: played.now });
    played.pass(1_000).when("screen.identify", LINK).ok();
    expect(played.row("host", "screens", "k1")).toMatchObject({ identifyAt: played.now });
    expect(played.slice("control", "tape")).toEqual([]);
  });

  it("[SCR4] takes a turn and hidden money back while they stand", () => {
    const played = show();
    played.when("screen.show", { ...LINK, board: "prompt" }).ok();
    played.when("tape.undo", { seq: played.seqOf("screen.boardSet.v1") }).ok();
    expect(played.row("control", "screens", "k1")).toBeUndefined();
    played.when("screen.show", { ...LINK, board: "prompt" }).ok();
    const seq = played.seqOf("screen.boardSet.v1");
    played.when("screen.show", { ...LINK, board: "figures" }).ok();
    played.when("tape.undo", { seq }).rejected("undo.superseded");
    played.when("screen.hideMoney", { ...LINK, hidden: true }).ok();
    played.when("tape.undo", { seq: played.seqOf("screen.moneySet.v1") }).ok();
    expect(played.row("control", "screens", "k1")).toMatchObject({ moneyHidden: false });
  });

  it("[SCR5] knows no more screens than a show can have", () => {
    const played = show();
    for (let at = 0; at < SCREENS_MAX; at += 1) played.when("screen.identify", { linkId: `k${at}` }).ok();
    played.when("screen.show", { linkId: "more", board: "figures" }).rejected("screen.tooMany");
    played.when("screen.show", { linkId: "k0", board: "figures" }).ok();
  });
});
