import { appMessageEndpoints } from "./app-messages.ts";
import { appchatEndpoints } from "./appchat.ts";
import { contactWayEndpoints } from "./contact-ways.ts";
import { contactEndpoints } from "./contacts.ts";
import type { Endpoint } from "./endpoint.ts";
import { groupchatEndpoints } from "./groupchat.ts";
import { joinWayEndpoints } from "./join-ways.ts";
import { massResultEndpoints } from "./mass-results.ts";
import { massSendEndpoints } from "./mass-send.ts";
import { mediaEndpoints } from "./media.ts";
import { memberEndpoints } from "./members.ts";
import { momentEndpoints } from "./moments.ts";
import { signInEndpoints } from "./sign-in.ts";
import { tagEndpoints } from "./tags.ts";
import { ticketEndpoints } from "./tickets.ts";
import { welcomeEndpoints } from "./welcome.ts";

const all: readonly Endpoint[] = [
  ...memberEndpoints,
  ...contactEndpoints,
  ...tagEndpoints,
  ...contactWayEndpoints,
  ...groupchatEndpoints,
  ...joinWayEndpoints,
  ...massSendEndpoints,
  ...massResultEndpoints,
  ...welcomeEndpoints,
  ...momentEndpoints,
  ...mediaEndpoints,
  ...appMessageEndpoints,
  ...appchatEndpoints,
  ...signInEndpoints,
  ...ticketEndpoints,
];

/** What answers with a token; every other path but gettoken and the robot's is a 404. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(all.map((known) => [known.path, known]));
