/**
 * Whether the cookie of a visitor is good for anything; asked on the server, before a page asks: a 401 there would stand in the console of everybody whose
 * session has ended, and of whoever has a cookie of another program on this machine.
 */
const ASKING_MS = 3_000;

export async function isSignedIn(cookie: string): Promise<boolean> {
  const apiUrl = process.env["KAIBO_API_URL"];
  if (!cookie.includes("session_token=") || apiUrl === undefined) return false;
  try {
    const signal = AbortSignal.timeout(ASKING_MS);
    const answer = await fetch(`${apiUrl}/api/v1/me`, { headers: { cookie }, cache: "no-store", signal });
    return answer.status !== 401;
  } catch {
    // The page asks again, and says what is wrong.
    return true;
  }
}
