"use client";
import { ActButton } from "../act-button.tsx";
import { Card } from "../card.tsx";
import { CopyButton } from "../copy-button.tsx";
import { useWords } from "../viewer-context.tsx";
import type { ShortLink } from "./use-short-link.ts";
import { inviteLink } from "./warmup-api.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** The person's own link, to be sent as it is. */
export function CopyLink({ code, link }: { readonly code: string; readonly link: ShortLink }) {
  const words = useWarmupWords();
  const { retryNow, loading } = useWords();
  if (link.failed) {
    return (
      <section role="alert" className="rounded-2xl bg-card p-4">
        <p className="mb-3 text-base">{words.linkFailed}</p>
        <ActButton onPress={link.retry}>{retryNow}</ActButton>
      </section>
    );
  }
  return (
    <Card title={words.myLink}>
      <p className="mb-3 text-base break-all select-all">{link.short ? inviteLink(link.short, code) : loading}</p>
      {link.short ? (
        <CopyButton text={inviteLink(link.short, code)} wide>
          {words.copyLink}
        </CopyButton>
      ) : null}
    </Card>
  );
}
