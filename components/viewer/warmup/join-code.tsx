"use client";
import { useState } from "react";
import type { Landing } from "../landing.ts";
import { pathOf } from "../viewer-api.ts";
import { useStore } from "../viewer-context.tsx";
import { useWarmupWords } from "./warmup-words.ts";

/** The group's or the member's code, by which the reminder reaches the person. Nothing where the team shows none. */
export function JoinCode({ settings: { joinCodeId } }: { readonly settings: Landing["settings"] }) {
  const words = useWarmupWords();
  const { sessionId } = useStore();
  const [broken, setBroken] = useState(false);
  if (joinCodeId === null || broken) return null;
  return (
    <section className="rounded-2xl bg-card p-4 text-center">
      <p className="mb-2 text-base">{words.remindHow}</p>
      {/* WeCom's own drawing, in one size. */}
      <img
        src={`${pathOf(sessionId)}/join-code?of=${encodeURIComponent(joinCodeId)}`}
        alt={words.joinCode}
        className="mx-auto size-56 max-w-full object-contain"
        onError={() => setBroken(true)}
      />
    </section>
  );
}
