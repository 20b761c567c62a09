"use client";
import { useEffect, useState } from "react";
import { randomId } from "../http/random-id.ts";
import { ActButton } from "./act-button.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { CouponCards } from "./coupon-card.tsx";
import { DrawCards } from "./draw-card.tsx";
import { drawHref, useHashView, viewThatIs, type HashView, type InnerView, type WarmupView } from "./hash-view.ts";
import { landingOf } from "./landing.ts";
import { LoadFailed } from "./load-failed.tsx";
import { OnScreen, ProductShelf } from "./product-shelf.tsx";
import { ShowHeader } from "./show-header.tsx";
import { useMayAct } from "./standing.ts";
import { useLoaded } from "./use-loaded.ts";
import { LanguageProvider, useShow, useStore, useViewer, useWords, ViewerStoreProvider } from "./viewer-context.tsx";
import { createViewerStore, type ViewerStore } from "./viewer-store.ts";
import { browserShelf, openVisitorMemory, takeLinkToken } from "./visitor-memory.ts";
import { LandingHome } from "./warmup/landing-home.tsx";

/** The page of one show inside WeChat. One static file for all shows: which one it is stands in the address. */
export function ViewerPage() {
  const [store, setStore] = useState<ViewerStore | "noShow" | null>(null);
  useEffect(() => {
    if (isPreview()) return startPreview(setStore);
    const opened = openStore();
    setStore(opened ?? "noShow");
    return opened?.start();
  }, []);
  return (
    <LanguageProvider>
      {store === null ? (
        <Beginning />
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

/** In a frame of the team's editor. */
const isPreview = () => window.parent !== window && window.location.search === "?preview";

function startPreview(show: (store: ViewerStore) => void): () => void {
  let stop: () => void = () => undefined;
  const sessionId = sessionInPath();
  if (sessionId === undefined) return stop;
  void import("./preview-store.ts").then(({ createPreviewStore }) => {
    const store = createPreviewStore(sessionId);
    stop = store.start();
    show(store);
  });
  return () => stop();
}

const sessionInPath = () => /^\/v\/([\w.:@~-]{1,80})\/?$/.exec(decodedPath())?.[1];

/** A sign-in came back: `#c=` with what completes it, `#e=` with why not. */
const CAME_BACK = /^#([ce])=([\w.~%-]{1,4000})$/;

function openStore(): ViewerStore | null {
  const sessionId = sessionInPath();
  if (sessionId === undefined) return null;
  const memory = openVisitorMemory(sessionId, browserShelf(), randomId);
  const token = takeLinkToken();
  if (token !== null) memory.keepToken(token);
  if (/[?&]p=/.test(window.location.search)) tellPush(sessionId);
  if (memory.token() === null) beginAtHome();
  const store = createViewerStore(sessionId, memory);
  const cameBack = CAME_BACK.exec(window.location.hash);
  if (cameBack) takeUpSignIn(store, { kind: cameBack[1] === "c" ? "completion" : "error", value: cameBack[2] ?? "" });
  return store;
}

/** Whoever forwards the page forwards the part of it that they had open: a friend who was never here begins with the first. */
function beginAtHome(): void {
  const { pathname, search, hash } = window.location;
  if (!/[?&]i=/.test(search) || !/^#[a-z]+$/.test(hash)) return;
  window.history.replaceState(window.history.state, "", pathname + search);
}

type CameBack = { readonly kind: "completion" | "error"; readonly value: string };

/** Out of the address at once, so that sharing the page does not share it. */
function takeUpSignIn(store: ViewerStore, cameBack: CameBack): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, "", `${pathname}${search}#signup`);
  store.noteSignIn("busy");
  import("./warmup/sign-in.ts").then(
    ({ completeSignIn }) => completeSignIn(store, cameBack),
    () => store.noteSignIn({ kind: "lost", code: "http.lost", data: {}, retryAfterMs: 0 }),
  );
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
    <>
      {problem === "lost" ? <LostNote /> : null}
      <Beginning />
    </>
  );
}

function Shown() {
  const show = useShow();
  const view = viewThatIs(useHashView(), show);
  const { title } = show.slices.session;
  const { problem } = useViewer();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const hasWarmup = landingOf(show) !== null;
  useEffect(() => {
    if (!hasWarmup) return;
    document.addEventListener("pointerdown", warm, { once: true, passive: true });
    return () => document.removeEventListener("pointerdown", warm);
  }, [hasWarmup]);
  return (
    <>
      {problem === "lost" ? <LostNote /> : null}
      {view.part === "home" ? <ShowHeader /> : null}
      <main className="mx-auto max-w-xl space-y-3 px-4 pt-3 pb-[calc(6.5rem+env(safe-area-inset-bottom))]">
        <RehearsalMark />
        {view.part === "home" ? <Home /> : <Inner view={view} />}
      </main>
      <BottomBar view={view} />
    </>
  );
}

/** What only some open is loaded when they open it, and again when the network did not give it. */
const loadInner = () => import("./inner-page.tsx");
const loadWarmup = () => import("./warmup/warmup-page.tsx");
/** Whoever touches the page is about to press something: mostly what leads there. */
const warm = () => void loadWarmup().catch(() => undefined);

function Inner({ view }: { readonly view: Exclude<HashView, { part: "home" }> }) {
  return view.part === "me" || view.part === "draw" ? <InnerPart view={view} /> : <WarmupPart view={view} />;
}

function InnerPart({ view }: { readonly view: InnerView }) {
  const { part, failed, retry } = useLoaded(loadInner);
  if (failed) return <LoadFailed retry={retry} />;
  return part ? <part.InnerPage view={view} /> : <Opening />;
}

function WarmupPart({ view }: { readonly view: WarmupView }) {
  const { part, failed, retry } = useLoaded(loadWarmup);
  if (failed) return <LoadFailed retry={retry} />;
  return part ? <part.WarmupPage view={view} /> : <Opening />;
}

function Home() {
  const show = useShow();
  const { coupons, lotteries } = show.slices;
  const words = useWords();
  const mayAct = useMayAct();
  const landing = landingOf(show);
  return (
    <>
      {mayAct || coupons.length + lotteries.length === 0 ? null : (
        <p className="rounded-2xl bg-gold-soft p-4 text-base text-gold">{words.openFromLink}</p>
      )}
      <WonNote />
      {landing ? <LandingHome landing={landing} /> : <PlainHome />}
      <PrivacyLink />
    </>
  );
}

/** Of a show whose team made no landing page: what can be had, and the bag. */
function PlainHome() {
  const { products, coupons, lotteries } = useShow().slices;
  const words = useWords();
  const empty = products.length + coupons.length + lotteries.length === 0;
  return (
    <>
      {empty ? (
        <section className="rounded-2xl bg-card p-4">
          <h2 className="text-base font-semibold">{words.emptyTitle}</h2>
          <p className="mt-1 text-sm text-dim">{words.emptyText}</p>
        </section>
      ) : null}
      <OnScreen />
      <CouponCards />
      <DrawCards />
      <ProductShelf />
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

/** As the page will stand, so that little moves when it is there. */
function Beginning() {
  return (
    <>
      <div aria-hidden className="h-52 bg-brand" />
      <main>
        <Opening />
      </main>
    </>
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
