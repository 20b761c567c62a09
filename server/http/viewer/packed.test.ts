import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createPacked, encodingFor } from "./packed.ts";

it("takes what the asker takes, br before gzip, and nothing that is refused", () => {
  expect(encodingFor("gzip, deflate, br")).toBe("br");
  expect(encodingFor("gzip;q=1.0, br;q=0")).toBe("gzip");
  expect([encodingFor("identity"), encodingFor(""), encodingFor(undefined)]).toEqual([null, null, null]);
});

it("packs once for all who ask, and leaves what is small", async () => {
  let written = 0;
  const text = "示例".repeat(1_000);
  const packed = createPacked(() => {
    written += 1;
    return text;
  });
  const [first, second] = await Promise.all([packed("gzip"), packed("gzip")]);
  expect(first).toBe(second);
  expect(gunzipSync(first?.bytes ?? "").toString()).toBe(text);
  expect(Buffer.from(first?.signs ?? "", "latin1")).toEqual(first?.bytes);
  expect(brotliDecompressSync((await packed("br"))?.bytes ?? "").toString()).toBe(text);
  expect(written).toBe(1);
  expect(createPacked(() => "{}")("gzip")).toBeNull();
});
