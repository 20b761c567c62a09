import { stepBackWholly } from "../lib/step-back.ts";
import { RehearsalApi } from "./api.ts";
import { RehearsalRunner, type RehearsalPlan } from "./runner.ts";
import { StandInPhones } from "./stand-in-phones.ts";

/** A process of its own: a busy audience must not take time from the writer. It ends with its rehearsal, or with its parent. */

export type WorkerStart = {
  readonly kind: "start";
  readonly baseUrl: string;
  readonly token: string;
  readonly plan: RehearsalPlan;
  /** Where the phones of 示例企业 are; null: it is away. */
  readonly phonesUrl: string | null;
};
/** `alive`: told all the time, for one that hangs does not end by itself. */
export type WorkerNews = { readonly kind: "alive" } | { readonly kind: "failed"; readonly message: string };

stepBackWholly();
// A terminal's Ctrl C reaches the whole group, but when to go is the parent's decision: a stop is no failure.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.once("disconnect", () => process.exit(0));
process.once("message", (start: WorkerStart) => void run(start));

async function run({ baseUrl, token, plan, phonesUrl }: WorkerStart): Promise<void> {
  const api = new RehearsalApi({ baseUrl, token, sessionId: plan.sessionId });
  try {
    const phones = phonesUrl === null ? null : new StandInPhones(phonesUrl);
    await new RehearsalRunner(api, plan, phones).run(() => process.send?.({ kind: "alive" } satisfies WorkerNews));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.send?.({ kind: "failed", message } satisfies WorkerNews);
  }
  api.close();
  process.disconnect();
}
