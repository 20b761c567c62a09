/** By whose link somebody came: an inviter's (`?i=`) or a source's (`?s=`). */

const INVITER = /[?&]i=([A-Za-z0-9]{4,24})(?=&|$)/;
const SOURCE = /[?&]s=([A-Za-z0-9_-]{1,32})(?=&|$)/;

export const inviterCode = (sessionId: string) => kept(`kaibo.inviter.${sessionId}`, INVITER);
export const sourceCode = (sessionId: string) => kept(`kaibo.source.${sessionId}`, SOURCE);

/** From the address, or what this tab came by before: a sign-in leads away and back. */
function kept(name: string, pattern: RegExp): string | null {
  const came = pattern.exec(window.location.search)?.[1] ?? null;
  try {
    if (came === null) return window.sessionStorage.getItem(name);
    window.sessionStorage.setItem(name, came);
  } catch {
    // Private window: the address still has it.
  }
  return came;
}

/** The person is forgotten here. */
export function forgetCame(sessionId: string): void {
  try {
    for (const what of ["inviter", "source", "push"]) window.sessionStorage.removeItem(`kaibo.${what}.${sessionId}`);
    window.localStorage.removeItem(`kaibo.opened.${sessionId}`);
  } catch {
    // Nothing was kept.
  }
}
