"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { clockTime, dayTime } from "../format/time.ts";
import type { ForwardList } from "./forward-api.ts";
import { createForwardStore, firstState, type ForwardState, type ForwardStore } from "./forward-store.ts";
import { fill, useWords, WordsProvider, type ForwardWords } from "./forward-words.ts";
import { LanguageButton } from "./language-button.tsx";
import { MemberChoice } from "./member-choice.tsx";
import { MyList } from "./my-list.tsx";
import { Everybody } from "./everybody.tsx";
import { Notice, PlainButton } from "./parts.tsx";
import { useWecomSignIn } from "./use-wecom-sign-in.ts";

type Props = { readonly token: string; readonly locale: string; readonly words: ForwardWords };

/** What each member forwards by hand, on their phone: words, groups, a tick for each. */
export function ForwardPage({ token, locale, words }: Props) {
  const [store, setStore] = useState<ForwardStore | null>(null);
  useEffect(() => {
    const opened = createForwardStore(token);
    setStore(opened);
    return opened.start();
  }, [token]);
  return (
    <WordsProvider value={words}>
      <div className="mx-auto flex min-h-dvh max-w-xl flex-col px-4 pt-[calc(0.75rem+env(safe-area-inset-top))] pb-[calc(1.5rem+env(safe-area-inset-bottom))]">
        {store ? <Opened store={store} token={token} /> : <Opening />}
        <LanguageButton locale={locale} />
      </div>
    </WordsProvider>
  );
}

function Opened({ store, token }: { readonly store: ForwardStore; readonly token: string }) {
  const words = useWords();
  const state = useSyncExternalStore(store.subscribe, store.read, () => firstState);
  const away = useWecomSignIn(state, token);
  const { list, problem, offline } = state;
  if (problem === "unknown" || problem === "expired") {
    return (
      <main className="grid flex-1 place-items-center text-center">
        <div>
          <h1 className="text-xl font-bold">{words.wrongTitle}</h1>
          <p className="mt-2">{words[problem]}</p>
          <p className="mt-1 text-sm text-dim">{words.wrongHint}</p>
        </div>
      </main>
    );
  }
  if (!list || away) return <Opening offline={offline} onRetry={store.refresh} />;
  return (
    <>
      {offline ? <Offline waiting={state.waiting.length} onRetry={store.refresh} /> : null}
      <Header list={list} />
      <main className="flex-1 space-y-3">
        {list.push.closed ? <Closed reason={list.push.closed} hasTicks={state.memberId !== null} /> : null}
        {problem === "notOnList" ? <Notice tone="air">{words.notOnList}</Notice> : null}
        <Body list={list} state={state} store={store} />
        <Everybody list={list} />
      </main>
    </>
  );
}

function Body({
  list,
  state,
  store,
}: {
  readonly list: ForwardList;
  readonly state: ForwardState;
  readonly store: ForwardStore;
}) {
  const words = useWords();
  if (list.push.handedOverAt === null) {
    return list.push.closed ? null : (
      <Notice tone="calm">
        <strong className="block">{words.notYetTitle}</strong>
        {words.notYetText}
      </Notice>
    );
  }
  if (state.memberId === null) return <MemberChoice list={list} note={state.note} onChoose={store.choose} />;
  if (!state.part) return <p className="py-10 text-center text-dim">{words.loading}</p>;
  return <MyList list={list} part={state.part} state={state} store={store} />;
}

function Header({ list: { show, push } }: { readonly list: ForwardList }) {
  const words = useWords();
  const says =
    show.phase === "live"
      ? words.live
      : show.phase === "interrupted"
        ? words.interrupted
        : show.phase === "ended"
          ? words.ended
          : fill(words.startsAt, { at: dayTime(show.plannedStartAt) });
  return (
    <header className="pb-3">
      <p className="flex items-center gap-2 text-sm text-dim">
        <span className="min-w-0 truncate">{show.roomName}</span>
        <span
          className={`shrink-0 ${show.phase === "live" ? "font-semibold text-air before:mr-1 before:content-['●']" : ""}`}
        >
          {says}
        </span>
        {show.rehearsal ? (
          <span className="ml-auto shrink-0 rounded-full border border-wait-edge bg-wait-soft px-2 text-wait">
            {words.rehearsal}
          </span>
        ) : null}
      </p>
      <h1 className="mt-0.5 text-xl font-bold break-words">{push.title}</h1>
      <p className="text-sm break-words text-dim">
        {show.title}
        {push.handedOverAt === null ? "" : ` · ${fill(words.handedOverAt, { at: clockTime(push.handedOverAt) })}`}
      </p>
    </header>
  );
}

function Closed({ reason, hasTicks }: { readonly reason: "useBy" | "ended" | "hand"; readonly hasTicks: boolean }) {
  const words = useWords();
  const why = { hand: words.closedHand, useBy: words.closedUseBy, ended: words.closedEnded }[reason];
  return (
    <Notice tone="wait">
      <strong className="block">{words.closedTitle}</strong>
      {why} {hasTicks ? words.closedTicks : null}
    </Notice>
  );
}

/** Stays on top, whatever is scrolled: what is shown may be old. */
function Offline({ waiting, onRetry }: { readonly waiting: number; readonly onRetry: () => void }) {
  const words = useWords();
  return (
    <div
      role="status"
      className="sticky top-0 z-10 -mx-4 mb-3 flex items-center gap-3 border-b border-wait-edge bg-wait-soft px-4 py-2 text-sm text-wait"
    >
      <p className="min-w-0 flex-1">{waiting > 0 ? fill(words.offlineWaiting, { n: waiting }) : words.offline}</p>
      <PlainButton onPress={onRetry}>{words.tryNow}</PlainButton>
    </div>
  );
}

function Opening({ offline = false, onRetry }: { readonly offline?: boolean; readonly onRetry?: () => void }) {
  const words = useWords();
  return (
    <main className="grid flex-1 place-items-center text-center text-dim">
      <div>
        <p role="status">{offline ? words.offline : words.loading}</p>
        {offline && onRetry ? <PlainButton onPress={onRetry}>{words.retry}</PlainButton> : null}
      </div>
    </main>
  );
}
