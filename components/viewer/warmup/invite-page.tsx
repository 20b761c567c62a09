"use client";
import { stageOf } from "../landing.ts";
import { useShow, useViewer } from "../viewer-context.tsx";
import { ActButton } from "../act-button.tsx";
import { BarAct } from "./bar-act.tsx";
import { CopyLink } from "./copy-link.tsx";
import { BeSomebodyElse } from "./demo-sign-in.tsx";
import { Friends } from "./friends.tsx";
import { isInWechat } from "./in-wechat.ts";
import { InviteHead } from "./my-invites.tsx";
import { SignupOver } from "./signup-page.tsx";
import { pill } from "./pill.ts";
import { useOwnAddress } from "./use-own-address.ts";
import { useShortLink } from "./use-short-link.ts";
import { inviteLink } from "./warmup-api.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** How friends are brought, as long as they may sign up, and who came. */
export function InvitePage({ code }: { readonly code: string }) {
  const words = useWarmupWords();
  const { session } = useShow().slices;
  const link = useShortLink();
  const { me } = useViewer();
  const mine = me?.me.invite ?? null;
  const url = link.short === null ? null : inviteLink(link.short, code);
  useOwnAddress(code);
  // In WeChat its own menu forwards the page.
  const mayShare = typeof navigator.share === "function" && !isInWechat();
  const share = () => {
    // Whoever thinks better of it has not failed.
    if (url !== null) navigator.share({ title: session.title, url }).catch(() => undefined);
  };
  const isOver = stageOf(session) === "ended";
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{words.invite}</h1>
      {isOver ? (
        <SignupOver />
      ) : (
        <>
          <p className="px-1 text-base">{words.inviteText}</p>
          <CopyLink code={code} link={link} />
        </>
      )}
      {mine ? (
        <section className="rounded-2xl bg-card p-4">
          <InviteHead mine={mine} place={me?.me.leaderboard ?? null} />
          <Friends mine={mine} />
        </section>
      ) : null}
      <BeSomebodyElse />
      <BarAct>
        {isOver ? null : mayShare ? (
          <ActButton look="solid" wide disabled={url === null} onPress={share}>
            {words.shareLink}
          </ActButton>
        ) : (
          <a href="#poster" className={`${pill} min-h-12 w-full bg-act text-white`}>
            {words.poster}
          </a>
        )}
      </BarAct>
    </>
  );
}
