"use client";
import type { ReactNode } from "react";
import { count } from "../../format/money.ts";
import { landingOf, signedUp } from "../landing.ts";
import { useShow, useStore, useViewer, useWords } from "../viewer-context.tsx";
import { pill } from "./pill.ts";

/** The two acts of the warm-up: the platform's own 视频号预约 first, then 预约登记, which is ours. */
export function ActCards({ text }: { readonly text: string }) {
  return (
    <>
      {text ? <p className="px-1 pt-1 text-base break-words">{text}</p> : null}
      <Row>
        <ReserveRow />
      </Row>
      <Row>
        <SignupRow />
      </Row>
    </>
  );
}

const Row = ({ children }: { readonly children: ReactNode }) => (
  <section className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 rounded-2xl bg-card px-4 py-2.5">
    {children}
  </section>
);

const Named = ({ name, children }: { readonly name: string; readonly children: string }) => (
  <div className="flex min-w-40 flex-1 flex-wrap items-baseline gap-x-2">
    <h2 className="text-base font-semibold">{name}</h2>
    <p className="text-sm text-dim">{children}</p>
  </div>
);

function ReserveRow() {
  const words = useWords();
  return (
    <>
      <Named name={words.reserve}>{words.reserveNote}</Named>
      <ReserveLink className={`${pill} text-act`}>{words.reserveGo}</ReserveLink>
    </>
  );
}

/** Opens the mini program that reserves in one tap, or says how it is done by the card. */
export function ReserveLink({ className, children }: { readonly className: string; readonly children: string }) {
  const { reserveUrl } = useViewer();
  const { memory } = useStore();
  return (
    <a href={reserveUrl ?? "#reserve"} className={className} onClick={() => memory.keepSelf({ wentToReserve: true })}>
      {children}
    </a>
  );
}

function SignupRow() {
  const words = useWords();
  const show = useShow();
  const { me } = useViewer();
  const { standing } = show.slices.signups;
  const counted = landingOf(show)?.settings.showCount && standing > 0 ? words.people(count(standing)) : null;
  if (signedUp(me)) {
    return (
      <>
        <h2 className="min-w-40 flex-1 text-base font-semibold">
          {words.signup} <span className="ml-1 font-normal whitespace-nowrap text-sure">✓ {words.signedUp}</span>
        </h2>
        {counted ? <p className="text-sm text-dim">{counted}</p> : null}
      </>
    );
  }
  return (
    <>
      <Named name={words.signup}>{counted ?? words.signupNote}</Named>
      <a href="#signup" className={`${pill} text-act`}>
        {words.signupGo}
      </a>
    </>
  );
}
