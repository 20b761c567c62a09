import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { runCommand } from "#server/cli/command-line.ts";
import { ensureNextBuild } from "#server/web/next-build.ts";
import { type Lane, laneNames } from "#tests/e2e/lanes.ts";
import { freePort } from "#tests/support/ports.ts";
import { ensureBrowser, ensureRedis } from "./provision.ts";
import { type Counts, projectDir, runStep, summary } from "./run-step.ts";

const usage = `npm test [-- unit|pg|faults|e2e … [filter …]]
  Without a part all of them run. A filter is a part of a file's name: npm test -- unit domain/ops/bag
  Installs what the machine lacks. Options of vitest and Playwright pass through.`;

/** Everything, or the named parts. */
const parts = ["unit", "pg", "faults", "e2e"] as const;
type Part = (typeof parts)[number];

const reportDir = path.join(projectDir, "test-results");
/** A runner that is asked for a part with nothing in it is a mistake, not a success. */
const vitestReport = z.object({
  numPassedTests: z.int(),
  numTotalTests: z.int(),
  numFailedTestSuites: z.int(),
  numFailedTests: z.int(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

function isPart(word: string): word is Part {
  return parts.some((part) => part === word);
}

/** Skipped tests count as failed: a suite that skips proves less than it says. */
function countVitest(file: string, code: number): Counts {
  const report = vitestReport.safeParse(readReport(file));
  if (!report.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numTotalTests: total } = report.data;
  const failed = total - passed;
  // A file that does not load, or an error outside any test, fails without a failed test.
  return { passed, failed: code !== 0 ? Math.max(failed, 1) : failed };
}

function countPlaywright(file: string, code: number): Counts {
  const report = playwrightReport.safeParse(readReport(file));
  if (!report.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  const failed = unexpected + flaky + skipped + report.data.errors.length;
  return { passed: expected, failed: code !== 0 ? Math.max(failed, 1) : failed };
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`no report in ${file}:`, error);
    return null;
  }
}

async function runVitest(wanted: Part[], filters: string[]): Promise<Counts> {
  const file = path.join(reportDir, `vitest-${wanted.join("-")}.json`);
  const projects = wanted.flatMap((part) => ["--project", part]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = ["run", ...projects, ...reporters, ...filters];
  return countVitest(file, await runStep({ command: "vitest", args }));
}

async function runPlaywright(lanes: readonly Lane[], filters: string[]): Promise<Counts> {
  const file = path.join(reportDir, `playwright-${lanes.join("-")}.json`);
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, KAIBO_E2E_PORT: String(await freePort()) };
  const args = ["test", "--config", "tests/e2e/playwright.config.ts", "--reporter=list,json"];
  const projects = lanes.map((lane) => `--project=${lane}`);
  const code = await runStep({ command: "playwright", args: [...args, ...projects, ...filters], env });
  return countPlaywright(file, code);
}

/** A few named files run one after the other; only all of them are worth a server for each lane. */
async function runBrowserTests(results: Map<string, Counts>, filters: string[]): Promise<void> {
  const run = (lanes: readonly Lane[]) =>
    attempt(results, `e2e ${lanes.join(" + ")}`, () => {
      ensureBrowser();
      return runPlaywright(lanes, filters);
    });
  if (filters.length > 0) {
    await run(laneNames);
    return;
  }
  await Promise.all([run(["waits"]), run(["works"])]);
  await run(["timed"]);
}

async function buildPages(): Promise<Counts> {
  await ensureNextBuild(projectDir, (line) => console.log(`  ${line}`));
  return { passed: 1, failed: 0 };
}

/** A part that cannot even run has failed; the others still tell what they know. */
async function attempt(results: Map<string, Counts>, name: string, run: () => Promise<Counts>): Promise<boolean> {
  try {
    const counts = await run();
    results.set(name, counts);
    return counts.failed === 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    results.set(name, { passed: 0, failed: 1 });
    return false;
  }
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const named = words.filter((word) => isPart(word));
  const filters = words.filter((word) => !isPart(word));
  const wanted = named.length > 0 ? named : [...parts];
  rmSync(reportDir, { recursive: true, force: true });
  mkdirSync(reportDir, { recursive: true });

  const results = new Map<string, Counts>();
  const small = wanted.filter((part) => part === "unit" || part === "pg");
  const whole = wanted.filter((part) => part === "faults" || part === "e2e");
  // Nothing that runs whole servers can be judged when they cannot be built.
  const built = whole.length === 0 || (await attempt(results, "build", buildPages));
  if (small.length > 0 || whole.includes("faults")) ensureRedis();
  // Faults mostly wait: for time-outs, restarts, takeovers. They do so while the small tests work. What is timed runs alone, after both.
  await Promise.all([
    small.length > 0 && attempt(results, small.join(" + "), () => runVitest(small, filters)),
    built && whole.includes("faults") && attempt(results, "faults", () => runVitest(["faults"], filters)),
  ]);
  if (built && whole.includes("e2e")) await runBrowserTests(results, filters);

  const total = { passed: 0, failed: 0 };
  console.log("");
  for (const [name, counts] of results) {
    console.log(`  ${name.padEnd(14)} ${summary(counts)}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  if (total.passed === 0) total.failed += 1;
  console.log(summary(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await runCommand(usage, main);
