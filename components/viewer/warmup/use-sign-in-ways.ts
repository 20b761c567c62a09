"use client";
import { useEffect, useState } from "react";
import { useStore } from "../viewer-context.tsx";
import { isInWechat } from "./in-wechat.ts";
import { getSignInWays, type SignInWays } from "./warmup-api.ts";

const none: SignInWays = { wechat: null, demo: false };

/** How somebody may sign in here; `null` until it is known. Where it can't be asked there is no way, and the page works without. */
export function useSignInWays(): SignInWays | null {
  const { sessionId } = useStore();
  const [ways, setWays] = useState<SignInWays | null>(null);
  useEffect(() => {
    let gone = false;
    void getSignInWays(sessionId).then((answer) => {
      if (gone) return;
      const known = answer.ok ? answer.value : none;
      setWays(isInWechat() ? known : { ...known, wechat: null });
    });
    return () => {
      gone = true;
    };
  }, [sessionId]);
  return ways;
}
