import { expect, type Locator, type Page } from "@playwright/test";

/** Takes a thing by its grip, moves it and lets go, by keys alone; each step once it is told to who can't see it. */
export async function dragByKeys(page: Page, grip: Locator, steps: readonly string[]): Promise<void> {
  const told = page.locator("[id^=DndLiveRegion]");
  await grip.focus();
  await page.keyboard.press("Space");
  await expect(grip).toHaveAttribute("aria-pressed", "true");
  // Where it stands is told once the list is measured; a key before that moves nothing.
  await expect(told).toContainText("was moved over");
  for (const step of steps) {
    const before = await told.innerText();
    // A key that comes while the list is measured anew moves nothing: whoever hears nothing presses again.
    await expect(async () => {
      await page.keyboard.press(step);
      await expect(told).not.toHaveText(before, { timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  }
  await page.keyboard.press("Space");
}
