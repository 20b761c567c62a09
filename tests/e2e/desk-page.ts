import { expect, type Page } from "@playwright/test";

/** The control room of a show, once a product of its sheet stands on the shelf. */
export async function openControl(page: Page, sessionId: string, product: string): Promise<void> {
  await page.goto(`/shows/${sessionId}/control`);
  const shelf = page.getByRole("region", { name: "货架" }).last();
  await expect(shelf.getByText(product, { exact: true })).toBeVisible();
}

export async function keys(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}
