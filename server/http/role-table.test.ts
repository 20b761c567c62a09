import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { engine } from "#domain/ops/index.ts";
import { AUDIENCES, type Role } from "#domain/op.ts";
import type { Principal } from "../auth/principal.ts";
import { audienceOf, grantsIn, maySee, maySend } from "./access.ts";
import { renderRoles, ROLES_FILE, unreachableCommands } from "./role-table.ts";

describe("the table of roles", () => {
  it("says what the registry says; after a deliberate change run: node server/cli/roles.ts", () => {
    expect(readFileSync(ROLES_FILE, "utf8")).toBe(renderRoles());
  });

  it("leaves no command that nobody may send", () => {
    expect(unreachableCommands()).toEqual([]);
  });
});

describe("access", () => {
  const place = { sessionId: "s1", roomId: "r1" };
  const staff = (owner: boolean, roles: Record<string, Role[]>): Principal => ({
    kind: "staff",
    key: "session:x",
    personId: "p_1",
    name: "n",
    username: "n",
    owner,
    locale: "zh-CN",
    rolesByRoom: new Map(Object.entries(roles)),
  });

  it("gives nothing to those who have nothing to do with the room or show", () => {
    const strangers: Principal[] = [
      staff(false, {}),
      staff(false, { r2: ["manager"] }),
      { kind: "program", key: "token:x", tokenId: "t_1", name: "n", roomIds: ["r2"] },
      { kind: "screen", key: "link:x", linkId: "k_1", name: "n", sessionId: "s2" },
      { kind: "viewer", key: "viewer:x", sessionId: "s2", personId: "v_1", anonymous: false, expiresAt: 1 },
    ];
    for (const principal of strangers) {
      const grants = grantsIn(principal, place);
      expect(grants).toEqual([]);
      for (const audience of AUDIENCES) expect(maySee(grants, audience)).toBe(false);
      for (const rule of engine.commands.values()) expect(maySend(grants, rule)).toBe(false);
    }
  });

  it("[LOT10] shows the control room's winners to those who may record winners, and masked to the rest", () => {
    const deliver = ["owner", "manager", "operator", "floor", "service"] as const;
    for (const grant of deliver) expect(audienceOf([grant], "control")).toBe("control");
    for (const grant of ["assistant", "community", "ads", "reviewer", "program"] as const) {
      expect(audienceOf([grant], "control")).toBe("crew");
      expect(audienceOf([grant, "floor"], "control")).toBe("control");
    }
    for (const audience of ["host", "viewer", "review"] as const) expect(audienceOf(["ads"], audience)).toBe(audience);
  });

  it("never lets anybody from outside send what the writer sends itself", () => {
    const onlySystem = [...engine.commands.values()].filter(({ by }) => by.every((grant) => grant === "system"));
    expect(onlySystem.length).toBeGreaterThan(0);
    for (const rule of onlySystem) expect(maySend(grantsIn(staff(true, {}), place), rule)).toBe(false);
  });

  it("adds up the roles of a person", () => {
    const grants = grantsIn(staff(false, { r1: ["host", "operator"] }), place);
    expect(maySee(grants, "control")).toBe(true);
    expect(maySee(["host"], "control")).toBe(false);
  });
});
