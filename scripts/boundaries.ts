import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectDir } from "./run-step.ts";

/**
 * The import table. A cruiser that could not read TypeScript would find nothing and pass, so
 * every source file on disk must be among the modules it read.
 */
const folders = ["app", "components", "db", "domain", "pages", "scripts", "server", "tests"];

/** What a viewer downloads inside WeChat has neither a schema library nor a translator in it. */
const viewerStarts = /^(?:components\/viewer|pages)\/(?!.*\.test\.)/;
const tooHeavy = /^node_modules\/(?:zod|next-intl|use-intl|recharts|socket\.io-client)\//;

const moduleShape = z.object({
  source: z.string(),
  dependencies: z.array(z.object({ resolved: z.string(), dependencyTypes: z.array(z.string()).default([]) })),
});
const reportShape = z.object({
  summary: z.object({ violations: z.array(z.unknown()) }),
  modules: z.array(moduleShape),
});
type Modules = z.infer<typeof moduleShape>[];

export function holdsImportTable(): boolean {
  const present = folders.filter((folder) => sourceFiles(folder).length > 0);
  const report = reportShape.parse(JSON.parse(cruise("json", present)));
  const broken = report.summary.violations.length > 0;
  if (broken) console.error(cruise("err", present));

  const read = new Set(report.modules.map((module) => module.source));
  const missed = present.flatMap(sourceFiles).filter((file) => !read.has(file));
  for (const file of missed) console.error(`  not read by dependency-cruiser: ${file}`);

  const heavy = heavyChains(report.modules);
  for (const chain of heavy) console.error(`  too heavy for viewers: ${chain.join(" → ")}`);

  console.log(`  ${read.size} modules read`);
  return !broken && missed.length === 0 && heavy.length === 0;
}

/** Follows only imports that survive into the bundle: types are erased, and with them theirs. */
function heavyChains(modules: Modules): string[][] {
  const edges = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies
        .filter(({ dependencyTypes }) => !dependencyTypes.includes("type-only"))
        .map(({ resolved }) => resolved),
    ]),
  );
  const chains: string[][] = [];
  for (const start of edges.keys()) {
    if (!viewerStarts.test(start)) continue;
    const seen = new Set([start]);
    const queue = [[start]];
    for (let chain = queue.shift(); chain; chain = queue.shift()) {
      for (const next of edges.get(chain.at(-1) ?? "") ?? []) {
        if (tooHeavy.test(next)) chains.push([...chain, next]);
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push([...chain, next]);
      }
    }
  }
  return chains;
}

function cruise(outputType: string, present: string[]): string {
  const bin = path.join(projectDir, "node_modules", ".bin");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", outputType, ...present];
  const done = spawnSync(path.join(bin, "depcruise"), args, {
    cwd: projectDir,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.error) throw done.error;
  return done.stdout;
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
