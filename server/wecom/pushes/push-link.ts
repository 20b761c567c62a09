/**
 * The link of a task. Its code tells afterwards which push brought somebody, and whether WeCom took a message whose answer was lost.
 */
const PARAM = "p";

/** Other people's pages get it behind the `#`, where their servers don't see it. */
export function withTaskCode(address: string, taskId: string, ours: boolean): string {
  const url = new URL(address);
  if (ours || url.hash !== "") url.searchParams.set(PARAM, taskId);
  else url.hash = `${PARAM}=${taskId}`;
  return url.href;
}

/** A mini program's page with the code among its parameters. */
export function pageWithTaskCode(page: string, taskId: string): string {
  return `${page}${page.includes("?") ? "&" : "?"}${PARAM}=${taskId}`;
}

/** Whether a text, an address or a page carries the code of this task, and not one that only begins like it. */
export function carriesTaskCode(words: string, taskId: string): boolean {
  return new RegExp(`[?&#]${PARAM}=${taskId}(?![A-Za-z0-9-])`).test(words);
}
