import { expect, type Page } from "@playwright/test";
import { test } from "./clean-page.ts";
import { staffApi } from "./staff-api.ts";

/** A recording that is a playlist (HLS) on somebody else's server: read by the browser itself where it can, else by script. */

const AT = "https://pictures.kaibo.example/evening";
const SECONDS = 5;

/** Some seconds of a square that moves, in pieces of MP4 as playlists name them: made by the browser itself. */
async function recorded(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async (seconds) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [160, 90];
    const paint = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/mp4;codecs=avc1.42E01E" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const over = new Promise((resume) => (recorder.onstop = resume));
    recorder.start();
    const began = performance.now();
    while (performance.now() - began < seconds * 1_000) {
      if (paint) {
        paint.fillStyle = "#000";
        paint.fillRect(0, 0, 160, 90);
        paint.fillStyle = "#fff";
        paint.fillRect((performance.now() / 20) % 160, 30, 30, 30);
      }
      await new Promise((resume) => setTimeout(resume, 50));
    }
    recorder.stop();
    await over;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }, SECONDS);
  return Buffer.from(base64, "base64");
}

/** An MP4 that was written as it came: what says how to read it, and what is to be read. */
function pieces(mp4: Buffer): { readonly head: Buffer; readonly body: Buffer } {
  let at = 0;
  while (mp4.toString("latin1", at + 4, at + 8) !== "moof") {
    at += mp4.readUInt32BE(at);
    if (at >= mp4.length) throw new Error("the browser recorded no pieces");
  }
  return { head: mp4.subarray(0, at), body: mp4.subarray(at) };
}

async function serve(page: Page, mp4: Buffer): Promise<string[]> {
  const { head, body } = pieces(mp4);
  const playlist = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:${SECONDS + 1}
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="head.mp4"
#EXTINF:${SECONDS.toFixed(3)},
body.m4s
#EXT-X-ENDLIST
`;
  const files: Readonly<Record<string, { type: string; content: string | Buffer }>> = {
    "list.m3u8": { type: "application/vnd.apple.mpegurl", content: playlist },
    "head.mp4": { type: "video/mp4", content: head },
    "body.m4s": { type: "video/mp4", content: body },
  };
  const asked: string[] = [];
  await page.route(`${AT}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    asked.push(name);
    const file = files[name];
    if (!file) return route.fulfill({ status: 404 });
    await route.fulfill({
      contentType: file.type,
      body: file.content,
      headers: { "access-control-allow-origin": "*" },
    });
  });
  return asked;
}

const pictures = (page: Page) => page.locator("video");
const state = (page: Page) =>
  pictures(page).evaluate((video: HTMLVideoElement) => ({
    width: video.videoWidth,
    seconds: Math.round(video.duration),
    ready: video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
    error: video.error?.message ?? null,
  }));

for (const reader of ["the browser", "the library"] as const) {
  test(`a playlist is laid on the axis and goes in step with it: read by ${reader}`, async ({ page, baseURL }) => {
    if (reader === "the library") {
      // As in browsers that know no playlists.
      await page.addInitScript(() => {
        const { canPlayType } = HTMLMediaElement.prototype;
        HTMLMediaElement.prototype.canPlayType = function (type) {
          return type.includes("mpegurl") ? "" : canPlayType.call(this, type);
        };
      });
    }
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await staff.createShow({ title: "示例 · 回放地址", rehearsal: true });
    await staff.send(id, "session.start", { reason: "示例" });
    await staff.send(id, "marker.add", { kind: "highlight", text: "示例:开场" });
    await page.waitForTimeout(6_000);
    await staff.send(id, "session.end", { note: "示例" });
    await page.goto("/shows");
    const asked = await serve(page, await recorded(page));
    // By a link within Kaibo, as people come: the document is another page's at first.
    await page.goto(`/shows/${id}/report`);
    await page.getByRole("link", { name: "复盘", exact: true }).click();
    await expect(page.getByRole("slider", { name: "整场时间" })).toBeVisible();
    await page.getByLabel("录像地址").fill(`${AT}/list.m3u8`);
    await page.getByRole("button", { name: "添加", exact: true }).click();
    // Where the document has to be opened anew to read from elsewhere, it goes on by itself.
    await expect(page.getByText("把录像拖到某个操作发生的画面")).toBeVisible();
    await page.getByRole("button", { name: "取消", exact: true }).click();
    await expect.poll(() => state(page)).toMatchObject({ width: 160, ready: true, error: null });
    expect((await state(page)).seconds).toBeGreaterThanOrEqual(SECONDS - 1);
    expect(asked).toContain("body.m4s");

    // The axis moves the pictures.
    await page.getByRole("slider", { name: "整场时间" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("k");
    const offMs = () => pictures(page).evaluate((video) => Math.abs(Number(video.dataset["offMs"])));
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(() => pictures(page).evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(1);
    await expect.poll(offMs).toBeLessThan(200);
    await page.keyboard.press("Space");
    await expect.poll(() => pictures(page).evaluate((video: HTMLVideoElement) => video.paused)).toBe(false);
  });
}
