import { randomUUID } from "node:crypto";
import { startEmbedded } from "#db/embedded.ts";
import { openEventStore } from "#db/event-store.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { corpStream } from "#domain/corp/index.ts";
import { unreachedBy, type QuotaState } from "#domain/corp/quota-state.ts";
import type { Json } from "#domain/op.ts";
import { owed } from "#domain/push/owed.ts";
import type { PushState } from "#domain/push/state.ts";
import { dayOf } from "#domain/shanghai-day.ts";
import { engineOf } from "#domain/stream-engine.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import { createDirectory } from "#server/live/directory.ts";
import { SYSTEM } from "#server/live/directory-contract.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { noSavedFolds } from "#server/live/saved-folds.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench } from "./bench.ts";

const GROUPS = 10_000;
const OWNERS = 20;
/** Sends of each group that the account knows already: the middle of a month. */
const KNOWN = 12;
const ROUNDS = 6;
const show = "push-show";
const corp = corpStream("corp1");
const operator = { id: "staff:op", grants: ["operator"] } as const;
const groups = Array.from({ length: GROUPS }, (_none, at) => `wg_${String(at).padStart(18, "0")}`);

/** A push to 10,000 groups: planned, its tasks made, its quota reserved in the corp's stream, and what it will not reach foreseen. */
export const pushPlan: Bench = {
  name: "push.plan",
  async run(say) {
    const place = tempDir("push-plan");
    const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    await migrateDatabase(database.url);
    const store = openEventStore({ url: database.url, name: "bench" });
    const directory = createDirectory({
      engineOf,
      store,
      saved: noSavedFolds,
      node: { owner: "bench", address: "" },
      wall: Date.now,
      vault: createVault("a secret for benches that is long enough"),
      metrics: noMetrics,
      log: createLog("warn"),
      opened: () => undefined,
      remote: null,
    });
    const send = async (
      stream: string,
      type: string,
      input: unknown,
      sender: Parameters<typeof directory.send>[2] = SYSTEM,
    ): Promise<Json> => {
      const parsed = engineOf(stream).parse({ id: randomUUID(), type, input });
      if (!("parsed" in parsed)) throw new Error(JSON.stringify(parsed.issues));
      const answer = await directory.send(stream, parsed.parsed, sender);
      if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
      return answer.result ?? null;
    };
    const pushes = <T>(read: (own: PushState) => T) =>
      directory.read(show, (state) => read(state.slices["push"] as PushState));
    const plannedStartAt = Date.now() + 24 * 3_600_000;
    /** From the press to the answer who will not be reached. */
    const plan = async (round: number): Promise<void> => {
      const audience = { purposes: ["直播"] };
      const planned = await send(
        show,
        "push.plan",
        { kind: "groups", title: `第 ${round} 条`, copy: { text: "今晚 {{startsAt}} 开播" }, audience },
        operator,
      );
      const pushId = String(Object(planned).pushId);
      const [wish] = await pushes((own) => owed(own, Date.now()).filter((work) => work.kind === "resolve"));
      const per = GROUPS / OWNERS;
      const tasks = Array.from({ length: OWNERS }, (_none, at) => ({
        taskId: `r${round}t${String(at).padStart(4, "0")}`,
        role: "mass",
        staffId: `m${at}`,
        robotId: null,
        targetIds: groups.slice(at * per, (at + 1) * per),
      }));
      const facts = { corpId: "corp1", emulated: false, zone: "Asia/Shanghai", leftOut: 0 };
      await send(show, "push.resolved", { pushId, rev: wish?.kind === "resolve" ? wish.rev : 1, ...facts, tasks });
      const [due] = await pushes((own) =>
        owed(own, Date.now()).flatMap((work) => (work.kind === "reserve" ? [work] : [])),
      );
      if (!due) throw new Error("nothing was to be reserved");
      const { day, targetIds, rev } = due;
      const { over, unknown } = Object(await send(corp, "quota.reserve", { pushId, sessionId: show, day, targetIds }));
      await send(show, "push.reserved", { pushId, rev, day, over, unknown });
      await directory.read(corp, (state) => unreachedBy(state.slices["quota"] as QuotaState));
    };
    try {
      await send(
        show,
        "session.create",
        { sessionId: show, roomId: "room", title: "示例", plannedStartAt, plannedEndAt: plannedStartAt + 14_400_000 },
        operator,
      );
      for (let at = 0; at < KNOWN; at += 1) {
        const sends = [{ sendId: `known${at}`, day: dayOf(plannedStartAt), source: "own", targetIds: groups }];
        await send(corp, "quota.observe", { sends, read: null });
      }
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedAt = performance.now();
        await plan(round);
        took.push(performance.now() - startedAt);
      }
      const worst = Math.max(...took);
      say(`${GROUPS} groups of ${OWNERS} owners, ${ROUNDS} times: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
      return [
        {
          name: "push.plan",
          value: Math.round(worst),
          unit: "ms",
          baseline: null,
          goal: { kind: "atMost", value: 2_000 },
        },
      ];
    } finally {
      await directory.close();
      await store.close();
      await database.stop();
      place.remove();
    }
  },
};
