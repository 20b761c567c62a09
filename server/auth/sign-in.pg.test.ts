import { hashPassword } from "better-auth/crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { testDatabase } from "#tests/support/pg.ts";
import { createSignIn } from "./sign-in.ts";

let database: DatabaseClient;
let drop: () => Promise<void>;
beforeAll(async () => {
  const made = await testDatabase();
  drop = made.drop;
  database = openDatabase({ url: made.url, name: "test", connectionsMax: 2 });
  const account = { name: "op", username: "op", passwordHash: await hashPassword("correct horse") };
  await savePerson(database.db, "p_op", account, Date.now());
});
afterAll(async () => {
  await database.close();
  await drop();
});

async function cookieUnder(publicUrl: string): Promise<string> {
  const signIn = createSignIn({ db: database.db, secret: "a secret for tests that is long enough", publicUrl });
  const answer = await signIn.handler(
    new Request(`${publicUrl}/api/auth/sign-in/username`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: publicUrl },
      body: JSON.stringify({ username: "op", password: "correct horse" }),
    }),
  );
  return answer.headers.getSetCookie().join("\n");
}

it("keeps the cookie from scripts and other sites, and over https from plain lines", async () => {
  const plain = await cookieUnder("http://kaibo.test");
  expect(plain).toMatch(/^kaibo\.session_token=[^;]+;/);
  expect(plain).toMatch(/HttpOnly/i);
  expect(plain).toMatch(/SameSite=Lax/i);
  expect(plain).not.toMatch(/Domain=/i);
  const secure = await cookieUnder("https://kaibo.test");
  expect(secure).toMatch(/^__Secure-kaibo\.session_token=[^;]+;.*HttpOnly/i);
  expect(secure).toMatch(/; Secure/i);
});
