import { defineConfig } from "vitest/config";

const everywhere = {
  exclude: ["**/node_modules/**", "**/.next/**", "**/.data/**", "tests/e2e/**"],
};

/** The suffix picks the environment: x.test.ts needs nothing, x.pg.test.ts gets a PostgreSQL. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
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
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
