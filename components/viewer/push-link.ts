import { randomId } from "../http/random-id.ts";
import { ask, pathOf } from "./viewer-api.ts";
import { isRecord } from "./viewer-data.ts";
import { browserShelf } from "./visitor-memory.ts";

/** The link of a push carries the code of its task (`?p=`): it is told with what the visitor does, and once that it was opened. Loaded only where there is one. */

/** As the server knows it: a claim must not fail because somebody typed into the address. */
const CODE = /[?&]p=([A-Za-z0-9]{6,20}(?:-\d{1,4})?)(?=&|$)/;

/** By which push this visit came; kept for as long as the tab is. `null`: by none. */
export function pushCode(sessionId: string): string | null {
  const name = `kaibo.push.${sessionId}`;
  const came = CODE.exec(window.location.search)?.[1] ?? null;
  try {
    if (came === null) return window.sessionStorage.getItem(name);
    window.sessionStorage.setItem(name, came);
  } catch {
    // Private window: the address still has it.
  }
  return came;
}

/** Counts this phone once for each link, also when the page is opened again. */
export async function tellOpened(sessionId: string): Promise<void> {
  const code = pushCode(sessionId);
  const shelf = browserShelf();
  const name = `kaibo.opened.${sessionId}`;
  const { visitor, codes } = readOpened(shelf?.getItem(name) ?? null);
  if (code === null || codes.includes(code)) return;
  const keep = (told: readonly unknown[]) => {
    try {
      shelf?.setItem(name, JSON.stringify({ visitor, codes: told.slice(-50) }));
    } catch {
      // Full: the server knows this visitor for a while.
    }
  };
  // Before it is told: a page that is opened again in the middle of it is still the same visitor's.
  keep(codes);
  const told = await ask(`${pathOf(sessionId)}/opens`, { method: "POST", body: { code, visitor } });
  if (told.ok) keep([...codes, code]);
}

function readOpened(kept: string | null): { readonly visitor: string; readonly codes: readonly unknown[] } {
  try {
    const read: unknown = JSON.parse(kept ?? "null");
    const { visitor, codes } = isRecord(read) ? read : {};
    if (typeof visitor === "string" && Array.isArray(codes)) return { visitor, codes };
  } catch {
    // Unreadable is the same as nothing kept.
  }
  return { visitor: randomId(), codes: [] };
}
