"use client";
import { useCallback, useEffect, useState } from "react";
import { randomId } from "../http/random-id.ts";
import { ActButton } from "./act-button.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { CouponCards } from "./coupon-card.tsx";
import { DrawCards } from "./draw-card.tsx";
import { drawHref, useHashView, type HashView } from "./hash-view.ts";
import type { InnerPage } from "./inner-page.tsx";
import { OnScreen, ProductShelf } from "./product-shelf.tsx";
import { ShowHeader } from "./show-header.tsx";
import { useMayAct } from "./standing.ts";
import { LanguageProvider, useShow, useStore, useViewer, useWords, ViewerStoreProvider } from "./viewer-context.tsx";
import { isOwnDraw } from "./viewer-data.ts";
import { createViewerStore, type ViewerStore } from "./viewer-store.ts";
import { browserShelf, openVisitorMemory, takeLinkToken } from "./visitor-memory.ts";

/** The page of one show inside WeChat. One static file for all shows: which one it is stands in the address. */
export function ViewerPage() {
  const [store, setStore] = useState<ViewerStore | "noShow" | null>(null);
  useEffect(() => {
    const opened = openStore();
    setStore(opened ?? "noShow");
    return opened?.start();
  }, []);
  return (
    <LanguageProvider>
      {store === null ? (
        <main>
          <Opening />
        </main>
      ) : store === "noShow" ? (
        <Missing />
      ) : (
        <ViewerStoreProvider value={store}>
          <Screen />
        </ViewerStoreProvider>
      )}
    </LanguageProvider>
  );
}

function openStore(): ViewerStore | null {
  const sessionId = /^\/v\/([\w.:@~-]{1,80})\/?$/.exec(decodedPath())?.[1];
  if (sessionId === undefined) return null;
  const memory = openVisitorMemory(sessionId, browserShelf(), randomId);
  const token = takeLinkToken();
  if (token !== null) memory.keepToken(token);
  if (window.location.search) tellPush(sessionId);
  return createViewerStore(sessionId, memory);
}

/** Most come by no push; for them it is not even loaded. */
const tellPush = (sessionId: string) =>
  void import("./push-link.ts").then(({ tellOpened }) => tellOpened(sessionId)).catch(() => undefined);

function decodedPath(): string {
  try {
    return decodeURIComponent(window.location.pathname);
  } catch {
    return "";
  }
}

function Screen() {
  const { show, problem } = useViewer();
  if (show) return <Shown />;
  if (problem === "missing") return <Missing />;
  return (
    <main>
      <Opening />
      {problem === "lost" ? <LostNote /> : null}
    </main>
  );
}

function Shown() {
  const view = useHashView();
  const { title } = useShow().slices.session;
  const { problem } = useViewer();
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      {problem === "lost" ? <LostNote /> : null}
      {view.part === "home" ? <ShowHeader /> : null}
      <main className="mx-auto max-w-xl space-y-3 px-4 pt-3 pb-[calc(6.5rem+env(safe-area-inset-bottom))]">
        <RehearsalMark />
        <Part view={view} />
      </main>
      <BottomBar view={view} />
    </>
  );
}

function Part({ view }: { readonly view: HashView }) {
  const { lotteries } = useShow().slices;
  if (view.part === "draw" && !lotteries.some(([id, draw]) => id === view.lotteryId && isOwnDraw(draw)))
    return <Home />;
  return view.part === "home" ? <Home /> : <Inner view={view} />;
}

/** What only some open is loaded when they open it, and again when the network did not give it. */
function Inner({ view }: { readonly view: Exclude<HashView, { part: "home" }> }) {
  const words = useWords();
  const [page, setPage] = useState<{ readonly Page: typeof InnerPage } | "failed" | null>(null);
  const load = useCallback(() => {
    setPage(null);
    import("./inner-page.tsx").then(
      (loaded) => setPage({ Page: loaded.InnerPage }),
      () => setPage("failed"),
    );
  }, []);
  useEffect(load, [load]);
  if (page === null) return <Opening />;
  if (page !== "failed") return <page.Page view={view} />;
  return (
    <section role="alert" className="rounded-2xl bg-card p-4 text-center">
      <p className="mb-3 text-base">{words.notLoaded}</p>
      <ActButton onPress={load}>{words.retryNow}</ActButton>
    </section>
  );
}

function Home() {
  const { products, coupons, lotteries } = useShow().slices;
  const words = useWords();
  const mayAct = useMayAct();
  const empty = products.length + coupons.length + lotteries.length === 0;
  return (
    <>
      {mayAct || coupons.length + lotteries.length === 0 ? null : (
        <p className="rounded-2xl bg-gold-soft p-4 text-base text-gold">{words.openFromLink}</p>
      )}
      {empty ? (
        <section className="rounded-2xl bg-card p-4">
          <h2 className="text-base font-semibold">{words.emptyTitle}</h2>
          <p className="mt-1 text-sm text-dim">{words.emptyText}</p>
        </section>
      ) : null}
      <WonNote />
      <OnScreen />
      <CouponCards />
      <DrawCards />
      <ProductShelf />
      <PrivacyLink />
    </>
  );
}

/** Nobody should have to look for it. */
function WonNote() {
  const words = useWords();
  const won = useViewer().me?.me.lottery.find((mine) => mine.won !== null);
  if (!won) return null;
  return (
    <a
      href={drawHref(won.lotteryId)}
      className="flex min-h-12 items-center justify-between gap-3 rounded-2xl bg-act px-4 py-3 text-white"
    >
      <strong className="text-lg">{words.won}</strong>
      <span className="shrink-0 text-base underline underline-offset-4">{words.seeResult}</span>
    </a>
  );
}

function PrivacyLink() {
  const words = useWords();
  return (
    <a href="#me" className="inline-flex min-h-11 items-center px-1 text-sm text-dim underline underline-offset-4">
      {words.privacy}
    </a>
  );
}

function RehearsalMark() {
  const words = useWords();
  const { rehearsal } = useShow().slices.session;
  if (!rehearsal) return null;
  return (
    <p
      aria-hidden
      className="pointer-events-none fixed top-1/2 left-1/2 z-10 -translate-x-1/2 -rotate-12 text-[18vw] font-bold whitespace-nowrap opacity-[0.06]"
    >
      {words.rehearsal}
    </p>
  );
}

/** Stays on top, whatever is scrolled: what is shown may be old. */
function LostNote() {
  const words = useWords();
  const store = useStore();
  return (
    <div
      role="status"
      className="sticky top-0 z-20 flex items-center gap-3 bg-gold-soft px-4 pt-[calc(0.5rem+env(safe-area-inset-top))] pb-2 text-sm text-gold"
    >
      <p className="min-w-0 flex-1">{words.lost}</p>
      <ActButton onPress={store.refresh}>{words.retryNow}</ActButton>
    </div>
  );
}

function Opening() {
  const words = useWords();
  return (
    <div className="grid min-h-[60vh] place-items-center p-6">
      <p role="status" className="text-base text-dim">
        {words.loading}
      </p>
    </div>
  );
}

function Missing() {
  const words = useWords();
  return (
    <main className="grid min-h-[60vh] place-items-center p-6 text-center">
      <div>
        <h1 className="text-xl font-bold">{words.missingTitle}</h1>
        <p className="mt-2 text-base text-dim">{words.missingText}</p>
      </div>
    </main>
  );
}
