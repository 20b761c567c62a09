import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it } from "vitest";
import { errorForLog } from "./log.ts";

it("keeps what a failed query was asked with out of the log", () => {
  const cause = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (name)=(小明) already exists.",
  });
  const error = new DrizzleQueryError(
    "insert into comment_texts values ($1, $2)",
    ["s_1", "我是小明 13800000000"],
    cause,
  );
  const outer = new Error("the list could not be written", { cause: error });
  const told = JSON.stringify(errorForLog(outer));
  expect(told).not.toMatch(/小明|138/);
  expect(told).toContain("insert into comment_texts values ($1, $2)");
  expect(told).toContain("23505");
  expect(told).toContain("log.test.ts");
  expect(errorForLog("thrown text")).toEqual({ message: "thrown text" });
});
