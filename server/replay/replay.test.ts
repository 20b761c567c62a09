import { afterEach, describe, expect, it } from "vitest";
import { BusyError } from "../live/directory-contract.ts";
import { freePort } from "#tests/support/ports.ts";
import { createReplay, type Replay } from "./replay.ts";

let replay: Replay;
afterEach(() => replay.close());

const ask = () => replay.viewAt("s_any", "control", 1);

describe("the replay thread", () => {
  it("that died takes its own questions with it, not those of the next one", async () => {
    // An address that is none ends the thread while it starts.
    replay = createReplay("not an address");
    const failures: string[] = [];
    for (let tries = 0; tries < 3; tries += 1) await ask().catch((error: Error) => failures.push(error.message));
    expect(failures).toHaveLength(3);
    for (const message of failures) expect(message).toMatch(/Invalid URL/);
  });

  it("says busy, not broken, while the database is away, and when too many ask", async () => {
    replay = createReplay(`postgres://kaibo:x@127.0.0.1:${await freePort()}/kaibo`);
    await expect(ask()).rejects.toBeInstanceOf(BusyError);
    const many = Array.from({ length: 300 }, ask);
    for (const question of many) question.catch(() => undefined);
    // Those for whom there is no place in the row are told at once.
    for (const question of many.slice(-200)) await expect(question).rejects.toBeInstanceOf(BusyError);
  });
});
