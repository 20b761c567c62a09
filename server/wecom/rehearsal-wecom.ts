import type { Logger } from "../lib/log.ts";
import { createClient } from "./client.ts";
import { RobotClient } from "./robot-client.ts";
import { noShelf } from "./token-shelf.ts";
import { createTransport } from "./transport.ts";
import type { RehearsalWecom } from "./wecom-for.ts";
import { realClock, type WecomClock, WecomLine } from "./wecom-line.ts";

/**
 * WeCom as rehearsals have it: stand-ins on this machine, with words that open nothing else. This file knows neither the database nor the vault nor the
 * Redis where real secrets and tokens are, and refuses every address that is not this machine's.
 */
export type StandIn = {
  readonly baseUrl: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
};
export type StandInRobot = { readonly baseUrl: string; readonly corpId: string; readonly key: string };

/** Where the stand-ins of running rehearsals are; null: there is none of that name. */
export type StandIns = {
  corp(id: string): Promise<StandIn | null>;
  robot(id: string): Promise<StandInRobot | null>;
};

/** Where no rehearsal has one. */
export const noStandIns: StandIns = { corp: () => Promise.resolve(null), robot: () => Promise.resolve(null) };

type Parts = { readonly standIns: StandIns; readonly log: Logger; readonly clock?: WecomClock };

export type RehearsalClients = RehearsalWecom & {
  /** That stand-in is gone. */
  leave(baseUrl: string): void;
  close(): void;
};

export function createRehearsalWecom({ standIns, log, clock = realClock }: Parts): RehearsalClients {
  const lines = new Map<string, WecomLine<"rehearsal">>();
  const robots = new Map<string, RobotClient<"rehearsal">>();

  const lineTo = (baseUrl: string): WecomLine<"rehearsal"> => {
    const known = lines.get(baseUrl);
    if (known) return known;
    if (!isThisMachine(baseUrl)) throw new Error("a rehearsal reaches stand-ins on this machine alone");
    const transport = createTransport(baseUrl);
    const line = new WecomLine({
      world: "rehearsal",
      transport,
      shelf: noShelf,
      figures: { asked: () => undefined },
      log,
      clock,
    });
    lines.set(baseUrl, line);
    return line;
  };

  const leave = (baseUrl: string): void => {
    for (const [name, robot] of robots) {
      if (!name.startsWith(`${baseUrl} `)) continue;
      robot.close();
      robots.delete(name);
    }
    lines.get(baseUrl)?.close();
    lines.delete(baseUrl);
  };

  return {
    world: "rehearsal",
    async clientFor(corp) {
      const place = await standIns.corp(corp);
      return place && createClient(lineTo(place.baseUrl), place);
    },
    async robotFor(robot) {
      const place = await standIns.robot(robot);
      if (!place) return null;
      const name = `${place.baseUrl} ${place.key}`;
      const client = robots.get(name) ?? new RobotClient(lineTo(place.baseUrl), place);
      robots.set(name, client);
      return client;
    },
    leave,
    close() {
      for (const baseUrl of lines.keys()) leave(baseUrl);
    },
  };
}

function isThisMachine(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
