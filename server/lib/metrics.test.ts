import { describe, expect, it } from "vitest";
import { createMetrics } from "#server/lib/metrics.ts";

describe("/metrics", () => {
  it("counts refusals of the edge beside those of rules, and in bounded many kinds", async () => {
    const { registry, live, refused } = createMetrics();
    live.refused("bag.notFound");
    refused("access.denied");
    for (let at = 0; at < 600; at += 1) refused(`made.up${at}`);
    refused("access.denied");
    const text = await registry.metrics();
    expect(text).toContain('kaibo_refusals_total{code="bag.notFound"} 1');
    expect(text).toContain('kaibo_refusals_total{code="access.denied"} 2');
    expect(text.match(/^kaibo_refusals_total\{/gm)).toHaveLength(501);
  });

  it("tells commands, refusals, commits, queues, frames, sockets and the event loop's delay", async () => {
    const { registry, live, watchSockets, watchQueues } = createMetrics();
    const waiting = { staff: 2, crowd: 0 };
    live.answered("bag.explain", "ok");
    live.refused("bag.notFound");
    live.committed({ events: 3, ms: 4 });
    watchQueues((lane) => waiting[lane]);
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
    waiting.staff = 0;
    expect(await registry.metrics()).toContain('kaibo_queue_commands{lane="staff"} 0');
  });
});
