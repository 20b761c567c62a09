"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { SessionProvider, useConnection, useHasView } from "../session/session-provider.tsx";
import { createSocketSource } from "../session/socket-source.ts";
import { createLastingSource } from "./lasting-source.ts";
import { LiveScreen } from "./live-screen.tsx";
import { ScreenBoundary } from "./screen-boundary.tsx";
import { loadScreenLink, serverAnswers, type ScreenLink } from "./screen-link.ts";
import css from "./screen.module.css";

type Opening = ScreenLink | "asking" | "refused";

const ASK_AGAIN_MS = 2_000;

/** A screen that was opened by its link. Nobody stands beside it: whatever can pass is waited for, and what can't is said in words. */
export function ScreenPage({ token }: { token: string }) {
  const opening = useOpening(token);
  if (opening === "refused") return <Dark />;
  if (opening === "asking") return <Waiting />;
  return (
    <ScreenBoundary>
      <Opened token={token} link={opening} />
    </ScreenBoundary>
  );
}

function Opened({ token, link }: { token: string; link: ScreenLink }) {
  const { sessionId } = link;
  const create = useCallback(
    () =>
      createLastingSource({
        probe: serverAnswers,
        create: () => createSocketSource({ sessionId, audience: "host", page: "screen", token }),
      }),
    [sessionId, token],
  );
  return (
    <SessionProvider create={create} fallback={<Waiting />}>
      <WhenJoined link={link} />
    </SessionProvider>
  );
}

function WhenJoined({ link }: { link: ScreenLink }) {
  const connection = useConnection();
  const hasView = useHasView();
  if (connection.state === "refused") return <Dark />;
  return hasView ? <LiveScreen link={link} /> : <Waiting />;
}

/** Asks what the link stands for, for as long as nobody answers; a link that is not good is not asked about again. */
function useOpening(token: string): Opening {
  const [opening, setOpening] = useState<Opening>("asking");
  useEffect(() => {
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const reply = await loadScreenLink(token, leave.signal).catch(() => null);
      if (leave.signal.aborted) return;
      if (reply?.ok) setOpening(reply.value);
      else if (reply && ["denied", "missing", "invalid"].includes(reply.failure.kind)) setOpening("refused");
      else timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    };
    void ask();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [token]);
  return opening;
}

function Waiting() {
  const words = useTranslations("screen");
  return (
    <main className={css["page"]} aria-busy>
      <p className={css["dimWords"]}>{words("connecting")}</p>
    </main>
  );
}

/** Revoked, or never a link of ours: dark, in words, and at rest. */
function Dark() {
  const words = useTranslations("screen.dark");
  return (
    <main className={css["page"]}>
      <h1 className={css["words"]}>{words("title")}</h1>
      <p className={css["dimWords"]}>{words("text")}</p>
    </main>
  );
}
