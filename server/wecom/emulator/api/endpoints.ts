import type { Endpoint } from "./endpoint.ts";
import { groupchatEndpoints } from "./groupchat.ts";
import { joinWayEndpoints } from "./join-ways.ts";
import { massResultEndpoints } from "./mass-results.ts";
import { massSendEndpoints } from "./mass-send.ts";
import { memberEndpoints } from "./members.ts";

const all: readonly Endpoint[] = [
  ...memberEndpoints,
  ...groupchatEndpoints,
  ...joinWayEndpoints,
  ...massSendEndpoints,
  ...massResultEndpoints,
];

/** What answers with a token; every other path but gettoken and the robot's is a 404. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(all.map((known) => [known.path, known]));
