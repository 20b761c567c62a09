import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { EntryReceipt, ProofCheck } from "#domain/draw-check.ts";
import { verifyDraw } from "#domain/verify-draw.ts";

/**
 * npm run verify-draw -- --file FILE [--entry N:HEAD …]
 * Checks the proof of an own draw. Needs nothing but the file; exits 0 when it holds, 1 when it does not, 2 when it can't be read.
 */

const USAGE = `用法 · Usage: npm run verify-draw -- --file 证明.json [--entry 序号:校验头]
  --file    抽奖证明 · the proof, as a draw's page hands it out
  --entry   参与者手中的凭据,可以有多个 · what a participant was given on entering; as many as there are
  0 成立 it holds, 1 不成立 it does not, 2 读不了 it can't be read`;

const WORDS: Record<string, string> = {
  "proof.malformed": "文件不是 kaibo-draw/1 证明 · not a kaibo-draw/1 proof",
  "proof.seedDoesNotFit": "种子与开启时公布的承诺不符 · the seed is not the one that was committed to",
  "proof.termsChanged": "规则、奖品或时间与开启时不同 · the terms are not those of the opening",
  "proof.entryTwice": "有人报名两次 · somebody entered twice",
  "proof.headDiffers": "报名名单被改动 · the list of entries was changed",
  "proof.receiptDiffers": "与参与者手中的凭据不符 · a participant's receipt does not fit",
  "proof.winnersDiffer": "中奖名单不是由种子算出的 · the winners are not those that the seed draws",
  "proof.redrawDiffers": "补抽不是按顺序接着抽的 · a redraw does not continue the draw",
};

function lines(check: ProofCheck): string[] {
  if (!check.ok)
    return [
      "不成立 · The proof does not hold:",
      ...check.problems.map(({ code, detail }) => `  ${code}  ${WORDS[code] ?? ""}\n    ${detail}`),
    ];
  const { entries, winners, commitment, head } = check;
  return [
    `成立 · The proof holds: ${entries} 人参与 entries, ${winners.filter(({ n }) => n !== null).length} 人中奖 winners`,
    `  承诺 commitment  ${commitment}`,
    `  名单 head        ${head}`,
    "  请与开启时、截止时页面上的这两行核对 · compare both with what the page showed at opening and closing",
    ...winners.map(
      ({ place, n, pseudonym, prizeId }) =>
        `  ${place}. ${prizeId}  ${n === null ? "(无人 nobody left)" : `#${n} ${pseudonym}`}`,
    ),
  ];
}

function receiptOf(text: string): EntryReceipt | undefined {
  const found = /^(\d{1,9}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase());
  return found ? { n: Number(found[1]), head: found[2] ?? "" } : undefined;
}

async function run(args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  if (args.some((given) => given === "--help" || given === "-h")) return { code: 0, text: USAGE };
  let values: { file?: string | undefined; entry?: string[] | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { file: { type: "string" }, entry: { type: "string", multiple: true } },
    }));
  } catch (error) {
    return { code: 2, text: `${error instanceof Error ? error.message : String(error)}\n${USAGE}` };
  }
  const receipts = (values.entry ?? []).map(receiptOf);
  const known = receipts.filter((receipt) => receipt !== undefined);
  if (!values.file || known.length < receipts.length) return { code: 2, text: USAGE };
  let file: unknown;
  try {
    file = JSON.parse(await readFile(values.file, "utf8"));
  } catch (error) {
    return {
      code: 2,
      text: `读不了 ${values.file} · can't read it: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const check = verifyDraw(file, known);
  return { code: check.ok ? 0 : 1, text: lines(check).join("\n") };
}

const { code, text } = await run(process.argv.slice(2));
process.stdout.write(`${text}\n`);
process.exitCode = code;
