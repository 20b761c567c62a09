import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { LineHealth, WecomFigures } from "./wecom-line.ts";

const callMs = [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000];
/** Errcodes come from outside; so many are told apart. */
const RESULTS_MAX = 200;
const STATES = { closed: 0, halfOpen: 1, open: 2 } as const;

/** What was asked of the real WeCom; rehearsals are not counted. */
export function createWecomFigures(registry: Registry): WecomFigures & { watch(health: () => LineHealth): void } {
  const registers = [registry];
  const calls = new Counter({
    name: "kaibo_wecom_calls_total",
    help: "Answers of WeCom by API and errcode, or why there was none",
    labelNames: ["api", "result"],
    registers,
  });
  const times = new Histogram({
    name: "kaibo_wecom_call_ms",
    help: "Time of one call of WeCom, in milliseconds",
    labelNames: ["api"],
    buckets: callMs,
    registers,
  });
  const results = new Set<string>();
  return {
    asked({ api, result, ms }) {
      if (results.size < RESULTS_MAX) results.add(result);
      calls.inc({ api, result: results.has(result) ? result : "other" });
      times.observe({ api }, ms);
    },
    watch(health) {
      new Gauge({
        name: "kaibo_wecom_circuit",
        help: "Whether WeCom is asked: 0 yes, 1 one call at a time, 2 not for now",
        labelNames: ["of"],
        registers,
        collect() {
          const { host, corps } = health();
          this.set({ of: "host" }, STATES[host.state]);
          for (const { corpId, state } of corps) this.set({ of: corpId }, STATES[state]);
        },
      });
    },
  };
}
