import { expect, type APIRequestContext, type Browser, type Page } from "@playwright/test";
import type { Role } from "#domain/op.ts";

export type Colleague = {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
};

/** Another person with an account, made over the API by who is signed in; with these roles in the first room. */
export async function createColleague(
  request: APIRequestContext,
  baseURL: string,
  { name, username, roles }: { name: string; username: string; roles: readonly Role[] },
): Promise<Colleague> {
  const password = "a-colleague's password";
  const { rooms } = await (await request.get("/api/v1/rooms")).json();
  const answer = await request.post("/api/v1/people", {
    headers: { origin: baseURL },
    data: { name, username, password, roles: { [rooms[0].id]: roles } },
  });
  const body = await answer.json();
  expect(answer.ok(), JSON.stringify(body)).toBe(true);
  return { id: body.id, name, username, password };
}

/** A browser of their own, signed in. */
export async function openAs(browser: Browser, { username, password }: Colleague, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  const answer = await page.request.post("/api/auth/sign-in/username", {
    headers: { origin: baseURL },
    data: { username, password },
  });
  expect(answer.status()).toBe(200);
  return page;
}
