import { setTimeout as sleep } from "node:timers/promises";
import { expect, type APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { soonToday } from "#components/push/soon-today.ts";
import type { PushWhen } from "#domain/push/shapes.ts";
import { dayNumberOf, dayOf, startOfDay } from "#domain/shanghai-day.ts";
import { rowsOf } from "./forwarding.ts";
import type { StaffApi } from "./staff-api.ts";
import { seedCorp, standInUrl, type StandInCorp } from "./stand-in-corp.ts";

/** A company of the stand-in that the first room's shows use: connected and read over the API, as the pages of WeCom do it. */
export type ConnectedCorp = {
  readonly corp: StandInCorp;
  /** Row of the company. */
  readonly id: string;
  readonly roomId: string;
  /** Row of the robot of its internal group. */
  readonly robotId: string;
  /** All members send what waits for them, as they would on their phones. */
  everybodySends(): Promise<void>;
  /** What its robots said, the oldest first. */
  robotSaid(): Promise<readonly string[]>;
  /** Messages that staff were asked to send, as WeCom got them. */
  handedOver(): Promise<readonly unknown[]>;
  /** From now on the stand-in fails so; see docs/wecom-emulator.md. */
  fails(fault: { readonly path: string; readonly kind: string; readonly times: number }): Promise<void>;
  /** Leaves the house as it was: other tests begin without a company. */
  disconnect(): Promise<void>;
};

const WithId = z.object({ id: z.string() });
const Rooms = z.object({ rooms: z.array(WithId).min(1) });
const Sync = z.object({ state: z.string() });
const Tasks = z.object({
  tasks: z.array(z.object({ msgid: z.string(), senders: z.array(z.object({ userid: z.string() })) })),
});

const ROBOT_SEND = "webhook/send";
const MASS_SEND = "add_msg_template";
const Calls = z.object({ calls: z.array(z.object({ body: z.unknown(), errcode: z.int().nullish() })) });
const Said = z.object({ text: z.object({ content: z.string() }).optional(), msgtype: z.string() });

/**
 * For what a person will hand over now: quota is counted by days of Shanghai, and shortly before midnight what is planned for the start is tomorrow's. Where
 * today is all but over, tomorrow is waited for.
 */
export async function laterToday(): Promise<{ readonly when: PushWhen; readonly leadMs: number }> {
  const leftMs = startOfDay(dayNumberOf(Date.now()) + 1) - Date.now();
  if (leftMs < 2 * 60_000) await sleep(leftMs + 1_000);
  return { when: { by: "time", at: soonToday(Date.now()) }, leadMs: 0 };
}

/** A 群发 that was planned for the start goes later today, and has its quota. */
export async function goesToday(
  staff: StaffApi,
  request: APIRequestContext,
  { sessionId, title }: { readonly sessionId: string; readonly title: string },
): Promise<void> {
  const push = async () => (await rowsOf(request, sessionId, "pushes")).find(([, row]) => row["title"] === title);
  const [pushId = ""] = (await push()) ?? [];
  await staff.send(sessionId, "push.edit", { pushId, to: await laterToday() });
  const today = { is: "reserved", day: dayOf(Date.now()) };
  await expect.poll(async () => (await push())?.[1]["quota"]).toMatchObject(today);
}

type Size = { readonly staff: number; readonly groups: number; readonly customers: number };

export async function connectCorp(request: APIRequestContext, baseURL: string, size: Size): Promise<ConnectedCorp> {
  const headers = { origin: baseURL };
  const ask = async (method: "get" | "post" | "put" | "delete", path: string, data?: object): Promise<unknown> => {
    const answer = await request[method](`/api/v1/${path}`, { headers, ...(data ? { data } : {}) });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const corp = await seedCorp(request, { name: "示例推送企业", ...size });
  const [app] = corp.apps;
  const { id } = WithId.parse(await ask("post", "wecom/corps", { corpId: corp.corpId, name: "示例推送企业" }));
  await ask("post", `wecom/corps/${id}/apps`, { name: "开播", agentId: app?.agentId, secret: app?.secret });
  const robot = { name: "示例机器人", groupName: "示例运营群", key: corp.robots[0]?.key };
  const { id: robotId } = WithId.parse(await ask("post", `wecom/corps/${id}/robots`, robot));
  const { rooms } = Rooms.parse(await ask("get", "rooms"));
  const roomId = rooms[0]?.id ?? "";
  await ask("put", `wecom/rooms/${roomId}`, { corpId: id });
  await ask("post", `wecom/corps/${id}/sync`, {});
  const readAlready = async () => Sync.parse(await ask("get", `wecom/corps/${id}/sync`)).state;
  await expect.poll(readAlready, { timeout: 60_000 }).toBe("done");

  const callsOf = async (path: string): Promise<unknown[]> => {
    const answer = await request.get(`${standInUrl()}/emulator/calls?limit=2000&path=${path}`);
    return Calls.parse(await answer.json())
      .calls.map(({ body }) => body)
      .toReversed();
  };
  await request.delete(`${standInUrl()}/emulator/faults`);
  // The stand-in serves all tests of the run: what it was told before is not this company's.
  const before = { robot: (await callsOf(ROBOT_SEND)).length, mass: (await callsOf(MASS_SEND)).length };

  return {
    corp,
    id,
    roomId,
    robotId,
    async robotSaid() {
      const calls = (await callsOf(ROBOT_SEND)).slice(before.robot);
      return calls.map((body) => {
        // The stand-in keeps no body as large as a picture's.
        const { text, msgtype } = body === null ? { msgtype: "image" } : Said.parse(body);
        return text?.content ?? msgtype;
      });
    },
    handedOver: async () => (await callsOf(MASS_SEND)).slice(before.mass),
    async fails(fault) {
      expect((await request.post(`${standInUrl()}/emulator/faults`, { data: fault })).ok()).toBe(true);
    },
    async everybodySends() {
      const { tasks } = Tasks.parse(
        await (await request.get(`${standInUrl()}/emulator/tasks?corp=${corp.corpId}`)).json(),
      );
      for (const { msgid, senders } of tasks) {
        for (const { userid } of senders) {
          const url = `${standInUrl()}/emulator/staff/${userid}/tasks/${msgid}/send?corp=${corp.corpId}`;
          expect((await request.post(url, { data: {} })).ok()).toBe(true);
        }
      }
    },
    async disconnect() {
      await ask("put", `wecom/rooms/${roomId}`, { corpId: null });
      await ask("delete", `wecom/corps/${id}`);
    },
  };
}
