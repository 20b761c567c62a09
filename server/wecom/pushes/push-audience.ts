import type { Database } from "#db/client.ts";
import { listRobots } from "#db/queries/wecom-robots.ts";
import { resolveAudience } from "../sync/resolve-audience.ts";
import type { ResolveAudience } from "./push-parts.ts";

/** The robots of a corp that a push may speak through, by id. */
export type RobotsOfCorp = (corpId: string) => Promise<readonly string[]>;

/** Rows of real corps; a stand-in's robots are named by the rehearsal that made it. */
export function robotsByRow(db: Database, standIn: RobotsOfCorp): RobotsOfCorp {
  return async (corpId) => {
    const rows = (await listRobots(db)).filter(({ corpRow }) => corpRow === corpId).map(({ id }) => id);
    return rows.length > 0 ? rows : standIn(corpId);
  };
}

/** What a push makes of a selection: 群发 by sender; a robot's message for each robot; 员工转发 one list for each member, and robots that tell them. */
export function createPushAudience(db: Database, robotsOf: RobotsOfCorp): ResolveAudience {
  return async ({ corpId, kind, audience }) => {
    const known = kind === "robot" || kind === "forward" ? await robotsOf(corpId) : [];
    const robotIds = audience.robotIds.filter((robotId) => known.includes(robotId));
    const robots = robotIds.map((robotId) => ({ role: "robot" as const, staffId: null, robotId, targetIds: [] }));
    const strange = audience.robotIds.length - robotIds.length;
    if (kind === "robot") return { tasks: robots, leftOut: strange };
    const { tasks, leftOut } = await resolveAudience(db, { corpId, kind, audience });
    const role = kind === "forward" ? ("forward" as const) : ("mass" as const);
    const lists = tasks.map(({ staffId, targets }) => ({ role, staffId, robotId: null, targetIds: [...targets] }));
    return { tasks: [...lists, ...robots], leftOut: leftOut.length + strange };
  };
}
