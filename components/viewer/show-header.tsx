"use client";
import { dayTime } from "../format/time.ts";
import { useLanguage, useShow, useShowNow, useWords } from "./viewer-context.tsx";
import type { ViewerSession } from "./viewer-data.ts";

/** What show this is and where it stands: before it a countdown, then a word. */
export function ShowHeader() {
  const { session } = useShow().slices;
  const words = useWords();
  return (
    <header className="bg-brand px-5 pt-[calc(1rem+env(safe-area-inset-top))] pb-6 text-white">
      <div className="mb-2 flex min-h-11 items-center justify-between gap-3">
        <p className="text-sm text-white/85">{words.brand}</p>
        <LanguageSwitch />
      </div>
      <h1 className="text-2xl leading-snug font-bold break-words">{session.title}</h1>
      {session.theme ? <p className="mt-1 text-base text-white/90">{session.theme}</p> : null}
      {session.rehearsal ? (
        <p className="mt-3 rounded-lg bg-white/15 px-3 py-2 text-sm">
          <strong className="mr-2 rounded border border-white/70 px-1.5">{words.rehearsal}</strong>
          {words.rehearsalNote}
        </p>
      ) : null}
      <div className="mt-4">
        <Standing session={session} />
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { words, language, speak } = useLanguage();
  return (
    <button
      type="button"
      lang={language === "en" ? "zh-CN" : "en"}
      className="-mr-2 min-h-11 min-w-11 rounded-full px-3 text-sm text-white underline underline-offset-4 focus-visible:outline-white"
      onClick={() => speak(language === "en" ? "zh-CN" : "en")}
    >
      {words.switchLanguage}
    </button>
  );
}

function Standing({ session }: { readonly session: ViewerSession }) {
  const words = useWords();
  switch (session.phase) {
    case "planned":
    case "warmup":
      return <BeforeShow session={session} />;
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

function BeforeShow({ session: { plannedStartAt } }: { readonly session: ViewerSession }) {
  const words = useWords();
  const ms = plannedStartAt - useShowNow(plannedStartAt);
  return (
    <>
      <p className="text-base text-white/90">{words.startsAt(dayTime(plannedStartAt))}</p>
      {ms <= 0 ? (
        <p className="mt-3 text-lg font-semibold">{words.startsSoon}</p>
      ) : (
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
