"use client";
import { useEffect, useId, useRef, useState } from "react";
import { dayTime } from "../../format/time.ts";
import { ActButton } from "../act-button.tsx";
import { heroOf, landingOf } from "../landing.ts";
import { useShow, useStore, useViewer } from "../viewer-context.tsx";
import { CopyLink } from "./copy-link.tsx";
import type { Poster } from "./poster-drawing.ts";
import { goSignIn } from "./sign-in.ts";
import { useSignInWays } from "./use-sign-in-ways.ts";
import { useOwnAddress } from "./use-own-address.ts";
import { useShortLink } from "./use-short-link.ts";
import { getAvatar, inviteLink } from "./warmup-api.ts";
import { useWarmupWords } from "./warmup-words.ts";

const NAME_MAX = 40;
/** Not a drawing for every letter that is typed. */
const PAUSE_MS = 350;

/** The personal poster, to be held and saved. */
export function PosterPage({ code }: { readonly code: string }) {
  const words = useWarmupWords();
  const { memory } = useStore();
  const { title } = useShow().slices.session;
  const [name, setName] = useState(() => memory.self().name);
  const link = useShortLink();
  useOwnAddress(code);
  const poster = usePoster(link.short === null ? null : inviteLink(link.short, code), name);
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{words.poster}</h1>
      {link.failed || poster === "failed" ? (
        <p role="alert" className="rounded-2xl bg-card p-4 text-base">
          {link.failed ? words.linkFailed : words.posterFailed}
        </p>
      ) : poster === null ? (
        <p role="status" className="grid aspect-[5/8] w-full place-items-center rounded-2xl bg-card text-base text-dim">
          {words.posterDrawing}
        </p>
      ) : (
        <>
          {/* Drawn in this page; there is no other size of it. */}
          <img src={poster.url} alt={words.posterAlt(title)} width={750} height={1200} className="w-full rounded-2xl" />
          <p className="text-center text-base">{words.posterHold}</p>
        </>
      )}
      <PosterName
        name={name}
        keep={(typed) => {
          setName(typed);
          memory.keepSelf({ name: typed });
        }}
      />
      <CopyLink code={code} link={link} />
    </>
  );
}

function PosterName({ name, keep }: { readonly name: string; readonly keep: (name: string) => void }) {
  const words = useWarmupWords();
  const { sessionId } = useStore();
  const { me } = useViewer();
  const start = useSignInWays()?.wechat?.start ?? null;
  const field = useId();
  return (
    <section className="rounded-2xl bg-card p-4">
      <label htmlFor={field} className="text-base font-semibold">
        {words.posterName}
      </label>
      <input
        id={field}
        value={name}
        maxLength={NAME_MAX}
        autoComplete="off"
        placeholder={words.posterNameHint}
        className="mt-1 min-h-11 w-full rounded-xl border bg-white px-3 text-base placeholder:text-dim"
        onChange={({ target }) => keep(target.value)}
      />
      <p className="mt-1 text-sm text-dim">{words.posterNameNote}</p>
      {start !== null && me?.anonymous ? (
        <div className="mt-3">
          <ActButton wide onPress={() => goSignIn(sessionId, start, "poster")}>
            {words.posterWechat}
          </ActButton>
        </div>
      ) : null}
    </section>
  );
}

type Drawn = { readonly url: string } | "failed" | null;

/** The picture's `data:` address; `null` while it is drawn. */
function usePoster(link: string | null, name: string): Drawn {
  const words = useWarmupWords();
  const show = useShow();
  const { memory, sessionId } = useStore();
  const { session } = show.slices;
  const landing = landingOf(show);
  const hero = landing ? heroOf(landing) : undefined;
  const [drawn, setDrawn] = useState<Drawn>(null);
  const avatar = useRef<Promise<Blob | null> | null>(null);
  const wanted: Omit<Poster, "avatar" | "link"> = {
    title: hero?.title || session.title,
    theme: hero?.subtitle || session.theme,
    time: words.posterTime(dayTime(session.plannedStartAt)),
    invites: name.trim() ? words.posterInvites(name.trim()) : words.posterInvitesYou,
    scan: words.posterScan,
    channel: landing?.settings.channelsName ?? "",
    benefits: (landing?.blocks ?? []).flatMap((block) =>
      block.kind === "benefits" ? block.items.map(({ title }) => title) : [],
    ),
    mark: session.rehearsal ? words.rehearsal : null,
    pictureUrl: hero?.pictureUrl ?? null,
  };
  // By what is on it: the show is asked for again every few seconds and mostly says the same.
  const told = JSON.stringify(wanted);
  const latest = useRef(wanted);
  latest.current = wanted;
  useEffect(() => {
    if (link === null) return;
    let stale = false;
    const draw = async () => {
      const token = memory.token();
      avatar.current ??= memory.self().avatar && token !== null ? getAvatar(sessionId, token) : Promise.resolve(null);
      const [{ drawPoster }, picture] = await Promise.all([import("./poster-drawing.ts"), avatar.current]);
      return drawPoster({ ...latest.current, link, avatar: picture });
    };
    const timer = setTimeout(() => {
      draw().then(
        (url) => void (stale || setDrawn(url === null ? "failed" : { url })),
        () => void (stale || setDrawn("failed")),
      );
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [link, told, memory, sessionId]);
  return drawn;
}
