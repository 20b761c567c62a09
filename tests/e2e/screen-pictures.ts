import { existsSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";

/** Whether a board looks as it should: by its boxes everywhere, and by its picture where the fonts are those of the stored one. */

export const SIZES = {
  wide: { width: 1920, height: 1080 },
  tall: { width: 1080, height: 1920 },
  small: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const;

type Box = {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Blocks stay inside the window and off each other; no text is wider than its room; nothing scrolls. */
export async function expectLayout(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const board = document.querySelector("[data-loud]");
    if (!board) throw new Error("no board");
    const boxOf = (element: Element): Box => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { name: element.tagName.toLowerCase(), left, top, right, bottom };
    };
    const cut = [...board.querySelectorAll("*")].filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        element.clientWidth > 0 &&
        getComputedStyle(element).overflowX === "visible" &&
        // Pages that lie beside the shown one.
        getComputedStyle(element).columnWidth === "auto" &&
        getComputedStyle(element).display !== "inline",
    );
    const root = document.documentElement;
    return {
      boxes: [...board.children].map(boxOf),
      cut: cut.map((element) => element.textContent?.slice(0, 40)),
      scrolls: root.scrollWidth > innerWidth || root.scrollHeight > innerHeight,
      window: { width: innerWidth, height: innerHeight },
    };
  });
  expect(found.scrolls).toBe(false);
  expect(found.cut).toEqual([]);
  expect(found.boxes.length).toBeGreaterThanOrEqual(2);
  for (const [index, box] of found.boxes.entries()) {
    expect(box.left, box.name).toBeGreaterThanOrEqual(0);
    expect(box.top, box.name).toBeGreaterThanOrEqual(0);
    expect(box.right, box.name).toBeLessThanOrEqual(found.window.width);
    expect(box.bottom, box.name).toBeLessThanOrEqual(found.window.height);
    for (const other of found.boxes.slice(index + 1)) {
      const apart =
        box.right <= other.left + 1 ||
        other.right <= box.left + 1 ||
        box.bottom <= other.top + 1 ||
        other.bottom <= box.top + 1;
      expect(apart, `${box.name} and ${other.name} overlap`).toBe(true);
    }
  }
}

/** Size of the text in an element, px. */
export const textSize = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));

/** What this machine's fonts make of the board's words: the same on machines that draw alike. */
async function fontFingerprint(page: Page): Promise<string> {
  return page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) throw new Error("no canvas");
    const family = getComputedStyle(document.querySelector("[data-loud]") ?? document.body).fontFamily;
    let hash = 0;
    for (const weight of [400, 700]) {
      context.font = `${weight} 100px ${family}`;
      for (const text of ["再报一次尺码", "¥1,234,567.89", "Seen 10:42", "到手价▶", "龘靐囍"]) {
        const { width, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(text);
        for (const part of [width, up, down]) hash = (hash * 31 + Math.round(part * 100)) | 0;
      }
    }
    return (hash >>> 0).toString(36);
  });
}

/** Against the stored picture of these fonts; a machine with others has shown its boxes (`expectLayout`) and has no picture to compare with. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  const file = `${name}-${await fontFingerprint(page)}.png`;
  const { updateSnapshots } = test.info().config;
  const isKnown =
    existsSync(test.info().snapshotPath(file)) || updateSnapshots === "all" || updateSnapshots === "changed";
  test.info().annotations.push({ type: "picture", description: isKnown ? file : `none of these fonts: ${file}` });
  if (!isKnown) return;
  // What moves with the clock has its own tests.
  await expect(page).toHaveScreenshot(file, { mask: [page.locator("[data-clock]")], maxDiffPixelRatio: 0.01 });
}
