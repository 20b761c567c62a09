import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { expect } from "@playwright/test";
import { z } from "zod";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { adminPassword } from "./credentials.ts";

/** The owner's hand in browser tests: prepares shows over the public API, as a program of a team would. */
export type StaffApi = {
  /** A show whose viewers may claim without a link of their own, unless said otherwise. */
  createShow(show: {
    title: string;
    startInMs?: number;
    rehearsal?: boolean;
    anonymousClaims?: boolean;
  }): Promise<string>;
  send<T extends CommandType>(sessionId: string, type: T, input: CommandInput<T>): Promise<Record<string, string>>;
  /** A link for a screen of the show. */
  screenLink(sessionId: string): Promise<ScreenLink>;
  /** Starts (`post`) or changes (`patch`) the simulator of a rehearsal. */
  rehearse(sessionId: string, method: "post" | "patch", data: object): Promise<void>;
};

const ScreenLink = z.object({ id: z.string(), path: z.string(), token: z.string() });
export type ScreenLink = z.infer<typeof ScreenLink>;

export async function staffApi(
  request: APIRequestContext,
  baseURL: string,
  password = adminPassword,
): Promise<StaffApi> {
  const headers = { origin: baseURL };
  const signedIn = await request.post("/api/auth/sign-in/username", { headers, data: { username: "owner", password } });
  expect(signedIn.status()).toBe(200);
  const { rooms } = await (await request.get("/api/v1/rooms")).json();
  const post = async (url: string, data: object) => {
    const answer = await request.post(url, { headers, data });
    const body = await answer.json();
    if (!answer.ok()) throw new Error(`${url}: ${answer.status()} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    async createShow({ title, startInMs = 3_600_000, rehearsal = false, anonymousClaims = true }) {
      const plannedStartAt = Date.now() + startInMs;
      const plannedEndAt = plannedStartAt + 4 * 3_600_000;
      const show = {
        roomId: rooms[0].id,
        title,
        theme: "示例:前三件直降 300",
        plannedStartAt,
        plannedEndAt,
        rehearsal,
        anonymousClaims,
      };
      return (await post("/api/v1/sessions", show)).id;
    },
    async send(sessionId, type, input) {
      const command = { id: randomUUID(), type, input };
      return (await post(`/api/v1/sessions/${sessionId}/commands`, command)).result ?? {};
    },
    async screenLink(sessionId) {
      return ScreenLink.parse(await post(`/api/v1/sessions/${sessionId}/links`, { name: "主播屏" }));
    },
    async rehearse(sessionId, method, data) {
      const answer = await request[method](`/api/v1/sessions/${sessionId}/rehearsal`, { headers, data });
      expect(answer.status()).toBe(200);
    },
  };
}
