/** Whether PostgreSQL refused with this code, however deep it is wrapped. */
export function hasCode(error: unknown, code: string): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && at.code === code) return true;
  }
  return false;
}
