import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tempDir } from "#tests/support/temp-dir.ts";
import { compressStaticFiles, serveStaticFiles } from "./static-files.ts";

const place = tempDir("static");
const app = Fastify();
const SCRIPT = "console.log(1);".repeat(500);

beforeAll(async () => {
  const chunks = path.join(place.dir, ".next", "static", "chunks");
  mkdirSync(chunks, { recursive: true });
  writeFileSync(path.join(chunks, "a.js"), SCRIPT);
  writeFileSync(path.join(chunks, "picture.png"), "png");
  writeFileSync(path.join(place.dir, ".next", "secret.js"), "nobody reads this");
  await compressStaticFiles(place.dir);
  serveStaticFiles(app, place.dir);
});
afterAll(async () => {
  await app.close();
  place.remove();
});

const get = (url: string, accepted?: string) =>
  app.inject({ url: `/_next/static/${url}`, headers: accepted === undefined ? {} : { "accept-encoding": accepted } });

describe("files of the build", () => {
  it("go out as small as the browser takes them, and are kept for ever", async () => {
    const best = await get("chunks/a.js", "gzip, deflate, br, zstd");
    expect(best.headers).toMatchObject({
      "content-encoding": "br",
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
    });
    expect(brotliDecompressSync(best.rawPayload).toString()).toBe(SCRIPT);
    const older = await get("chunks/a.js", "gzip, br;q=0");
    expect(older.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(older.rawPayload).toString()).toBe(SCRIPT);
    const plain = await get("chunks/a.js");
    expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, SCRIPT]);
    const picture = await get("chunks/picture.png", "br");
    expect([picture.headers["content-encoding"], picture.headers["content-type"]]).toEqual([undefined, "image/png"]);
  });

  it("are those of the build alone, and a missing one is kept by nobody", async () => {
    for (const url of ["chunks/old.js", "../secret.js", "..%2fsecret.js", "chunks/a.js.br", ".compressed"]) {
      const answer = await get(url, "br");
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.body).not.toContain("nobody reads this");
    }
    expect((await get("chunks/old.js")).headers["cache-control"]).toBe("no-store");
  });

  it("are left to Next where the build did not compress them", async () => {
    const bare = Fastify();
    serveStaticFiles(bare, path.join(place.dir, "nowhere"));
    expect(bare.hasRoute({ method: "GET", url: "/_next/static/*" })).toBe(false);
    await bare.close();
  });
});
