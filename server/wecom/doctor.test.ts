import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "#tests/support/ports.ts";
import { cut, startTinyWecom, steppedClock, testLine, type TinyWecom } from "#tests/support/tiny-wecom.ts";
import { createClient } from "./client.ts";
import { examineApp, robotLine } from "./doctor.ts";
import { WecomTransportError } from "./wecom-error.ts";

let tiny: TinyWecom;
beforeEach(async () => {
  tiny = await startTinyWecom();
});
afterEach(() => tiny.stop());

function doctorOf(url: string) {
  const { line } = testLine(url, { clock: steppedClock() });
  const client = createClient(line, { corpId: "ww-example", secret: "example-app-secret", agentId: 1_000_002 });
  const app = {
    name: "示例应用",
    purpose: "customers" as const,
    secretSealed: "sealed",
    callbackAt: null,
    callbackVerifiedAt: null,
  };
  const about = { lastCallbackAt: null, callbackUrl: "https://show.example/hooks", publicUrl: "https://show.example" };
  return async () => {
    const lines = await examineApp({ app, client, ...about });
    return lines.find(({ check }) => check === "reach");
  };
}

describe("the doctor, while WeCom is away", () => {
  it("tells a WeCom that breaks off from one that can't be reached", async () => {
    tiny.on("gettoken", cut);
    expect(await doctorOf(tiny.url)()).toMatchObject({ state: "failed", code: "noAnswer" });
    expect(await doctorOf(`http://127.0.0.1:${await freePort()}`)()).toMatchObject({ code: "unreachable" });
  });

  it("says when it is asked again, once Kaibo has stopped asking", async () => {
    tiny.on("gettoken", cut);
    const examine = doctorOf(tiny.url);
    let reach = await examine();
    for (let times = 0; times < 6 && reach?.code !== "paused"; times += 1) reach = await examine();
    expect(reach).toMatchObject({ state: "failed", code: "paused" });
    expect(reach?.at).not.toBeNull();
  });
});

describe("a robot's last message", () => {
  const lost = (outcome: "unknown" | "notSent") =>
    new WecomTransportError({ api: "webhook/send", reason: "timeout", outcome });

  it("may be in the group when its answer was lost, and is not when it never left", () => {
    expect(robotLine("示例机器人", { at: 1, failure: lost("unknown") }).code).toBe("robotUnanswered");
    expect(robotLine("示例机器人", { at: 1, failure: lost("notSent") }).code).toBe("robotNotSent");
  });
});
