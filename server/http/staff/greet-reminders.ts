import type { Database } from "#db/client.ts";
import { firstContacts, waitingByMember } from "#db/queries/first-contacts.ts";
import { membersById } from "#db/queries/wecom-members.ts";
import { listRobots } from "#db/queries/wecom-robots.ts";
import { corpOfRoom } from "#db/queries/wecom-room-corps.ts";
import { STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import { RecentMap } from "../../lib/recent-map.ts";
import { isWecomFailure } from "../../wecom/wecom-error.ts";
import type { WecomFor } from "../../wecom/wecom-for.ts";
import { rejected } from "../failures.ts";
import { maskName } from "../personal.ts";

/**
 * A line of the robot to the internal group of a member: whom they have to greet. Names are masked, and stand in no log. Sent at most once: what a robot may
 * have said is not said again by itself.
 */
export type GreetReminder = {
  readonly sessionId: string;
  readonly roomId: string;
  readonly rehearsal: boolean;
  readonly memberId: string;
  readonly robotId: string | undefined;
};

const NAMED_MAX = 10;
const AGAIN_MS = 2 * 60_000;
const USEFUL_MS = 60_000;
const KNOWN_MAX = 10_000;

type Parts = { readonly db: Database; readonly wecomFor: WecomFor };

/** Answers how many it named; refuses with `firstContact.…`. */
export function createGreetReminders({ db, wecomFor }: Parts): (asked: GreetReminder) => Promise<number> {
  const last = new RecentMap<number>(KNOWN_MAX);
  return async (asked) => {
    const { sessionId, memberId, rehearsal } = asked;
    const key = `${sessionId} ${memberId}`;
    const now = Date.now();
    if ((last.get(key) ?? 0) > now - AGAIN_MS) throw rejected("firstContact.justSent");
    const [[member], waiting, contacts] = await Promise.all([
      membersById(db, [memberId]),
      waitingByMember(db, sessionId),
      firstContacts(db, sessionId, { memberId, after: null, limit: NAMED_MAX }),
    ]);
    const own = waiting.find((row) => row.memberId === memberId);
    if (!member || !own || contacts.length === 0) throw rejected("firstContact.nobody");
    const robotId = asked.robotId ?? (await robotOf(db, asked));
    const robot = robotId === undefined ? null : await wecomFor({ rehearsal }).robotFor(robotId);
    if (!robot) throw rejected("firstContact.noRobot");
    const words = contacts.map(({ name, since }) => `${name === null ? "新朋友" : maskName(name)}(${timeOf(since)})`);
    const rest = own.waiting > words.length ? ` 等 ${own.waiting} 位` : "";
    const content = `【首联提醒】${member.name ?? member.userid} 有 ${own.waiting} 位待首联,请尽快打招呼:${words.join("、")}${rest}`;
    last.set(key, now);
    try {
      const message = { msgtype: "text" as const, text: { content, mentioned_list: [member.userid] } };
      await robot.send({ message, lane: "normal", useBy: now + USEFUL_MS });
    } catch (error) {
      if (!isWecomFailure(error)) throw error;
      last.delete(key);
      throw rejected("firstContact.robotFailed");
    }
    return words.length;
  };
}

/** That for reminders, of the company through which the room's shows go; else its one for everything. */
async function robotOf(db: Database, { roomId, rehearsal }: GreetReminder): Promise<string | undefined> {
  if (rehearsal) return STAND_IN_ROBOT;
  const corpId = await corpOfRoom(db, roomId, "show");
  const robots = (await listRobots(db)).filter(({ corpRow }) => corpRow === corpId);
  return (robots.find(({ purpose }) => purpose === "reminders") ?? robots.find(({ purpose }) => purpose === "all"))?.id;
}

const timeOf = (at: number): string =>
  new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" }).format(at);
