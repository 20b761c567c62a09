import type { Database } from "#db/client.ts";
import { codeOfSession, insertShowCode, sessionOfShowCode } from "#db/queries/show-codes.ts";
import { drawShowCode } from "./short-link.ts";

/** Which short word means which show. Neither ever changes, so each is asked once. */
export type ShowCodes = {
  /** Makes one where there is none. The show must exist. */
  codeOf(sessionId: string): Promise<string>;
  sessionOf(code: string): Promise<string | undefined>;
};

const KNOWN_MAX = 10_000;
const TRIES = 5;

export function createShowCodes(db: Database): ShowCodes {
  const codes = new Map<string, string>();
  const sessions = new Map<string, string>();
  const remember = (sessionId: string, code: string): string => {
    if (codes.size >= KNOWN_MAX) {
      codes.clear();
      sessions.clear();
    }
    codes.set(sessionId, code);
    sessions.set(code, sessionId);
    return code;
  };
  return {
    async codeOf(sessionId) {
      const known = codes.get(sessionId);
      if (known !== undefined) return known;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const stored = await codeOfSession(db, sessionId);
        if (stored !== undefined) return remember(sessionId, stored);
        await insertShowCode(db, { code: drawShowCode(), sessionId, createdAt: Date.now() });
      }
      throw new Error("no free word for a show");
    },
    async sessionOf(code) {
      const known = sessions.get(code);
      if (known !== undefined) return known;
      const stored = await sessionOfShowCode(db, code);
      if (stored !== undefined) remember(stored, code);
      return stored;
    },
  };
}
