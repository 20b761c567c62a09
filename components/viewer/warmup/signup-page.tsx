"use client";
import { useState } from "react";
import { ActButton } from "../act-button.tsx";
import { Card } from "../card.tsx";
import { landingOf, signedUp, stageOf, type Landing } from "../landing.ts";
import { OutcomeNote } from "../outcome-note.tsx";
import { useShow, useStore, useViewer } from "../viewer-context.tsx";
import { SIGNUP } from "../viewer-store.ts";
import { BarAct } from "./bar-act.tsx";
import { BeSomebodyElse, DemoSignIn } from "./demo-sign-in.tsx";
import { JoinCode } from "./join-code.tsx";
import { RemindChoice } from "./remind-choice.tsx";
import { goSignIn } from "./sign-in.ts";
import { SignInNote } from "./sign-in-note.tsx";
import { SignedUp } from "./signed-up.tsx";
import { useSignInWays } from "./use-sign-in-ways.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** 预约登记: what it is and what is agreed to stand above the button. */
export function SignupPage() {
  const words = useWarmupWords();
  const show = useShow();
  const { me, signIn } = useViewer();
  const landing = landingOf(show);
  if (!landing) return null;
  const stage = stageOf(show.slices.session);
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{words.signup}</h1>
      <SignInNote />
      {signedUp(me) ? (
        <>
          <SignedUp settings={landing.settings} stage={stage} />
          <BeSomebodyElse />
        </>
      ) : stage === "ended" ? (
        <SignupOver />
      ) : signIn === "busy" ? null : (
        <SignupForm settings={landing.settings} isBefore={stage === "before"} />
      )}
    </>
  );
}

export function SignupOver() {
  return <p className="rounded-2xl bg-card p-4 text-base">{useWarmupWords().signupOver}</p>;
}

/** Once the show is on there is nothing left to reserve, and nothing to be reminded of. */
function SignupForm({ settings, isBefore }: { readonly settings: Landing["settings"]; readonly isBefore: boolean }) {
  const words = useWarmupWords();
  const [remindBy, setRemindBy] = useState<readonly string[]>([]);
  const ways = useSignInWays();
  return (
    <>
      <section className="rounded-2xl bg-card p-4">
        <p className="text-base">{words.signupWhat}</p>
        {isBefore ? <p className="mt-2 text-sm text-dim">{words.signupOurs}</p> : null}
      </section>
      {ways?.demo ? <DemoSignIn /> : null}
      {isBefore ? <RemindChoice channels={settings.remind} chosen={remindBy} choose={setRemindBy} /> : null}
      {remindBy.some((channel) => channel !== "subscription") ? <JoinCode settings={settings} /> : null}
      <Card title={words.consent}>
        <p className="text-base whitespace-pre-line break-words">{settings.consentText}</p>
        <details className="mt-1">
          <summary className="flex min-h-11 items-center text-sm text-dim underline underline-offset-4">
            {words.readPrivacy}
          </summary>
          <p className="text-sm whitespace-pre-line break-words">{settings.privacyText}</p>
        </details>
        <OutcomeNote id={SIGNUP} />
      </Card>
      <Acts remindBy={remindBy} wechat={ways?.wechat?.start ?? null} />
    </>
  );
}

/** Signed in where WeChat can, because only then is one person one person on two phones; anybody may without it. */
function Acts({ remindBy, wechat }: { readonly remindBy: readonly string[]; readonly wechat: string | null }) {
  const words = useWarmupWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const busy = acting === SIGNUP;
  const signUp = () => void store.act({ kind: "signUp", id: SIGNUP, remindBy });
  const isKnown = me !== null && !me.anonymous;
  const start = isKnown ? null : wechat;
  if (start !== null) {
    return (
      <>
        <section className="rounded-2xl bg-card p-4">
          <p className="text-sm text-dim">{words.wechatWhy}</p>
          <div className="mt-3">
            <ActButton wide busy={busy} onPress={signUp}>
              {busy ? words.agreeing : words.agreeAnonymous}
            </ActButton>
          </div>
        </section>
        <BarAct>
          <ActButton look="solid" wide onPress={() => goSignIn(store.sessionId, start, { signUp: { remindBy } })}>
            {words.agreeWechat}
          </ActButton>
        </BarAct>
      </>
    );
  }
  return (
    <BarAct>
      <ActButton look="solid" wide busy={busy} onPress={signUp}>
        {busy ? words.agreeing : words.agree}
      </ActButton>
    </BarAct>
  );
}
