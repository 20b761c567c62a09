import { describe, expect, it } from "vitest";
import { warming } from "#tests/support/warmups.ts";
import type { Show } from "#tests/support/given.ts";
import { landingFaults } from "../landing/state.ts";
import { defaultSettings, type Block } from "../landing/blocks.ts";

const hero: Block = {
  blockId: "b1",
  part: "opening",
  kind: "hero",
  title: "暖冬专场",
  subtitle: "到手价看得见",
  pictureUrl: null,
  countdown: true,
};
const act = (blockId: string, part: Block["part"]): Block => ({
  blockId,
  part,
  kind: "act",
  title: "先预约",
  text: "",
});
const proof: Block = {
  blockId: "b3",
  part: "proof",
  kind: "proof",
  title: "为什么来",
  items: [{ text: "上一场 3 小时售罄", pictureUrl: null }],
};
const whole: Block[] = [hero, act("b2", "opening"), proof, act("b4", "closing")];
const settings = { channelsName: "示例旗舰店", privacyText: "只用于本场。" };

const drafted = (blocks: Block[] = whole, played = warming()): Show =>
  played.when("landing.setBlocks", { blocks }).ok().when("landing.setSettings", settings).ok();

const order = (played: Show, audience: "control" | "viewer", slice: string) =>
  Object.values(Object(played.slice(audience, slice)))
    .toSorted((a, b) => Object(a).position - Object(b).position)
    .map((row) => Object(row).blockId);

describe("the landing page", () => {
  it("[LND1] is a list of blocks that are added, moved, replaced and removed, and each step is taken back", () => {
    const played = drafted();
    played.when("landing.putBlock", { block: { ...hero, title: "改名" } }).ok();
    played.when("landing.putBlock", { block: proof, position: 0 }).ok();
    expect(order(played, "control", "landingBlocks")).toEqual(["b3", "b1", "b2", "b4"]);
    played.when("tape.undo", { seq: played.seqOf("landing.blockSet.v1") }).ok();
    expect(order(played, "control", "landingBlocks")).toEqual(["b1", "b2", "b3", "b4"]);
    played.when("landing.removeBlock", { blockId: "b2" }).ok();
    played.when("tape.undo", { seq: played.seqOf("landing.blockSet.v1") }).ok();
    expect(order(played, "control", "landingBlocks")).toEqual(["b1", "b2", "b3", "b4"]);
    played.when("landing.removeBlock", { blockId: "gone" }).rejected("landing.blockNotFound");
    played.when("landing.setBlocks", { blocks: [hero, hero] }).rejected("landing.blockTwice");
    played.when("landing.putBlock", { block: hero }, { expect: { block: null } }).rejected("state.changed");
  });

  it("[LND1] puts a block that is wished behind the end at the end, also when the step is taken back and others have gone since", () => {
    const played = drafted();
    const undoLast = () => played.when("tape.undo", { seq: played.seqOf("landing.blockSet.v1") }).ok();
    played.when("landing.putBlock", { block: hero, position: 30 }).ok();
    expect(order(played, "control", "landingBlocks")).toEqual(["b2", "b3", "b4", "b1"]);
    undoLast();
    expect(order(played, "control", "landingBlocks")).toEqual(["b1", "b2", "b3", "b4"]);

    played.when("landing.putBlock", { block: act("b4", "closing"), position: 0 }).ok();
    const moved = played.seqOf("landing.blockSet.v1");
    played.when("landing.removeBlock", { blockId: "b3" }).ok();
    played.when("tape.undo", { seq: moved }).ok();
    expect(order(played, "control", "landingBlocks")).toEqual(["b1", "b2", "b4"]);
    undoLast();
    expect(order(played, "control", "landingBlocks")).toEqual(["b4", "b1", "b2"]);
  });

  it("[LND2] has three parts: theme with the act, proof, the act again, in this order", () => {
    const faults = (blocks: Block[]) =>
      landingFaults({ blocks, settings: { ...defaultSettings, ...settings } }).map(
        ({ code, part }) => `${code}:${part}`,
      );
    expect(faults(whole)).toEqual([]);
    expect(faults([])).toEqual(["noHero:opening", "noAct:opening", "noProof:proof", "noAct:closing"]);
    expect(faults([hero, proof, act("b4", "closing")])).toEqual(["noAct:opening"]);
    expect(faults([hero, act("b2", "opening"), proof])).toEqual(["noAct:closing"]);
    expect(faults([hero, act("b2", "opening"), act("b4", "closing"), proof])).toEqual(["wrongOrder:proof"]);
  });

  it("[LND3] is published as the draft stands, and not before it is whole", () => {
    const played = warming().when("landing.setBlocks", { blocks: whole }).ok();
    played
      .when("landing.publish", {})
      .rejected("landing.notReady", { faults: [{ code: "noChannelsName" }, { code: "noPrivacy" }] });
    drafted(whole, played)
      .when("landing.publish", {})
      .then({ type: "landing.published.v1", data: { rev: 1 } });
    played.when("landing.publish", {}).then();
    played.when("landing.putBlock", { block: { ...hero, title: "改名" } }).ok();
    expect(played.slice("control", "landing")).toMatchObject({ differs: true, published: { rev: 1 }, faults: [] });
    expect(played.row("viewer", "landingPublished", "b1")).toMatchObject({ title: "暖冬专场" });
    played.when("landing.publish", {}, { expect: { version: 0 } }).rejected("state.changed");
    played.when("landing.publish", {}).ok();
    expect(played.row("viewer", "landingPublished", "b1")).toMatchObject({ title: "改名" });
    played.when("landing.unpublish", {}).ok();
    expect(played.slice("viewer", "landingPublished")).toEqual({});
    played.when("landing.unpublish", {}).rejected("landing.notPublished");
  });

  it("[LND4] promises a reminder only where a named channel works", () => {
    const played = drafted(whole.with(1, { ...act("b2", "opening"), text: "开播我们会提醒你" } as Block));
    played.when("landing.publish", {}).rejected("compliance.blocked");
    played
      .when("landing.setSettings", { remind: ["group"] })
      .ok()
      .when("landing.publish", {})
      .rejected("landing.notReady", { faults: [{ code: "noJoinCode" }] });
    played.when("landing.setSettings", { joinCodeId: "q1" }).ok().when("landing.publish", {}).ok();
  });

  it("[LND5] shows viewers what is published alone: no draft, nobody's name", () => {
    const played = drafted();
    expect(played.slice("viewer", "landingPage")).toEqual({});
    played.when("landing.publish", {}).ok();
    expect(played.slice("viewer", "landingPage")).toMatchObject({
      published: { settings: { channelsName: "示例旗舰店" } },
    });
    expect(JSON.stringify(played.view("viewer").slices)).not.toContain("staff:");
    expect(played.view("viewer").slices["landingBlocks"]).toBeUndefined();
  });

  it("[LND6] takes settings back field by field, unless somebody changed them since", () => {
    const played = drafted();
    played.when("landing.setSettings", { showCount: false }).ok();
    played.when("tape.undo", { seq: played.seqOf("landing.settingsSet.v1") }).ok();
    expect(played.slice("control", "landingPage")).toMatchObject({ draft: { settings: { showCount: true } } });
    played
      .when("landing.setSettings", { channelsName: "别的号" }, { expect: { channelsName: "" } })
      .rejected("state.changed");
  });
});
