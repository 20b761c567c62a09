import { expect, type APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { seedCorp, standInUrl, type StandInCorp } from "./stand-in-corp.ts";

/** A company of the stand-in that the first room's shows use: connected and read over the API, as the pages of WeCom do it. */
export type ConnectedCorp = {
  readonly corp: StandInCorp;
  /** Row of the company. */
  readonly id: string;
  readonly roomId: string;
  /** All members send what waits for them, as they would on their phones. */
  everybodySends(): Promise<void>;
  /** Leaves the house as it was: other tests begin without a company. */
  disconnect(): Promise<void>;
};

const WithId = z.object({ id: z.string() });
const Rooms = z.object({ rooms: z.array(WithId).min(1) });
const Sync = z.object({ state: z.string() });
const Tasks = z.object({
  tasks: z.array(z.object({ msgid: z.string(), senders: z.array(z.object({ userid: z.string() })) })),
});

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
  await ask("post", `wecom/corps/${id}/robots`, robot);
  const { rooms } = Rooms.parse(await ask("get", "rooms"));
  const roomId = rooms[0]?.id ?? "";
  await ask("put", `wecom/rooms/${roomId}`, { corpId: id });
  await ask("post", `wecom/corps/${id}/sync`, {});
  const readAlready = async () => Sync.parse(await ask("get", `wecom/corps/${id}/sync`)).state;
  await expect.poll(readAlready, { timeout: 60_000 }).toBe("done");

  return {
    corp,
    id,
    roomId,
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
