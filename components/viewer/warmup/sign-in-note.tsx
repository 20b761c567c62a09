"use client";
import { useViewer } from "../viewer-context.tsx";
import { useWarmupWords } from "./warmup-words.ts";

/** How coming back from WeChat's sign-in went. */
export function SignInNote() {
  const words = useWarmupWords();
  const { signIn } = useViewer();
  if (signIn === null) return null;
  if (signIn === "busy") {
    return (
      <p role="status" className="rounded-2xl bg-card p-4 text-center text-base text-dim">
        {words.signInBusy}
      </p>
    );
  }
  const { other, ...known } = words.signInErrors;
  const said = Object.entries(known).find(([why]) => signIn.code === `signIn.${why}`)?.[1];
  return (
    <p role="alert" className="rounded-2xl bg-act-soft p-4 text-base text-brand">
      {said ?? other}
    </p>
  );
}
