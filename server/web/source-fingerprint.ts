import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What the pages are made of; a change in any of it makes the stored build stale. */
const inputs = [
  "app",
  "components",
  "domain",
  "pages",
  "public",
  "next.config.js",
  "postcss.config.mjs",
  "package.json",
  "package-lock.json",
];

/** One hash over names and contents, tests left out: they are not in the pages. */
export function sourceFingerprint(projectDir: string): string {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => filesUnder(projectDir, input))) {
    hash.update(file).update("\0");
    hash.update(
      createHash("sha256")
        .update(readFileSync(path.join(projectDir, file)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

function filesUnder(projectDir: string, name: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(projectDir, name), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOTDIR") return [name];
    if (error.code === "ENOENT") return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(projectDir, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
