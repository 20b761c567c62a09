import { useEffect, useState } from "react";
import type { ForwardState } from "./forward-store.ts";

/** Inside WeCom nobody has to say who they are: it is asked once, by a way out and back. */
const TRIED = "kaibo.forward.asked";

/** True while the page is on its way there. */
export function useWecomSignIn({ list, memberId, note }: ForwardState, token: string): boolean {
  const [away, setAway] = useState(false);
  const wanted = list !== null && list.signIn && memberId === null && note === null;
  useEffect(() => {
    if (!wanted || !/wxwork/i.test(navigator.userAgent) || !firstTry(token)) return;
    setAway(true);
    window.location.replace(`/api/v1/forward/sign-in?token=${encodeURIComponent(token)}`);
  }, [wanted, token]);
  return away;
}

/** Once a visit: where it fails, one's name is chosen. */
function firstTry(token: string): boolean {
  try {
    if (window.sessionStorage.getItem(TRIED) === token) return false;
    window.sessionStorage.setItem(TRIED, token);
    return true;
  } catch {
    // Nothing can be noted here, and going round in a circle would be worse.
    return false;
  }
}
