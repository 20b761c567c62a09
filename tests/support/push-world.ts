import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { setRoomCorp } from "#db/queries/wecom-room-corps.ts";
import { wecomGroups, wecomMembers } from "#db/schema/wecom-people.ts";
import type { Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import type { Push, PushTask } from "#domain/push/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { createLog } from "#server/lib/log.ts";
import { SYSTEM, type Directory, type Sender } from "#server/live/directory-contract.ts";
import { startEmulator, type Emulator } from "#server/wecom/emulator/start.ts";
import { createPushAudience } from "#server/wecom/pushes/push-audience.ts";
import { createPushMedia } from "#server/wecom/pushes/push-media.ts";
import { createPushRunner, type PushRunner } from "#server/wecom/pushes/push-runner.ts";
import { createRehearsalWecom, type RehearsalClients } from "#server/wecom/rehearsal-wecom.ts";
import { createWecomFor, type RealWecom } from "#server/wecom/wecom-for.ts";
import { memoryDirectory, type MemoryDirectory } from "./memory-directory.ts";

/**
 * A rehearsed show, the true runner of pushes and the stand-in of WeCom, with the people of the stand-in in the tables. Time is `Date`: `skip` moves
 * it, and the test touches the runner.
 */
export type PushWorld = {
  readonly emulator: Emulator;
  readonly directory: MemoryDirectory;
  readonly groupIds: readonly string[];
  readonly robotId: string;
  /** A runner on this show; `through` may lose, delay or refuse what it says. */
  run(through?: Pick<Directory, "send" | "read">): PushRunner;
  send(type: string, input: unknown, by?: Sender): Promise<CommandAnswer>;
  /** Plans a 群发 to all groups and presses: it is handed over as soon as it may be. */
  plan(more?: object): Promise<string>;
  handOver(pushId: string): Promise<void>;
  push(pushId: string): Promise<Push>;
  tasks(pushId: string): Promise<readonly PushTask[]>;
  close(): Promise<void>;
};

export const SHOW = "s_pushes";
const ROOM = "r_pushes";
const CORP = "stand-in";
const ROBOT = "stand-in-robot";
const operator: Sender = { id: "staff:op", grants: ["operator"] };

/** There is none: a rehearsal must never ask for one. */
const forbidden: RealWecom = {
  world: "real",
  clientFor: () => Promise.reject(new Error("a rehearsal asked for the real WeCom")),
  robotFor: () => Promise.reject(new Error("a rehearsal asked for a real robot")),
};

export async function pushWorld(
  { db, skip }: { readonly db: Database; readonly skip: (ms: number) => void },
  seed: { readonly staff?: number; readonly groups?: number } = {},
): Promise<PushWorld> {
  const emulator = await startEmulator({ clock: { now: () => Date.now() }, seed: 11 });
  const corp = emulator.control.seed({ staff: 3, groups: 7, customers: 20, customersPerGroup: 4, ...seed });
  const directory = memoryDirectory();
  const groupIds = await keepPeople(db, corp);
  await setRoomCorp(db, { roomId: ROOM, use: "rehearsal", corpId: CORP, by: "staff:op", now: Date.now() });
  const clients = clientsOf(emulator);
  const runners = new Set<PushRunner>();
  const send = (type: string, input: unknown, by = operator): Promise<CommandAnswer> => {
    const checked = engine.parse({ id: randomUUID(), type, input });
    if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
    return directory.send(SHOW, checked.parsed, by);
  };
  const state = () => directory.read(SHOW, (state) => sliceOf(state, "push"));

  const plannedStartAt = Date.now() + 3_600_000;
  const times = { plannedStartAt, plannedEndAt: plannedStartAt + 4 * 3_600_000 };
  await send("session.create", { sessionId: SHOW, roomId: ROOM, title: "示例场次", ...times, rehearsal: true });

  return {
    emulator,
    directory,
    groupIds,
    robotId: ROBOT,
    run(through = directory) {
      const runner = createPushRunner({
        db,
        directory: through,
        wecomFor: createWecomFor(forbidden, clients),
        resolveAudience: createPushAudience(db, () => Promise.resolve([ROBOT])),
        media: createPushMedia(db, Date.now),
        links: {
          viewer: (sessionId) => `https://kaibo.example/v/${sessionId}`,
          report: (sessionId) => `https://kaibo.example/shows/${sessionId}/report`,
          forward: (sessionId, pushId) => `https://kaibo.example/forward/${sessionId}.${pushId}`,
        },
        wall: () => Date.now(),
        log: createLog(null),
      });
      // One that dies leaves what it was at for ever.
      if (through === directory) runners.add(runner);
      return runner;
    },
    send,
    async plan(more = {}) {
      const copy = { text: "今晚开播,{{startsAt}} 见", mentionStaffIds: [] };
      const audience = {
        groupIds,
        ownerIds: [],
        purposes: [],
        tags: [],
        contactTagIds: [],
        staffIds: [],
        robotIds: [],
      };
      const when = { by: "time", at: Date.now() + 30 * 60_000 };
      const answer = await send("push.plan", { kind: "groups", title: "开播提醒", copy, audience, when, ...more });
      return resultOf(answer)["pushId"] as string;
    },
    async handOver(pushId) {
      const { armId } = resultOf(await send("push.handOver", { pushId }));
      skip(3_001);
      const fired = await send("arm.fire", { armId }, SYSTEM);
      if (fired.status !== "ok") throw new Error(JSON.stringify(fired));
    },
    async push(pushId) {
      const found = (await state()).pushes.get(pushId);
      if (!found) throw new Error(`no push ${pushId}`);
      return found;
    },
    tasks: async (pushId) => [...(await state()).tasks.values()].filter((task) => task.pushId === pushId),
    async close() {
      await Promise.all([...runners].map((runner) => runner.close()));
      clients.close();
      await emulator.close();
    },
  };
}

function clientsOf(emulator: Emulator): RehearsalClients {
  const [corp] = emulator.control.corpIds().flatMap((id) => emulator.control.corp(id) ?? []);
  const [app] = corp?.apps.values() ?? [];
  const [robot] = corp?.robots.values() ?? [];
  if (!corp || !app || !robot) throw new Error("the stand-in has no corp");
  const { corpId } = corp;
  return createRehearsalWecom({
    standIns: {
      corp: async (id) =>
        id === CORP ? { baseUrl: emulator.url, corpId, agentId: app.agentId, secret: app.secret } : null,
      robot: async (id) => (id === ROBOT ? { baseUrl: emulator.url, corpId, key: robot.key } : null),
    },
    log: createLog(null),
  });
}

async function keepPeople(db: Database, corp: NonNullable<ReturnType<Emulator["control"]["corp"]>>): Promise<string[]> {
  const seen = { corpId: CORP, firstSeenAt: Date.now() };
  const members = [...corp.staff.keys()].map((userid, at) => ({ id: `m_${at}`, userid, active: true, ...seen }));
  await db.insert(wecomMembers).values(members);
  const groups = [...corp.groups.values()].map(({ chatId, owner, name }, at) => ({
    id: `g_${at}`,
    chatId,
    name,
    ownerId: members.find(({ userid }) => userid === owner)?.id ?? null,
    ...seen,
  }));
  await db.insert(wecomGroups).values(groups);
  return groups.map(({ id }) => id);
}

function resultOf(answer: CommandAnswer): Readonly<Record<string, Json | undefined>> {
  if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
  return answer.result as Readonly<Record<string, Json>>;
}

/** Until it holds. The clock that is set by hand goes on a little meanwhile: what failed on a busy machine waits for its next try. */
export async function until(holds: () => Promise<boolean>, what: string, goOn = (): void => undefined): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > 60_000) throw new Error(`it did not come true: ${what}`);
    goOn();
    await sleep(5);
  }
}
