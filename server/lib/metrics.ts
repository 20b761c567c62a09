import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { LANES, type Lane, type LiveMetrics } from "../live/live-metrics.ts";

/** The figures of /metrics: of this process (event loop, memory) and of the shows that it writes. */
export type Metrics = {
  registry: Registry;
  live: LiveMetrics;
  /** A refusal at the edge, before the writer of the show is asked: by sign-in, right, form, size or rate. */
  refused: (code: string) => void;
  /** Both are asked at each scrape, so that no figure outlives what it tells of. */
  watchSockets: (count: () => number) => void;
  watchQueues: (waiting: (lane: Lane) => number) => void;
};

const commitMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];
const batchEvents = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const refusals = new Counter({
    name: "kaibo_refusals_total",
    help: "Refusals by code, of rules and at the edge",
    labelNames: ["code"],
    registers,
  });
  const refused = boundedBy(CODES_MAX, (code) => refusals.inc({ code }));
  // Includes the delay of the event loop: a loop that is late answers everybody late.
  collectDefaultMetrics({ register: registry, prefix: "kaibo_" });
  return {
    registry,
    live: liveMetrics(registers, refused),
    refused,
    watchSockets: (count) => {
      new Gauge({
        name: "kaibo_sockets",
        help: "Sockets that are connected to this node",
        registers,
        collect() {
          this.set(count());
        },
      });
    },
    watchQueues: (waiting) => {
      new Gauge({
        name: "kaibo_queue_commands",
        help: "Commands that wait to be decided, in all shows of this node",
        labelNames: ["lane"],
        registers,
        collect() {
          for (const lane of LANES) this.set({ lane }, waiting(lane));
        },
      });
    },
  };
}

/** Codes are words of the code, some hundred. Were one ever made of what somebody sent, the scraper must not pay for it. */
const CODES_MAX = 500;

function boundedBy(max: number, count: (code: string) => void): (code: string) => void {
  const known = new Set<string>();
  return (code) => {
    if (known.size < max) known.add(code);
    count(known.has(code) ? code : "other");
  };
}

function liveMetrics(registers: Registry[], refused: (code: string) => void): LiveMetrics {
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `kaibo_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `kaibo_${name}`, help, buckets, registers });

  const commands = counter("commands_total", "Answers to commands", ["type", "status"]);
  const commitTime = histogram("commit_ms", "Time of one batch's INSERT, in milliseconds", commitMs);
  const commitSize = histogram("commit_events", "Events in one batch", batchEvents);
  const frames = counter("frames_total", "Frames made for an audience", ["audience"]);
  const recoveries = histogram("recovery_ms", "Time to fold a show's log, in milliseconds", [...commitMs, 10_000]);
  const owned = new Gauge({ name: "kaibo_shows_owned", help: "Shows that this node writes", registers });
  const lost = counter("shows_lost_total", "Shows that this node had to let go", ["reason"]);

  return {
    answered: (type, status) => commands.inc({ type, status }),
    refused,
    committed: ({ events, ms }) => {
      commitTime.observe(ms);
      commitSize.observe(events);
    },
    frame: (audience) => frames.inc({ audience }),
    recovered: ({ ms }) => recoveries.observe(ms),
    owned: (count) => owned.set(count),
    lost: (reason) => lost.inc({ reason }),
  };
}
