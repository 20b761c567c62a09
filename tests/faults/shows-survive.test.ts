import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPostmaster } from "#db/postmaster.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

/** Over plain HTTP, as a program would: sign in, make a show, read it again after a crash. */
const place = tempDir("survive");
const password = "survive-test-only";
// Pages are not needed here, and building them takes longer than everything else together.
const env = { KAIBO_ADMIN_PASSWORD: password, KAIBO_ROLE: "live" };
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ dataDir: place.dir, env });
});
afterAll(async () => {
  await server.stop();
  place.remove();
});

async function signIn(): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { origin: server.url, "content-type": "application/json" },
    body: JSON.stringify({ username: "owner", password }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function call(url: string, cookie: string, body?: object) {
  const answer = await fetch(`${server.url}${url}`, {
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    headers: { origin: server.url, cookie, "content-type": "application/json" },
  });
  return { status: answer.status, body: await answer.json() };
}

describe("what was acknowledged", () => {
  it("is there after kill -9 of the server and its database, with account and secret", async () => {
    const cookie = await signIn();
    const { body: known } = await call("/api/v1/rooms", cookie);
    const start = 1_800_000_000_000;
    const show = { roomId: known.rooms[0].id, title: "示例", plannedStartAt: start, plannedEndAt: start + 3_600_000 };
    const made = await call("/api/v1/sessions", cookie, show);
    expect(made.status).toBe(201);

    const { port } = server;
    const postmaster = readPostmaster(path.join(place.dir, "postgres"));
    await server.kill();
    if (postmaster) process.kill(postmaster.pid, "SIGKILL");
    server = await startServer({ dataDir: place.dir, env, port });

    // The cookie still counts: the secret was kept, and the session is in the database.
    const found = await call(`/api/v1/sessions/${made.body.id}`, cookie);
    expect(found).toMatchObject({ status: 200, body: { title: "示例" } });
  });
});
