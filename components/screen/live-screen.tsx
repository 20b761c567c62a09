"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { clockSeconds } from "../format/time.ts";
import { useConnection, useServerNow, useSessionSource } from "../session/session-provider.tsx";
import { Board } from "./boards.tsx";
import { useHost } from "./host-slices.ts";
import { useKeptSet } from "./kept-set.ts";
import type { ScreenLink } from "./screen-link.ts";
import { pointKey, ScreenStateProvider, type Tick } from "./screen-state.tsx";
import css from "./screen.module.css";
import { createSeenOutbox, type SeenOutbox } from "./seen-outbox.ts";
import { useIdleCursor } from "./use-idle-cursor.ts";
import { useNewBuild } from "./use-new-build.ts";
import { useScreenKeys } from "./use-screen-keys.ts";
import { useWakeLock } from "./use-wake-lock.ts";

/** A screen with its show: the board that the desk chose, the keys of its own, and what it says of itself. */
export function LiveScreen({ link }: { link: ScreenLink }) {
  const { linkId } = link;
  const row = useHost((show) => show.screens?.get(linkId));
  const board = row?.board ?? "host";
  const [hidden, keepHidden] = useKeptSet(`kaibo-screen-money:${linkId}`);
  const [ticks, keepTick] = useKeptSet(`kaibo-screen-ticks:${linkId}`);
  const tick = useCallback((made: Tick) => keepTick(pointKey(made), made.said), [keepTick]);
  const outbox = useOutbox(linkId);
  const answered = useSyncExternalStore(outbox.subscribe, outbox.answered, outbox.answered);
  const hostMessage = useHost((show) => show.hostMessage);
  const shown = board !== "assistant" && hostMessage && !answered.has(hostMessage.messageId) ? hostMessage : null;
  const phase = useHost((show) => show.session.phase);
  const answer = useCallback((messageId: string) => outbox.add(messageId), [outbox]);

  useScreenKeys({
    answer() {
      if (shown) answer(shown.messageId);
      return shown !== null;
    },
    // While the desk hides it, the key would change nothing that anybody sees.
    toggleMoney: () => (row?.moneyHidden ? undefined : keepHidden("hidden", !hidden.has("hidden"))),
  });
  useIdleCursor();
  useNewBuild(useQuiet({ busy: shown !== null || outbox.pending().length > 0, onAir: phase === "live" }));
  return (
    <ScreenStateProvider
      moneyHidden={(row?.moneyHidden ?? false) || hidden.has("hidden")}
      answered={answered}
      answer={answer}
      ticks={ticks}
      tick={tick}
    >
      <div className={css["screen"]} data-testid="screen" data-board={board}>
        <Board board={board} />
      </div>
      <Stale />
      <Notes outbox={outbox} />
      <Identity link={link} identifyAt={row?.identifyAt ?? null} />
    </ScreenStateProvider>
  );
}

function useOutbox(linkId: string): SeenOutbox {
  const source = useSessionSource();
  const outbox = useMemo(
    () =>
      createSeenOutbox({
        storage: localStorage,
        key: `kaibo-screen-seen:${linkId}`,
        // One id for one message and link: whatever is sent twice is the same act.
        send: (messageId) => source.send({ id: `seen_${messageId}`, type: "message.seen", input: { messageId } }),
      }),
    [source, linkId],
  );
  const isLive = useConnection().state === "live";
  useEffect(() => {
    if (isLive) outbox.retry();
  }, [isLive, outbox]);
  useEffect(() => () => outbox.close(), [outbox]);
  return outbox;
}

/** Right after a reconnect the picture has just moved anyway. */
const JUST_NOW_MS = 8_000;

function useQuiet({ busy, onAir }: { busy: boolean; onAir: boolean }): () => boolean {
  const isLive = useConnection().state === "live";
  const [liveSince, setLiveSince] = useState(0);
  useEffect(() => {
    if (isLive) setLiveSince(Date.now());
  }, [isLive]);
  return () => !busy && (!onAir || Date.now() - liveSince < JUST_NOW_MS);
}

const QUIET_GAP_MS = 1_500;

/** A line that is down for more than a moment is said large and plain; what stands below is known to be old. */
function Stale() {
  const connection = useConnection();
  return connection.state === "lost" ? <StaleSince since={connection.since} /> : null;
}

function StaleSince({ since }: { since: number }) {
  const words = useTranslations("screen.stale");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  if (now - since < QUIET_GAP_MS) return null;
  return (
    <div className={css["stale"]} role="alert">
      <p className={css["staleTitle"]}>{words("title")}</p>
      <p className={css["staleText"]}>
        {words("text", { seconds: Math.round((now - since) / 1_000), time: clockSeconds(since) })}
      </p>
    </div>
  );
}

/** What whoever set the screen up should know; small, in a corner. */
function Notes({ outbox }: { outbox: SeenOutbox }) {
  const words = useTranslations("screen.note");
  const awake = useWakeLock();
  const pending = useSyncExternalStore(outbox.subscribe, outbox.pending, outbox.pending);
  const connection = useConnection();
  const mayWait = connection.state !== "live" && pending.length > 0;
  if (!mayWait && awake !== "refused" && awake !== "unsupported") return null;
  return (
    <p className={css["note"]}>
      {mayWait ? words("unsent") : words(awake === "refused" ? "sleepRefused" : "sleepUnsupported")}
    </p>
  );
}

const IDENTIFY_MS = 8_000;

/** Which of the show's screens this is, large, for a moment after the desk asked. */
function Identity({ link, identifyAt }: { link: ScreenLink; identifyAt: number | null }) {
  const now = useServerNow(500);
  if (identifyAt === null || now - identifyAt > IDENTIFY_MS) return null;
  return (
    <div className={css["identity"]} role="status">
      <p className={css["number"]}>{link.number}</p>
      <p className={css["words"]}>{link.name}</p>
    </div>
  );
}
