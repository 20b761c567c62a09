import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { World } from "./world.ts";

const SOON_MS = 2_000;

/**
 * Reads the file if there is one, and writes it some seconds after a change and at the end. A kill may lose the last seconds.
 * Writing takes longer the more there is, so the pause grows with it: at most a twentieth of the time goes into the file.
 */
export function keepInFile(world: World, file: string): () => void {
  if (existsSync(file)) world.load(readFileSync(file, "utf8"));
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = SOON_MS;
  const write = (): void => {
    timer = null;
    const startedAt = performance.now();
    mkdirSync(path.dirname(file), { recursive: true });
    // A file that is half written when the power goes must not replace a good one.
    writeFileSync(`${file}.new`, world.saved(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    pauseMs = Math.max(SOON_MS, 20 * (performance.now() - startedAt));
  };
  const stop = world.onChange(() => {
    timer ??= setTimeout(write, pauseMs);
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
    write();
  };
}
