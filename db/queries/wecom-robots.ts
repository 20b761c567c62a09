import { asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomRobots } from "../schema/wecom-corps.ts";

export type RobotRow = typeof wecomRobots.$inferSelect;
export type RobotChange = Partial<Pick<RobotRow, "name" | "groupName" | "purpose" | "keySealed" | "keyAt" | "keyHash">>;

export async function listRobots(db: Database): Promise<RobotRow[]> {
  return db.select().from(wecomRobots).orderBy(asc(wecomRobots.createdAt), asc(wecomRobots.id));
}

/** False: a robot with that key is known already. */
export async function insertRobot(db: Database, row: RobotRow): Promise<boolean> {
  const made = await db.insert(wecomRobots).values(row).onConflictDoNothing().returning({ id: wecomRobots.id });
  return made.length > 0;
}

export async function changeRobot(db: Database, id: string, change: RobotChange): Promise<void> {
  if (Object.keys(change).length > 0) await db.update(wecomRobots).set(change).where(eq(wecomRobots.id, id));
}

export async function deleteRobot(db: Database, id: string): Promise<void> {
  await db.delete(wecomRobots).where(eq(wecomRobots.id, id));
}
