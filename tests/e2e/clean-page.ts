import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";

type Clean = {
  /** Console errors that a test brings about on purpose: a refused sign-in, a network that is away. */
  tolerate: (expected: RegExp) => void;
  /** Fails at the test's end for anything that another context's pages write to the console as an error. */
  watch: (context: BrowserContext) => void;
};

/** Every page of the test must keep its console free of errors. */
export const test = base.extend<Clean & { consoleWatch: Clean }>({
  consoleWatch: [
    async ({ context }, give) => {
      const errors: string[] = [];
      const expected: RegExp[] = [];
      const listen = (page: Page) => {
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
        });
        page.on("pageerror", (error) => errors.push(String(error.stack ?? error.message)));
      };
      const watch = (watched: BrowserContext) => void watched.on("page", listen);
      watch(context);
      await give({ tolerate: (pattern) => void expected.push(pattern), watch });
      expect(errors.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
  tolerate: async ({ consoleWatch }, give) => give(consoleWatch.tolerate),
  watch: async ({ consoleWatch }, give) => give(consoleWatch.watch),
});

/** What is still fading in is as pale to axe as it is to nobody a moment later. */
const settled = (page: Page) =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );

/** No finding of axe that keeps somebody from using the page. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual(
    [],
  );
}
