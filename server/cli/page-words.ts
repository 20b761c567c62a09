import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** What the pages say of a code, for the terminal: the same words, Chinese first. Read, not imported: to the server they are a file like any other. */

const folder = path.resolve(import.meta.dirname, "../../components/strings");
const Strings = z.record(z.string(), z.unknown());
const Values = z.record(z.string(), z.union([z.string(), z.number()]));
let read: readonly Record<string, unknown>[] | undefined;

/** `undefined` when the pages have no words for it either. `data` fills the `{places}` of a text. */
export function pageWords(
  namespace: "refusal" | "importIssue",
  code: string,
  data: unknown = null,
): string | undefined {
  read ??= ["zh-CN", "en"].map((locale) =>
    Strings.parse(JSON.parse(readFileSync(path.join(folder, `${locale}.json`), "utf8"))),
  );
  const texts = read.map((strings) => textAt(strings, [namespace, ...code.split(".")]));
  if (!texts.every((text) => text !== undefined)) return undefined;
  const values = Values.catch({}).parse(data);
  return texts
    .map((text) => text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place)))
    .join(" · ");
}

function textAt(strings: unknown, [key, ...rest]: readonly string[]): string | undefined {
  if (key === undefined) return typeof strings === "string" ? strings : undefined;
  return textAt(Strings.catch({}).parse(strings)[key], rest);
}
