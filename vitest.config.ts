import { defineConfig } from "vitest/config";

/**
 * How long a test may take says when it hangs, not how quick Kaibo is: a machine four times slower, with other tests beside, is only slow. What is
 * promised in time is measured where it is promised. The same goes for what is waited for: a poll ends as soon as it holds.
 */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

const everywhere = {
  ...patience,
  exclude: ["**/node_modules/**", "**/.next/**", "**/.data/**", "tests/e2e/**"],
};

/** The suffix picks the environment: x.test.ts needs nothing, x.pg.test.ts gets a PostgreSQL. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...everywhere,
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...everywhere.exclude, "**/*.pg.test.ts", "tests/faults/**"],
        },
      },
      {
        test: {
          ...everywhere,
          name: "pg",
          include: ["**/*.pg.test.ts"],
          exclude: [...everywhere.exclude, "tests/faults/**"],
          globalSetup: ["tests/support/pg-global.ts"],
        },
      },
      {
        test: {
          ...everywhere,
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: ["tests/support/pg-global.ts"],
          // Each kills, stops and restarts real processes; side by side they disturb one another.
          fileParallelism: false,
          testTimeout: 240_000,
        },
      },
    ],
  },
});
