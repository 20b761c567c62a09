import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The given secret, else one that was made at the first start and is kept readable by us only. */
export function resolveSecret(given: string | null, dataDir: string): string {
  if (given !== null) return given;
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "secret");
  try {
    writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    chmodSync(file, 0o600);
  }
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32) {
    throw new Error(`${file} is damaged: restore it from a backup or set KAIBO_SECRET`);
  }
  return secret;
}
