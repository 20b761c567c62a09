import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectDir, runStep, type Step, summary } from "./run-step.ts";

/** npm run check: everything that needs no running part. Each step counts as one. */
const folders = ["app", "components", "db", "domain", "scripts", "server", "tests"];

const steps: Record<string, Step> = {
  format: { command: "oxfmt", args: ["--check"] },
  lint: { command: "oxlint", args: ["--type-aware"] },
  types: { command: "tsc", args: ["--noEmit"] },
  "unused code": { command: "knip", args: [] },
};

const cruiseReport = z.object({
  summary: z.object({ violations: z.array(z.unknown()) }),
  modules: z.array(z.object({ source: z.string() })),
});

/**
 * The import table. A cruiser that could not read TypeScript would find nothing and pass, so
 * every source file on disk must be among the modules it read.
 */
function boundaries(): boolean {
  const present = folders.filter((folder) => sourceFiles(folder).length > 0);
  const cruise = (type: string) =>
    spawnSync(
      "depcruise",
      ["--config", ".dependency-cruiser.cjs", "--output-type", type, ...present],
      {
        cwd: projectDir,
        encoding: "utf8",
        maxBuffer: 256 * 1024 * 1024,
        env: {
          ...process.env,
          PATH: `${path.join(projectDir, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`,
        },
      },
    );
  const report = cruiseReport.parse(JSON.parse(cruise("json").stdout));
  const read = new Set(report.modules.map((module) => module.source));
  const missed = present.flatMap(sourceFiles).filter((file) => !read.has(file));
  if (report.summary.violations.length > 0) console.error(cruise("err").stdout);
  for (const file of missed) console.error(`  not read by dependency-cruiser: ${file}`);
  console.log(`  ${read.size} modules read`);
  return report.summary.violations.length === 0 && missed.length === 0;
}

function sourceFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(path.join(projectDir, folder), { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return names
    .filter((name) => /(?<!\.d)\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.split(path.sep).join("/")}`);
}

async function main(): Promise<void> {
  const results: [string, boolean][] = [];
  for (const [name, step] of Object.entries(steps)) {
    console.log(`\n${name}`);
    results.push([name, (await runStep(step)) === 0]);
  }
  console.log("\nboundaries");
  results.push(["boundaries", boundaries()]);

  console.log("");
  for (const [name, good] of results) console.log(`  ${good ? "✓" : "✗"} ${name}`);
  const passed = results.filter(([, good]) => good).length;
  console.log(summary({ passed, failed: results.length - passed }));
  process.exitCode = passed === results.length ? 0 : 1;
}

await main();
