import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { show } from "#tests/support/given.ts";
import { proofOf } from "#domain/lottery/drawing.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kaibo-proof-"));
});
afterAll(() => rm(folder, { recursive: true }));

function verify(...args: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const program = join(import.meta.dirname, "verify-draw.ts");
    execFile(process.execPath, [program, ...args], (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout }),
    );
  });
}

async function drawn() {
  const played = show().live();
  const prizes = [{ name: "围巾", count: 2, valueFen: 26_900 }];
  played
    .when("lottery.plan", { carrier: "ownDraw", title: "群内抽奖", prizes, durationMs: 60_000, rules: "每人一次" })
    .ok();
  const lotteryId = [...played.lottery().lotteries.keys()][0] ?? "";
  played.when("lottery.open", { lotteryId }).ok();
  const heads = ["a", "b", "c"].map((person) => {
    const { answer } = played.when("lottery.enter", { lotteryId }, { by: `person:${person}` });
    return String(Object("result" in answer ? answer.result : {}).head);
  });
  played.pass(60_000).when("lottery.draw", { lotteryId }).ok().pass(3_000);
  const proof = proofOf(played.lottery(), lotteryId, "s1");
  const file = join(folder, "proof.json");
  await writeFile(file, JSON.stringify(proof));
  return { file, proof, heads };
}

it("[LOT8] the command line says whether a proof file holds", async () => {
  const { file, proof, heads } = await drawn();
  expect(await verify("--file", file, "--entry", `2:${heads[1]}`)).toMatchObject({
    code: 0,
    text: expect.stringContaining("成立"),
  });
  expect(await verify("--file", file, "--entry", `1:${heads[1]}`)).toMatchObject({
    code: 1,
    text: expect.stringContaining("proof.receiptDiffers"),
  });
  const forged = join(folder, "forged.json");
  await writeFile(forged, JSON.stringify({ ...proof, entries: proof?.entries.toReversed() }));
  expect(await verify("--file", forged)).toMatchObject({ code: 1, text: expect.stringContaining("proof.headDiffers") });
  expect(await verify("--file", join(folder, "none.json"))).toMatchObject({ code: 2 });
  expect(await verify()).toMatchObject({ code: 2, text: expect.stringContaining("--file") });
  expect(await verify("--entry", "x")).toMatchObject({ code: 2 });
});
