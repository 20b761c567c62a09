"use client";
import { useState } from "react";
import { dayTime } from "../format/time.ts";
import { heroOf, landingOf } from "./landing.ts";
import { startTime } from "./start-time.ts";
import { useLanguage, useShow, useShowNow, useWords } from "./viewer-context.tsx";
import type { ViewerSession } from "./viewer-data.ts";

/** What show this is and where it stands: before it a countdown, then a word. */
export function ShowHeader() {
  const show = useShow();
  const { session } = show.slices;
  const words = useWords();
  const landing = landingOf(show);
  const hero = landing ? heroOf(landing) : undefined;
  const theme = hero?.subtitle || session.theme;
  return (
    <header className="bg-brand px-5 pt-[calc(1rem+env(safe-area-inset-top))] pb-6 text-white">
      <div className="mb-2 flex min-h-11 items-center gap-3">
        <p className="flex-1 text-sm text-white/85">{landing?.settings.channelsName || words.brand}</p>
        {landing ? (
          <a href="#me" className={quiet}>
            {words.me}
          </a>
        ) : null}
        <LanguageSwitch />
      </div>
      {hero?.pictureUrl ? <Banner url={hero.pictureUrl} /> : null}
      <h1 className="text-2xl leading-snug font-bold break-words">{hero?.title || session.title}</h1>
      {theme ? <p className="mt-1 text-base break-words text-white/90">{theme}</p> : null}
      {session.rehearsal ? (
        <p className="mt-3 rounded-lg bg-white/15 px-3 py-2 text-sm">
          <strong className="mr-2 rounded border border-white/70 px-1.5">{words.rehearsal}</strong>
          {words.rehearsalNote}
        </p>
      ) : null}
      <div className="mt-4">
        <Standing session={session} countdown={hero?.countdown ?? true} />
      </div>
    </header>
  );
}

const quiet =
  "-mr-2 inline-flex min-h-11 min-w-11 items-center justify-center rounded-full px-3 text-sm text-white underline underline-offset-4 focus-visible:outline-white";

/** Says nothing that the title does not; without it the page is whole. */
function Banner({ url }: { readonly url: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (broken === url) return null;
  return (
    // The team's own picture, at its address; the page has no server that would make it smaller.
    <img
      src={url}
      alt=""
      decoding="async"
      referrerPolicy="no-referrer"
      className="mb-4 aspect-[16/7] w-full rounded-xl bg-white/10 object-cover"
      onError={() => setBroken(url)}
    />
  );
}

function LanguageSwitch() {
  const { words, language, speak } = useLanguage();
  return (
    <button
      type="button"
      lang={language === "en" ? "zh-CN" : "en"}
      className={quiet}
      onClick={() => speak(language === "en" ? "zh-CN" : "en")}
    >
      {words.switchLanguage}
    </button>
  );
}

type StandingParts = { readonly session: ViewerSession; readonly countdown: boolean };

function Standing({ session, countdown }: StandingParts) {
  const words = useWords();
  switch (session.phase) {
    case "planned":
    case "warmup":
      return <BeforeShow session={session} countdown={countdown} />;
    case "live":
      return (
        <p className="flex items-center gap-2 text-base font-semibold">
          <span aria-hidden className="size-2.5 rounded-full bg-white motion-safe:animate-pulse" />
          {words.phases.live}
          <span className="font-normal text-white/85">{words.liveNow}</span>
        </p>
      );
    case "interrupted":
      return (
        <p role="status" className="rounded-lg bg-gold-soft px-3 py-2 text-sm text-gold">
          <strong>{words.phases.interrupted}</strong> {words.interruptedNow}
        </p>
      );
    case "ended":
      return (
        <p className="text-base">
          {session.endedAt === null ? words.phases.ended : words.endedNow(dayTime(session.endedAt))}
        </p>
      );
    default:
      return session.phase satisfies never;
  }
}

function BeforeShow({ session: { plannedStartAt }, countdown }: StandingParts) {
  const words = useWords();
  const now = useShowNow(plannedStartAt);
  const ms = plannedStartAt - now;
  return (
    <>
      <p className="text-base text-white/90">{words.startsAt(startTime(plannedStartAt, now, words))}</p>
      {ms <= 0 ? (
        <p className="mt-3 text-lg font-semibold">{words.startsSoon}</p>
      ) : !countdown ? null : (
        <p className="mt-3 flex flex-wrap items-center gap-2" role="timer" aria-live="off">
          <span>{words.startsIn}</span>
          <CountBoxes ms={ms} />
        </p>
      )}
    </>
  );
}

function CountBoxes({ ms }: { readonly ms: number }) {
  const words = useWords();
  const total = Math.ceil(ms / 1_000);
  const days = Math.floor(total / 86_400);
  const boxes = [Math.floor((total % 86_400) / 3_600), Math.floor((total % 3_600) / 60), total % 60];
  return (
    <>
      {days > 0 ? <span className="text-lg font-bold">{words.days(days)}</span> : null}
      {boxes.map((value, index) => (
        <span key={index} className="flex items-center gap-2">
          {index > 0 ? <span aria-hidden>:</span> : null}
          <span className="min-w-11 rounded-lg bg-white/15 px-2 py-1 text-center text-2xl font-bold">
            {String(value).padStart(2, "0")}
          </span>
        </span>
      ))}
    </>
  );
}
