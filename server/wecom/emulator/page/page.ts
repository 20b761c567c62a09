import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../state/world.ts";

/** Everything that is neither the API nor the control API: phones, codes, pictures, sign-in. Unknown: an empty 404. */
export function answerPage(_world: World, _request: IncomingMessage, response: ServerResponse, _url: URL): void {
  response.writeHead(404).end();
}
