/** What a file tests/bench/*.bench.ts exports. */
export type Measure = {
  /** For example claim.http.rate */
  name: string;
  value: number;
  unit: string;
  /** The plain way, measured in the same run; null where there is none. */
  baseline: number | null;
  /** What the measure must reach, in its own unit or as a ratio to the baseline; null: only shown. */
  goal: Goal | null;
};

export type Goal =
  | { kind: "atLeast" | "atMost"; value: number }
  | { kind: "ratioAtLeast"; value: number }
  | { kind: "between"; value: number; high: number };

export type Bench = {
  /** The name under which `npm run bench -- <name>` runs it. */
  name: string;
  run: (say: (line: string) => void) => Promise<Measure[]>;
};
