import { NotPossible } from "../desk.ts";
import { Fault, type PlannedFault } from "../faults.ts";
import { CorpSeed, seedCorp } from "../state/seed.ts";
import type { Corp } from "../state/corp.ts";
import { consoleRoutes } from "./console-routes.ts";
import { phoneRoutes } from "./phone-routes.ts";
import { readRoutes } from "./read-routes.ts";
import { BadInput, matched, type Place } from "./route.ts";
import type { z } from "zod";

const routes = [...consoleRoutes, ...phoneRoutes, ...readRoutes];

export type ControlAnswer = { readonly status: number; readonly body: unknown };

/** The control API inside the process that runs the stand-in; over HTTP it is the same routes. */
export class Control {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  async answer(method: string, path: string, raw: Record<string, unknown>): Promise<ControlAnswer> {
    for (const route of routes) {
      const params = matched(route, method, path);
      if (!params) continue;
      try {
        return { status: 200, body: await route.handle(this.#place, params, raw) };
      } catch (error) {
        if (error instanceof BadInput) return { status: 400, body: { error: error.message } };
        if (error instanceof NotPossible) return { status: 409, body: { error: error.message } };
        throw error;
      }
    }
    return { status: 404, body: { error: "no such route" } };
  }

  /** As over HTTP, for those who have the object; throws when it is not possible. */
  async ask(
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    input: Record<string, unknown> = {},
  ): Promise<unknown> {
    const { status, body } = await this.answer(method, path, input);
    if (status !== 200) throw new NotPossible(`${method} ${path}: ${JSON.stringify(body)}`);
    return body;
  }

  seed(input: z.input<typeof CorpSeed> = {}): Corp {
    return seedCorp(this.#place.desk.world, CorpSeed.parse(input));
  }

  corpIds(): string[] {
    return [...this.#place.desk.world.corps.keys()];
  }

  /** What one types into the settings of the product, a line each. */
  keys(): string[] {
    return [...this.#place.desk.world.corps.values()].flatMap((corp) => [
      `${corp.name}   corpid ${corp.corpId}`,
      ...[...corp.apps.values()].flatMap((app) => [
        `  agentid ${app.agentId}   secret ${app.secret}`,
        `  token ${app.callbackToken}   EncodingAESKey ${app.aesKey}`,
      ]),
      ...[...corp.robots.values()].map(({ name, key }) => `  ${name}   /cgi-bin/webhook/send?key=${key}`),
    ]);
  }

  corp(corpId: string): Corp | undefined {
    return this.#place.desk.world.corps.get(corpId);
  }

  advance(ms: number): void {
    this.#place.desk.world.clock.offsetMs += ms;
    this.#place.desk.world.changed();
  }

  fault(fault: z.input<typeof Fault>): PlannedFault {
    return this.#place.faults.add(Fault.parse(fault));
  }
}
