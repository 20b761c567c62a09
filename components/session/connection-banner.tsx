"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, Spinner } from "../ui/button.tsx";
import { useRefusal } from "../strings/use-refusal.ts";
import { useConnection, useSessionSource } from "./session-provider.tsx";

/** Short gaps heal unseen; a longer one is said plainly, and what is shown is known to be old. */
const QUIET_MS = 1_500;

export function ConnectionBanner() {
  const connection = useConnection();
  const { kind } = useSessionSource();
  const words = useTranslations("connection");
  const explain = useRefusal();
  const [now, setNow] = useState(() => Date.now());
  const lostSince = connection.state === "lost" ? connection.since : null;
  useEffect(() => {
    if (lostSince === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [lostSince]);
  if (connection.state === "refused") {
    const signIn = connection.code.startsWith("auth.");
    return (
      <div
        role="alert"
        className="flex items-center justify-center gap-3 border-b border-air-edge bg-air-soft px-4 py-1.5 text-sm text-air-ink"
      >
        {explain(connection.code)}
        {signIn ? (
          <Button asChild size="sm">
            <a href={`/sign-in?next=${encodeURIComponent(typeof location === "undefined" ? "/" : location.pathname)}`}>
              {words("signIn")}
            </a>
          </Button>
        ) : null}
      </div>
    );
  }
  if (lostSince === null || now - lostSince < QUIET_MS) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 border-b border-wait-edge bg-wait-soft px-4 py-1.5 text-sm text-wait-ink"
    >
      <Spinner />
      {words(kind === "replay" ? "pastLost" : "lost", { seconds: Math.round((now - lostSince) / 1000) })}
    </div>
  );
}
