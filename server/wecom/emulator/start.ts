import type { AddressInfo } from "node:net";
import { Rates } from "./api/rates.ts";
import { CallLog } from "./call-log.ts";
import { Deliveries } from "./callbacks/deliveries.ts";
import type { WallClock } from "./clock.ts";
import { Control } from "./control/control.ts";
import { Faults } from "./faults.ts";
import { createEmulatorServer } from "./http-server.ts";
import { keepInFile } from "./state/file.ts";
import { World } from "./state/world.ts";

export type EmulatorOptions = {
  /** 0: any free one. */
  readonly port?: number;
  readonly host?: string;
  readonly clock?: WallClock;
  readonly seed?: number;
  /** A JSON file in which the state outlives the process. */
  readonly dataFile?: string;
};

export type Emulator = {
  /** Stands for https://qyapi.weixin.qq.com; without a trailing slash. */
  readonly url: string;
  readonly control: Control;
  readonly close: () => Promise<void>;
};

/** A WeCom of one's own. Begins without a corp unless the file has one: seed it through `control`. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = "127.0.0.1", clock = { now: Date.now }, seed = 1, dataFile } = options;
  const world = new World(clock, seed);
  const stopKeeping = dataFile === undefined ? null : keepInFile(world, dataFile);
  const deliveries = new Deliveries(world);
  const desk = { world, rates: new Rates(world), deliveries };
  const faults = new Faults();
  const calls = new CallLog();
  const control = new Control({ desk, faults, calls });
  const server = createEmulatorServer({ desk, faults, calls, control });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: given } = addressOf(server.address());
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${given}`,
    control,
    async close() {
      deliveries.close();
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      stopKeeping?.();
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("the stand-in listens on no port");
  return address;
}
