"use client";
import type { WarmupView } from "../hash-view.ts";
import { signedUp, stageOf } from "../landing.ts";
import { useShow, useViewer } from "../viewer-context.tsx";
import { BoardPage } from "./board-page.tsx";
import { InvitePage } from "./invite-page.tsx";
import { PosterPage } from "./poster-page.tsx";
import { ReservePage } from "./reserve-page.tsx";
import { SignupOver, SignupPage } from "./signup-page.tsx";
import { useWarmupWords } from "./warmup-words.ts";

/** The parts of the warm-up behind the first screen. */
export function WarmupPage({ view: { part } }: { readonly view: WarmupView }) {
  const { me } = useViewer();
  const own = signedUp(me);
  switch (part) {
    case "reserve":
      return <ReservePage />;
    case "signup":
      return <SignupPage />;
    case "board":
      return <BoardPage />;
    case "invite":
      return own ? <InvitePage code={own.code} /> : <SignupFirst />;
    case "poster":
      return own ? <PosterPage code={own.code} /> : <SignupFirst />;
    default:
      return part satisfies never;
  }
}

function SignupFirst() {
  const words = useWarmupWords();
  if (stageOf(useShow().slices.session) === "ended") return <SignupOver />;
  return (
    <section className="rounded-2xl bg-card p-4">
      <p className="text-base">{words.signupFirst}</p>
      <a
        href="#signup"
        className="mt-3 inline-flex min-h-11 items-center rounded-full border border-act px-5 font-semibold text-act"
      >
        {words.goSignup}
      </a>
    </section>
  );
}
