"use client";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { ActButton } from "../act-button.tsx";
import { clear, intoView } from "../into-view.ts";
import { signedUp, type Landing, type Stage } from "../landing.ts";
import { OutcomeNote } from "../outcome-note.tsx";
import { useStore, useViewer } from "../viewer-context.tsx";
import { SIGNUP } from "../viewer-store.ts";
import { ReserveLink } from "./act-cards.tsx";
import { BarAct } from "./bar-act.tsx";
import { JoinCode } from "./join-code.tsx";
import { RemindChoice } from "./remind-choice.tsx";
import { pill } from "./pill.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** What comes after signing up: the poster, how one is reminded, and the way back out. What is over is not offered any more. */
export function SignedUp({ settings, stage }: { readonly settings: Landing["settings"]; readonly stage: Stage }) {
  const words = useWarmupWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const mine = signedUp(me);
  const { name } = store.memory.self();
  const channels = settings.remind.filter((channel) => mine?.remindBy.includes(channel));
  if (!mine) return null;
  return (
    <>
      <section role="status" className="rounded-2xl bg-card p-4">
        <p className="text-lg font-semibold text-sure">
          ✓ {words.signedUpNow} <span className="text-sm font-normal text-dim">{words.nth(count(mine.n))}</span>
        </p>
        {name ? <p className="text-sm break-words text-dim">{words.signedInAs(name)}</p> : null}
        <p className="mt-1 text-base">{stage === "ended" ? words.signupOver : words.signedUpText}</p>
      </section>
      {stage === "before" ? (
        <>
          <RemindChoice
            channels={settings.remind}
            chosen={mine.remindBy}
            busy={acting === SIGNUP}
            choose={(remindBy) => void store.act({ kind: "remind", id: SIGNUP, remindBy })}
          />
          {channels.some((channel) => channel !== "subscription") ? <JoinCode settings={settings} /> : null}
          <section className="rounded-2xl bg-card p-4">
            <p className="text-sm text-dim">{words.signupOurs}</p>
            <ReserveLink className={`${pill} mt-3 text-act`}>{words.goReserve}</ReserveLink>
          </section>
        </>
      ) : null}
      <CancelSignup />
      {stage === "ended" ? null : (
        <BarAct>
          <a href="#poster" className={`${pill} min-h-12 w-full bg-act text-white`}>
            {words.seePoster}
          </a>
        </BarAct>
      )}
    </>
  );
}

/** Asks once: others lose by it too. */
export function CancelSignup() {
  const words = useWarmupWords();
  const store = useStore();
  const { acting } = useViewer();
  const [asked, setAsked] = useState(false);
  const busy = acting === SIGNUP;
  return (
    <section className="px-1">
      {asked ? (
        <div ref={intoView} role="group" aria-label={words.cancelSignup} className={`${clear} rounded-2xl bg-card p-4`}>
          <p className="text-base">{words.cancelAsk}</p>
          <div className="mt-3 flex flex-wrap gap-3">
            <ActButton onPress={() => setAsked(false)}>{words.keep}</ActButton>
            <ActButton
              look="solid"
              busy={busy}
              onPress={() => void store.act({ kind: "cancelSignUp", id: SIGNUP }).then(() => setAsked(false))}
            >
              {busy ? words.cancelling : words.cancelDo}
            </ActButton>
          </div>
        </div>
      ) : (
        <button
          type="button"
          className="min-h-11 text-sm text-dim underline underline-offset-4"
          onClick={() => setAsked(true)}
        >
          {words.cancelSignup}
        </button>
      )}
      <OutcomeNote id={SIGNUP} />
    </section>
  );
}
