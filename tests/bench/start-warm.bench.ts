import { startServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench } from "./bench.ts";

const STARTS = 3;

/** From `npm start` to ready on a house that has started before: database, pages and all. */
export const startWarm: Bench = {
  name: "start.warm",
  async run(say) {
    const place = tempDir("start-warm");
    const took: number[] = [];
    try {
      const first = await startServer({ dataDir: place.dir, readyMs: 300_000 });
      say(`the first start took ${(first.startedInMs / 1_000).toFixed(1)} s, with whatever there was to build`);
      await first.stop();
      for (let n = 0; n < STARTS; n += 1) {
        const server = await startServer({ dataDir: place.dir });
        took.push(server.startedInMs);
        await server.stop();
      }
    } finally {
      place.remove();
    }
    return [
      {
        name: "start.warm",
        value: Math.round(Math.max(...took)),
        unit: "ms",
        baseline: null,
        goal: { kind: "atMost", value: 5_000 },
      },
    ];
  },
};
