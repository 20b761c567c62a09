import "#server/lib/no-pretenuring.ts";
import { appendFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { readArguments, runCommand, UsageError } from "#server/cli/command-line.ts";
import type { Bench, Goal, Measure } from "./bench.ts";

const usage = `npm run bench [-- NAME … --json FILE --events=N]
  runs the benches, or those that are named, one after the other and prints a table; exits with 1 where a goal is not reached
  --json FILE  the figures too, one a line    --events=N  how long the shows of recovery and replay are, for a quick look`;

function isBench(value: unknown): value is Bench {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "run" in value &&
    typeof value.run === "function"
  );
}

async function discover(): Promise<Bench[]> {
  const found: Bench[] = [];
  for (const file of readdirSync(import.meta.dirname).toSorted()) {
    if (!file.endsWith(".bench.ts")) continue;
    const loaded: unknown = await import(path.join(import.meta.dirname, file));
    const exported = typeof loaded === "object" && loaded !== null ? Object.values(loaded) : [];
    const benches = exported.filter((value) => isBench(value));
    if (benches.length === 0) throw new Error(`${file} exports no bench {name, run}`);
    found.push(...benches);
  }
  return found;
}

function ratioOf({ value, baseline }: Measure): number | null {
  return baseline === null || baseline === 0 ? null : value / baseline;
}

function isReached(measure: Measure): boolean {
  const { goal, value } = measure;
  if (goal === null) return true;
  switch (goal.kind) {
    case "atLeast":
      return value >= goal.value;
    case "atMost":
      return value <= goal.value;
    case "ratioAtLeast":
      return (ratioOf(measure) ?? 0) >= goal.value;
    case "between":
      return value >= goal.value && value <= goal.high;
  }
}

function shownGoal(goal: Goal): string {
  if (goal.kind === "between") return `${goal.value} – ${goal.high}`;
  const sign = { atLeast: "≥", atMost: "≤", ratioAtLeast: "ratio ≥" } as const;
  return `${sign[goal.kind]} ${goal.value}`;
}

function row(measure: Measure): string {
  const number = (value: number | null, digits: number) =>
    value === null ? "–" : value.toLocaleString("en-US", { maximumFractionDigits: digits });
  const { goal } = measure;
  return [
    measure.name.padEnd(28),
    `${number(measure.value, 2)} ${measure.unit}`.padStart(20),
    number(measure.baseline, 2).padStart(14),
    number(ratioOf(measure), 2).padStart(8),
    goal === null ? "" : `  ${isReached(measure) ? "✓" : "✗"} ${shownGoal(goal)}`,
  ].join("");
}

async function main(): Promise<boolean> {
  const { values, positionals } = readArguments({
    // `events` is read by the benches themselves.
    options: { json: { type: "string" }, events: { type: "string" } },
    allowPositionals: true,
  });
  const all = await discover();
  const unknown = positionals.find((name) => !all.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`Unexpected argument '${unknown}'; benches are ${all.map(({ name }) => name).join(", ")}`);
  }
  if (values.json) rmSync(values.json, { force: true });
  const measures: Measure[] = [];
  for (const bench of all) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    console.log(`\n${bench.name}`);
    for (const measure of await bench.run((line) => console.log(`  ${line}`))) {
      measures.push(measure);
      const { name, value, unit, baseline } = measure;
      const line = JSON.stringify({ name, value, unit, baseline, ratio: ratioOf(measure) });
      if (values.json) appendFileSync(values.json, `${line}\n`);
    }
  }
  console.log(`\n${"name".padEnd(28)}${"value".padStart(20)}${"baseline".padStart(14)}${"ratio".padStart(8)}`);
  for (const measure of measures) console.log(row(measure));
  return measures.every(isReached);
}

await runCommand(usage, main);
