import { inviterCode, sourceCode } from "./came-by.ts";
import { becomeVisitor } from "./viewer-acts.ts";
import { ask, bearer, pathOf } from "./viewer-api.ts";
import type { VisitorMemory } from "./visitor-memory.ts";

/**
 * Says whose link somebody came by as soon as the page opens, because who was first counts, not who was last before the sign-up; and again while the
 * show is live, as having come to it. Whoever came by nobody's link and is nobody here yet stays nobody: for them nothing is sent. A push's link is told
 * by push-link.ts.
 */
export async function tellCame(sessionId: string, memory: VisitorMemory): Promise<void> {
  const codes = { i: inviterCode(sessionId), s: sourceCode(sessionId) };
  if (memory.token() === null) {
    if (codes.i === null && codes.s === null) return;
    const made = await becomeVisitor(sessionId);
    if (!made.ok) return;
    // A press may have been quicker.
    if (memory.token() === null) memory.keepToken(made.value);
  }
  const token = memory.token();
  if (token === null) return;
  const body = Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== null));
  const told = await ask(`${pathOf(sessionId)}/touch`, { method: "POST", headers: bearer(token), body });
  if (!told.ok && told.failure.code === "auth.required" && memory.token() === token) memory.keepToken(null);
}
