import { describe, expect, it } from "vitest";
import { createMetrics } from "#server/lib/metrics.ts";

describe("/metrics", () => {
  it("tells commands, refusals, commits, queues, frames, sockets and the event loop's delay", async () => {
    const { registry, live, watchSockets } = createMetrics();
    live.answered("bag.explain", "ok");
    live.refused("bag.notFound");
    live.committed({ events: 3, ms: 4 });
    live.queued("staff", 2);
    live.frame("control");
    watchSockets(() => 7);
    const text = await registry.metrics();
    for (const line of [
      'kaibo_commands_total{type="bag.explain",status="ok"} 1',
      'kaibo_refusals_total{code="bag.notFound"} 1',
      "kaibo_commit_events_sum 3",
      'kaibo_queue_commands{lane="staff"} 2',
      'kaibo_frames_total{audience="control"} 1',
      "kaibo_sockets 7",
      "kaibo_nodejs_eventloop_lag_p99_seconds",
    ]) {
      expect(text).toContain(line);
    }
  });
});
