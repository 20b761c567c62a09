/**
 * What a person at the terminal sees while something long goes on. The first line appears only
 * after `quietMs`, so that quick starts stay quiet; then one every `everyMs`.
 */
const quietMs = 2_000;
const everyMs = 5_000;

export type Say = (line: string) => void;

export const sayOnTerminal: Say = (line) => void process.stdout.write(`  ${line}\n`);

/** A closed window takes its terminal along: what is still told then goes nowhere, and the stop that it causes must not die of that. */
export function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

export async function withProgress<T>({ say, what }: { say: Say; what: string }, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  let shown = false;
  const tick = () => {
    shown = true;
    say(`${what} … ${seconds()} s`);
  };
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    tick();
    repeat = setInterval(tick, everyMs);
  }, quietMs);
  try {
    const result = await work();
    if (shown) say(`${what} ✓ ${seconds()} s`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
