import { describe, expect, it } from "vitest";
import { GROUPS, planned, pushOf, reserve, resolve } from "#tests/support/pushes.ts";
import { namedText, personsIn } from "./named.ts";

const people = ["v_one", "v_two", "v_three", "v_four"];

/** A show where `v_one` brought two, `v_two` one. */
function spread() {
  const played = planned();
  const codes = new Map<string, string>();
  const signUp = (personId: string, by?: string) => {
    const newTo = { show: true, room: true, company: true };
    const touch = by === undefined ? null : { inviterCode: codes.get(by) ?? "", at: played.now };
    played.send("signup.signUp", { facts: { touch, newTo, suspicions: [] } }, { by: `person:${personId}` }).ok();
    codes.set(personId, String(Object(played.me(personId)["signup"]).code));
  };
  signUp("v_one");
  signUp("v_two", "v_one");
  signUp("v_three", "v_one");
  signUp("v_four", "v_two");
  return played.pass(2_000);
}

describe("figures of the warm-up in a push", () => {
  const copy = { text: "已有 {{signups}} 人登记,邀请榜:{{top3}}" };

  it("[PSH28] names persons by id in the log, who are named where the words leave the server", () => {
    const played = spread().when("leaderboard.publish", {}).ok();
    const pushed = reserve(resolve(played.when("push.plan", { ...GROUPS, copy }).ok()));
    pushed
      .when("push.handOver", { pushId: pushOf(pushed).pushId })
      .ok()
      .pass(3_000);
    const { filled } = pushOf(pushed);
    if (!filled) throw new Error("not handed over");
    expect(filled.text).toBe("已有 4 人登记,邀请榜:{{@v_one}}、{{@v_two}}");
    expect(personsIn(filled)).toEqual(["v_one", "v_two"]);
    expect(namedText(filled.text, (id) => `${people.indexOf(id) + 1}号**`)).toBe("已有 4 人登记,邀请榜:1号**、2号**");
    expect(Object(pushed.row("control", "pushes", pushOf(pushed).pushId)).persons).toEqual(["v_one", "v_two"]);
  });

  it("[PSH28] tells nobody that nobody came, and nothing of a board that is hidden", () => {
    const refused = (played: ReturnType<typeof planned>, fields: string[]) => {
      const pushed = reserve(resolve(played.when("push.plan", { ...GROUPS, copy }).ok()));
      const { pushId } = pushOf(pushed);
      pushed.when("push.handOver", { pushId }).rejected("push.copyMissing", { pushId, fields });
    };
    refused(planned(), ["signups", "top3"]);
    refused(spread(), ["top3"]);
  });
});
