import { holdsImportTable } from "./boundaries.ts";
import { runStep, type Step, summary } from "./run-step.ts";

/** npm run check: everything that needs no running part. Each step counts as one. */
const steps: Record<string, Step> = {
  format: { command: "oxfmt", args: ["--check"] },
  lint: { command: "oxlint", args: ["--type-aware"] },
  types: { command: "tsc", args: ["--noEmit"] },
  "unused code": { command: "knip", args: [] },
};

async function main(): Promise<void> {
  const results: [string, boolean][] = [];
  for (const [name, step] of Object.entries(steps)) {
    console.log(`\n${name}`);
    results.push([name, (await runStep(step)) === 0]);
  }
  console.log("\nboundaries");
  results.push(["boundaries", holdsImportTable()]);

  console.log("");
  for (const [name, good] of results) console.log(`  ${good ? "✓" : "✗"} ${name}`);
  const passed = results.filter(([, good]) => good).length;
  console.log(summary({ passed, failed: results.length - passed }));
  process.exitCode = passed === results.length ? 0 : 1;
}

await main();
