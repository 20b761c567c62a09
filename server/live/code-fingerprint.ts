import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const domainDir = path.resolve(import.meta.dirname, "../../domain");
const foldFiles = ["fold-codec.ts", "fold-pieces.ts", "fold.ts", "command-table.ts", "command-hash.ts"].map((name) =>
  path.join(import.meta.dirname, name),
);

/** Changes with every change of the code that folds: a state folded by other code is not this code's state. */
export function codeFingerprint(): string {
  const hash = createHash("sha256").update(process.versions.v8);
  const files = readdirSync(domainDir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => path.join(domainDir, file))
    .toSorted();
  for (const file of [...files, ...foldFiles]) hash.update(file.slice(domainDir.length)).update(readFileSync(file));
  return hash.digest("hex").slice(0, 32);
}
