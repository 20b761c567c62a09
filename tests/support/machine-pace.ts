/**
 * How long a promise of Kaibo's has on this machine, just now. Promises are made for a machine as quick as the one of docs/measured.md, at rest; where
 * the processor is slower, or other tests have it, everything takes as much longer and says nothing of Kaibo. Never shorter than promised.
 */
export function promised(ms: number): { onThisMachine(): number } {
  const before = slowness();
  // What came beside meanwhile counts as well as what was there at first.
  return { onThisMachine: () => ms * Math.max(before, slowness()) };
}

const ROUNDS = 24_000_000;
/** What so many rounds take where Kaibo was measured. */
const AT_REST_MS = 25;

/** Slices of the processor are longer than one run: the whole of several tells how much of it one gets. */
function slowness(): number {
  spin();
  const startedAt = performance.now();
  for (let run = 0; run < 5; run += 1) spin();
  return Math.max(1, (performance.now() - startedAt) / (5 * AT_REST_MS));
}

function spin(): number {
  let value = 1;
  for (let round = 0; round < ROUNDS; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  return value;
}
