import { expect, it } from "vitest";
import { pageWords } from "./page-words.ts";

it("says in both languages what the pages say, and nothing where they say nothing", () => {
  expect(pageWords("importIssue", "id.mangled")).toMatch(/^编号被表格改坏了.* · The id was rounded/);
  expect(pageWords("refusal", "import.notATable", { detail: "binary" })).toMatch(
    /^这不是表格文件\(binary\)。.* \(binary\)/,
  );
  expect(pageWords("refusal", "import.none")).toBeUndefined();
  expect(pageWords("refusal", "import")).toBeUndefined();
});
