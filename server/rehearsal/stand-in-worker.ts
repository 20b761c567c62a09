import { existsSync, renameSync } from "node:fs";
import { stepBackWholly } from "../lib/step-back.ts";
import { type Emulator, startEmulator } from "../wecom/emulator/start.ts";

/**
 * The WeCom of rehearsals: a process of its own on a free port of this machine alone. It lives only as long as the pipe to its parent: after a kill -9 of
 * the server it writes its file and goes by itself.
 */
export type StandInStart = {
  readonly kind: "start";
  /** Groups and people outlive the process in it. */
  readonly dataFile: string;
  readonly name: string;
  /** Made anew for each life; they open nothing else. */
  readonly secret: string;
  readonly callbackToken: string;
  readonly aesKey: string;
  /** Null: nobody is told of what happens. */
  readonly callbackUrl: string | null;
};
export type StandInReady = {
  readonly kind: "ready";
  readonly url: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly robotKey: string;
};

/** The same people and ids on every machine, so that what tables know of them stays true when the file is lost. */
const SEED = 20_260;
const CORP_ID = "ww0000000000example";
const AGENT_ID = 1_000_002;
const PEOPLE = { staff: 4, groups: 12, customers: 300, customersPerGroup: 25 } as const;
/** Real WeCom takes its time, a rehearsal at sixty times the speed has none. */
const SWITCHES = { dispatchMs: 300, detailLagMs: 300 } as const;

stepBackWholly();
// A terminal's Ctrl C reaches the whole group, but when to go is the parent's decision.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.once("message", (start: StandInStart) => void run(start));
let closing: () => Promise<void> = () => Promise.resolve();
process.once("disconnect", () => void closing().finally(() => process.exit(0)));
// The parent may have died while our modules were loading, before anybody listened.
if (!process.connected) process.exit(0);

async function run(start: StandInStart): Promise<void> {
  const emulator = await startFrom(start.dataFile);
  closing = () => emulator.close();
  const { control } = emulator;
  const corp = control.corp(CORP_ID) ?? control.seed({ corpId: CORP_ID, name: start.name, ...PEOPLE });
  const [robot] = corp.robots.values();
  if (!robot) throw new Error("the stand-in has no robot");
  const { secret, callbackToken, aesKey, callbackUrl } = start;
  await control.ask("PATCH", `/emulator/apps/${AGENT_ID}`, { secret, callbackToken, aesKey, callbackUrl });
  await control.ask("PATCH", "/emulator/switches", SWITCHES);
  const ready: StandInReady = {
    kind: "ready",
    url: emulator.url,
    corpId: CORP_ID,
    agentId: AGENT_ID,
    robotKey: robot.key,
  };
  process.send?.(ready);
}

/** A file that can't be read is put aside: rehearsals begin anew rather than not at all. */
async function startFrom(dataFile: string): Promise<Emulator> {
  try {
    return await startEmulator({ seed: SEED, dataFile });
  } catch (error) {
    if (!existsSync(dataFile)) throw error;
    console.error("the file of the rehearsals' WeCom can't be read, beginning anew", error);
    renameSync(dataFile, `${dataFile}.unreadable`);
    return startEmulator({ seed: SEED, dataFile });
  }
}
