import { describe, expect, it } from "vitest";
import { BusyError, UnknownSessionError } from "../live/directory-contract.ts";
import { failureOf, HttpError, rejected } from "./failures.ts";

describe("what went wrong becomes an answer", () => {
  it("asks to come back while the database or the writer is away, however deep the reason lies", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const query = new Error("Failed query", { cause: refused });
    expect(failureOf(query)).toMatchObject({ status: 503, body: { status: "retry" }, retryAfterMs: 1_000 });
    expect(failureOf(new BusyError(250))).toMatchObject({ status: 503, body: { status: "retry", retryAfterMs: 250 } });
  });

  it("keeps the reason of a bug to itself", () => {
    const bug = Object.assign(new Error("password=hunter2"), { code: "42703" });
    expect(failureOf(bug)).toEqual({
      status: 500,
      code: "server.failed",
      body: { status: "error", code: "server.failed" },
    });
    expect(failureOf("thrown text")).toMatchObject({ status: 500 });
  });

  it("has one shape for each status", () => {
    expect(failureOf(new UnknownSessionError("s"))).toEqual({
      code: "session.unknown",
      status: 404,
      body: { status: "error", code: "session.unknown" },
    });
    expect(failureOf(rejected("person.lastOwner"))).toEqual({
      code: "person.lastOwner",
      status: 409,
      body: { status: "rejected", code: "person.lastOwner" },
    });
    const issues = [{ path: "a", code: "b", message: "c" }];
    expect(failureOf(new HttpError(400, "x", { issues }))).toEqual({
      code: "input.invalid",
      status: 400,
      body: { status: "invalid", issues },
    });
    expect(failureOf({ statusCode: 400 })).toMatchObject({
      body: { status: "invalid", issues: [{ code: "http.badRequest" }] },
    });
    expect(failureOf({ statusCode: 413 })).toMatchObject({ body: { code: "http.bodyTooLarge" } });
  });
});
