import { constants, setPriority } from "node:os";
import { z } from "zod";
import { RehearsalApi } from "./api.ts";
import { RehearsalRunner, type RehearsalPlan, type RehearsalProgress } from "./runner.ts";

/** A process of its own: a busy audience must not take time from the writer. It ends with its rehearsal, or with its parent. */

export type WorkerStart = {
  readonly kind: "start";
  readonly baseUrl: string;
  readonly token: string;
  readonly plan: RehearsalPlan;
};
export type WorkerOrder =
  | { readonly kind: "speed"; readonly speed: number }
  | { readonly kind: "pause"; readonly paused: boolean }
  | { readonly kind: "stop" };
export type WorkerNews =
  | { readonly kind: "progress"; readonly progress: RehearsalProgress }
  | { readonly kind: "failed"; readonly message: string };

const Order = z.union([
  z.object({ kind: z.literal("speed"), speed: z.number().min(1).max(60) }),
  z.object({ kind: z.literal("pause"), paused: z.boolean() }),
  z.object({ kind: z.literal("stop") }),
]);

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
process.once("disconnect", () => process.exit(0));
process.once("message", (start: WorkerStart) => void run(start));

async function run({ baseUrl, token, plan }: WorkerStart): Promise<void> {
  const tell = (news: WorkerNews) => process.send?.(news);
  const api = new RehearsalApi({ baseUrl, token, sessionId: plan.sessionId });
  const runner = new RehearsalRunner(api, plan);
  process.on("message", (message) => {
    const order = Order.parse(message);
    if (order.kind === "stop") runner.stop();
    else if (order.kind === "speed") runner.setSpeed(order.speed);
    else runner.setPaused(order.paused);
  });
  try {
    await runner.run((progress) => tell({ kind: "progress", progress }));
  } catch (error) {
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
  api.close();
  process.disconnect();
}
