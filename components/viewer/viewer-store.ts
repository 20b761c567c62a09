import { landingOf, signedUp, stageOf } from "./landing.ts";
import { pollShow } from "./show-poll.ts";
import type { Act } from "./viewer-acts.ts";
import { getMe, getReserveLink, type Failure } from "./viewer-api.ts";
import { isOwnDraw, type Me, type ViewerShow } from "./viewer-data.ts";
import type { VisitorMemory } from "./visitor-memory.ts";

/** All that the page knows of one show and of the person, outside the tree. Owned by the page: `start` when it is there, and the returned function when it goes. */

export type ActKind = Act["kind"];
/** What became of the last press on one coupon or draw, or on the sign-up. */
export type Outcome = { readonly id: string; readonly kind: ActKind; readonly failure: Failure | null };

export type ViewerState = {
  readonly show: ViewerShow | null;
  readonly problem: "lost" | "missing" | null;
  readonly me: Me | null;
  readonly clockOffsetMs: number;
  /** The coupon or draw whose press is under way, or `SIGNUP`. */
  readonly acting: string | null;
  readonly outcome: Outcome | null;
  /** One tap to the native 视频号预约; `null`: there is none, the page says how. */
  readonly reserveUrl: string | null;
  /** Coming back from a sign-in: under way, or why it failed. */
  readonly signIn: "busy" | Failure | null;
};

/** Id of the one sign-up that a person has here. */
export const SIGNUP = "signup";

export type ViewerStore = {
  readonly memory: VisitorMemory;
  readonly sessionId: string;
  readonly read: () => ViewerState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: () => () => void;
  readonly act: (act: Act) => Promise<void>;
  /** Tells the page how a sign-in goes; with a token the person is who it says from now on. */
  readonly noteSignIn: (signIn: ViewerState["signIn"], token?: string) => void;
  /** Of the person nothing is left here. */
  readonly forget: () => void;
  /** Asks for the show and the person's part at once. */
  readonly refresh: () => void;
};

/** How often the person's part is asked for while something outside the page can change it (an order paid, a phrase commented). */
const WAITING_MS = 10_000;

export const firstState: ViewerState = {
  show: null,
  problem: null,
  me: null,
  clockOffsetMs: 0,
  acting: null,
  outcome: null,
  reserveUrl: null,
  signIn: null,
};

export function createViewerStore(sessionId: string, memory: VisitorMemory): ViewerStore {
  let state = firstState;
  const listeners = new Set<() => void>();
  const change = (part: Partial<ViewerState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const person = createPerson({ sessionId, memory, read: () => state, change });
  const tellOnce = createTelling(sessionId, memory);
  let reserveRev: number | null = null;
  let soon = () => undefined as void;
  const askReserve = (show: ViewerShow) => {
    const rev = show.slices.landingPage.find(([id]) => id === "published")?.[1].rev ?? null;
    if (rev === reserveRev) return;
    reserveRev = rev;
    const reserve = landingOf(show)?.settings.reserve;
    change({ reserveUrl: reserve?.by === "miniProgram" ? reserve.urlLink : null });
    if (reserve?.by !== "miniProgram" || reserve.urlLink !== null) return;
    void getReserveLink(sessionId).then((reserveUrl) => rev === reserveRev && change({ reserveUrl }));
  };

  return {
    memory,
    sessionId,
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      const poll = pollShow(sessionId, {
        onShow(show) {
          noteDraws(show, memory);
          const changed = state.show === null || tidings(state.show) !== tidings(show);
          change({ show });
          askReserve(show);
          if (changed) void person.refresh();
          tellOnce(show.slices.session.phase === "live" ? "live" : "opened");
        },
        onProblem: (problem) => void (problem !== state.problem && change({ problem })),
        onClock: (clockOffsetMs) => void (clockOffsetMs !== state.clockOffsetMs && change({ clockOffsetMs })),
      });
      soon = poll.soon;
      const waiting = setInterval(() => void (isWaiting(state) && !document.hidden && person.refresh()), WAITING_MS);
      const look = () => void (!document.hidden && person.refresh());
      document.addEventListener("visibilitychange", look);
      document.addEventListener("pointerdown", warm, { once: true, passive: true });
      return () => {
        document.removeEventListener("pointerdown", warm);
        poll.stop();
        clearInterval(waiting);
        document.removeEventListener("visibilitychange", look);
      };
    },
    async act(act) {
      if (state.acting !== null) return;
      const { id, kind } = act;
      change({ acting: id, outcome: null });
      const failure = await person.act(act);
      change({ acting: null, outcome: { id, kind, failure } });
      soon();
    },
    noteSignIn(signIn, token) {
      if (token === undefined) return change({ signIn });
      memory.keepToken(token);
      // What stood there was of whoever had the phone before.
      change({ signIn, me: null, outcome: null });
      void person.refresh();
    },
    forget() {
      memory.forget();
      change({ me: null, outcome: null, signIn: null });
    },
    refresh() {
      soon();
      void person.refresh();
    },
  };
}

/** Fetched with the first touch of the page, so that it is there when something is pressed. */
const loadActs = () => import("./viewer-acts.ts");
const warm = () => void loadActs().catch(() => undefined);

type PersonDeps = {
  readonly sessionId: string;
  readonly memory: VisitorMemory;
  readonly read: () => ViewerState;
  readonly change: (part: Partial<ViewerState>) => void;
};

/** The person's part: who they are here, what they hold, what they do. */
function createPerson({ sessionId, memory, read, change }: PersonDeps) {
  const refresh = async (): Promise<void> => {
    const token = memory.token();
    if (token === null) return;
    const answer = await getMe(sessionId, token);
    // Somebody else has the phone by now.
    if (memory.token() !== token) return;
    if (answer.ok) change({ me: answer.value });
    else if (answer.failure.kind === "denied") {
      // Run out, or of another show: whoever it was, it is nobody here any more.
      memory.keepToken(null);
      change({ me: null });
    }
  };

  /** `null`: done. */
  const act = async (press: Act): Promise<Failure | null> => {
    try {
      const { sendPress } = await loadActs();
      // Signing up is open to everybody, with WeChat or without; what has a worth only where the show says so.
      const hasWorth = press.kind === "claim" || press.kind === "enter";
      const mayBecome = !hasWorth || (read().show?.slices.session.anonymousClaims ?? false);
      return await sendPress({ sessionId, memory, mayBecome, refresh }, press);
    } catch {
      // What sends it did not load: nothing was sent.
      return { kind: "lost", code: "http.lost", data: {}, retryAfterMs: 0 };
    }
  };
  return { refresh, act };
}

/** What of a show can change what a person holds. */
function tidings({ slices: { coupons, lotteries } }: ViewerShow): string {
  const draws = lotteries.map(([id, draw]) => [id, draw.state, isOwnDraw(draw) ? draw.redraws.length : 0]);
  return JSON.stringify([coupons.map(([id, { state }]) => [id, state]), draws]);
}

/** For a condition of a draw to be met, or for friends to come by the own link. */
function isWaiting({ me, show }: ViewerState): boolean {
  if (me?.me.lottery.some(({ met }) => met?.includes(false))) return true;
  return show !== null && stageOf(show.slices.session) === "before" && signedUp(me) !== null;
}

/** By whose link the page was opened, once; and once more when the show is live. Most came by none and are nobody yet: for them it is not even loaded. */
function createTelling(sessionId: string, memory: VisitorMemory) {
  const told = new Set<string>();
  return (when: "opened" | "live") => {
    if (told.has(when)) return;
    told.add(when);
    if (memory.token() === null && !/[?&][is]=/.test(window.location.search)) return;
    void import("./tell-came.ts").then(({ tellCame }) => tellCame(sessionId, memory)).catch(() => undefined);
  };
}

function noteDraws({ now, slices }: ViewerShow, memory: VisitorMemory): void {
  for (const [lotteryId, draw] of slices.lotteries) {
    if (isOwnDraw(draw) && draw.pledge && draw.seed === null) memory.firstSeen(lotteryId, draw.pledge.commitment, now);
  }
}
