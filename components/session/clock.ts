/**
 * How far this machine's clock is from the server's. The sample with the shortest round trip is the truest;
 * old samples are forgotten, because clocks drift and machines sleep.
 */
export type ClockSample = { readonly sentAt: number; readonly receivedAt: number; readonly serverNow: number };

const SAMPLE_LIFE_MS = 10 * 60_000;

export function createClock() {
  let samples: readonly ClockSample[] = [];
  return {
    add(sample: ClockSample): number {
      samples = [...samples.filter((old) => sample.receivedAt - old.receivedAt < SAMPLE_LIFE_MS), sample].slice(-32);
      const best = samples.reduce((a, b) => (roundTrip(b) < roundTrip(a) ? b : a));
      return Math.round(best.serverNow - (best.sentAt + best.receivedAt) / 2);
    },
    /** After sleep or a jump of the machine's clock nothing measured before is true. */
    forget() {
      samples = [];
    },
  };
}

const roundTrip = (sample: ClockSample) => sample.receivedAt - sample.sentAt;
