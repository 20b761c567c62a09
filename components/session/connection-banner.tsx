"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, Spinner } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { useRefusal } from "../strings/use-refusal.ts";
import { useConnection, useSessionSource } from "./session-provider.tsx";

/** Short gaps heal unseen; a longer one is said plainly, and what is shown is known to be old. */
const QUIET_MS = 1_500;

export type ConnectionTrouble =
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "lost"; readonly seconds: number };

/** What is to be said of the connection now; `null` while there is nothing to say. */
export function useConnectionTrouble(): ConnectionTrouble | null {
  const connection = useConnection();
  const [now, setNow] = useState(() => Date.now());
  const lostSince = connection.state === "lost" ? connection.since : null;
  useEffect(() => {
    if (lostSince === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [lostSince]);
  if (connection.state === "refused") return { kind: "refused", code: connection.code };
  if (lostSince === null || now - lostSince < QUIET_MS) return null;
  return { kind: "lost", seconds: Math.round((now - lostSince) / 1000) };
}

/** Across the page, above what it is about. */
export function ConnectionBanner() {
  const trouble = useConnectionTrouble();
  return trouble ? <ConnectionNotice trouble={trouble} className="justify-center border-b px-4 py-1.5" /> : null;
}

type NoticeProps = {
  readonly trouble: ConnectionTrouble;
  readonly className?: string;
  readonly size?: "full" | "short" | "mark";
};

const looks = { full: "", short: "truncate", mark: "sr-only" };

/** The words of it, in whatever place they stand. */
export function ConnectionNotice({ trouble, className, size = "full" }: NoticeProps) {
  const { kind } = useSessionSource();
  const words = useTranslations("connection");
  const explain = useRefusal();
  if (trouble.kind === "refused") {
    const { code } = trouble;
    return (
      <div
        role="alert"
        className={cn("flex items-center gap-3 border-air-edge bg-air-soft text-sm text-air-ink", className)}
      >
        <span className={cn(size !== "full" && "truncate")} title={explain(code)}>
          {explain(code)}
        </span>
        {code.startsWith("auth.") ? (
          <Button asChild size="sm">
            <a href={`/sign-in?next=${encodeURIComponent(typeof location === "undefined" ? "/" : location.pathname)}`}>
              {words("signIn")}
            </a>
          </Button>
        ) : null}
      </div>
    );
  }
  const { seconds } = trouble;
  const told = words(kind === "replay" ? "pastLost" : "lost", { seconds });
  return (
    <div
      role="status"
      className={cn("flex items-center gap-2 border-wait-edge bg-wait-soft text-sm text-wait-ink", className)}
    >
      <Spinner />
      <span className={looks[size]} title={told}>
        {size === "full" ? told : words("lostShort", { seconds })}
      </span>
    </div>
  );
}
