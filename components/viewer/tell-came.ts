import { becomeVisitor } from "./become-visitor.ts";
import { inviterCode, sourceCode } from "./came-by.ts";
import { ask, bearer, pathOf, type Failure } from "./viewer-api.ts";
import type { VisitorMemory } from "./visitor-memory.ts";

/** Whose coming is told already. */
let toldFor: string | null = null;

/**
 * Says whose link somebody came by as soon as the page opens, because who was first counts, not who was last before the sign-up; and again while the
 * show is live, as having come to it. Whoever came by nobody's link and is nobody here yet stays nobody: for them nothing is sent. A push's link is told
 * by push-link.ts. `null`: told, or nothing to tell.
 */
export async function tellCame(sessionId: string, memory: VisitorMemory): Promise<Failure | null> {
  const codes = cameBy(sessionId);
  if (memory.token() === null) {
    if (isNobodys(codes)) return null;
    const made = await becomeVisitor(sessionId);
    if (!made.ok) return made.failure;
    // A press may have been quicker.
    if (memory.token() === null) memory.keepToken(made.value);
  }
  const token = memory.token();
  if (token === null) return null;
  const told = await ask(`${pathOf(sessionId)}/touch`, { method: "POST", headers: bearer(token), body: codes });
  if (told.ok) toldFor = token;
  else if (told.failure.code === "auth.required" && memory.token() === token) memory.keepToken(null);
  return told.ok ? null : told.failure;
}

/** A sign-up asks by whose link the person came: what was not told yet, or got no answer, is told first. A link that is no good keeps nobody from signing up. */
export async function tellCameBefore(sessionId: string, memory: VisitorMemory): Promise<Failure | null> {
  const isTold = toldFor !== null && toldFor === memory.token();
  if (isTold || isNobodys(cameBy(sessionId))) return null;
  const failure = await tellCame(sessionId, memory);
  return failure && (failure.kind === "lost" || failure.kind === "busy" || failure.code === "auth.required")
    ? failure
    : null;
}

function cameBy(sessionId: string): { readonly i?: string; readonly s?: string } {
  const [i, s] = [inviterCode(sessionId), sourceCode(sessionId)];
  return { ...(i === null ? {} : { i }), ...(s === null ? {} : { s }) };
}

const isNobodys = (codes: ReturnType<typeof cameBy>) => Object.keys(codes).length === 0;
