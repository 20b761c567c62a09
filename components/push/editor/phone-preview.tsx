"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { fillCopy } from "#domain/push/copy.ts";
import { isMass, type PushCard } from "#domain/push/shapes.ts";
import { instant } from "#domain/units.ts";
import { clockTime, DEFAULT_ZONE } from "../../format/time.ts";
import { useSession } from "../../session/session-provider.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { usePushNames } from "../push-names.ts";
import type { Live } from "./copy-field.tsx";
import type { PushDraft } from "./draft.ts";
import { pictureOf } from "./picture-field.tsx";

/** As the chat will show it, filled with what the figures say now: WeChat's light look, whatever the console looks like. */
export function PhonePreview({ draft, live }: { draft: PushDraft; live: Live }) {
  const words = useTranslations("push.preview");
  const { kind, copy } = draft;
  const { filled } = fillCopy(copy, live.values, { at: instant(live.now), zone: DEFAULT_ZONE });
  const link = useShownLink(draft);
  const inText = copy.card?.kind !== "link" && copy.card?.kind !== "miniprogram";
  const named = useNamed(draft);
  const text = [filled.text, ...(link !== null && inText ? [link] : []), ...(named ? [named] : [])]
    .filter((line) => line !== "")
    .join("\n");
  const card = filled.card;
  const robotCard = card?.kind === "link" && !isMass(kind);
  return (
    <figure
      aria-label={words("label")}
      className="flex max-h-[600px] min-h-80 w-full max-w-[300px] flex-col gap-2 self-start overflow-y-auto rounded-xl bg-[#ededed] p-3 text-[#191919] max-lg:max-w-[360px]"
    >
      <figcaption className="text-center text-xs text-[#555]">
        {words(`where.${kind}`)} · {words("asOf", { time: clockTime(live.now) })}
      </figcaption>
      {text === "" && card === null ? <p className="pt-12 text-center text-sm text-[#555]">{words("empty")}</p> : null}
      {text === "" && !robotCard ? null : (
        <Bubble>
          <Linked
            text={
              robotCard && card.kind === "link"
                ? [filled.text, card.title, card.desc, link ?? "", named].filter(Boolean).join("\n")
                : text
            }
          />
        </Bubble>
      )}
      {card === null || robotCard ? null : (
        <Bubble>
          <CardShown card={card} link={link} />
        </Bubble>
      )}
    </figure>
  );
}

/** The task's own code stands behind `?p=`; each sender has another. */
function useShownLink({ kind, copy: { link } }: PushDraft): string | null {
  const sessionId = useSession((show) => show.session.sessionId);
  const origin = typeof location === "undefined" ? "" : location.origin;
  if (kind === "forward") return `${origin}/forward/…`;
  if (link === "none") return null;
  if (link === "report") return `${origin}/shows/${sessionId}/report`;
  return link === "viewer" ? `${origin}/v/${sessionId}?p=…` : link;
}

function useNamed({ kind, copy: { mentionAll, mentionStaffIds, format } }: PushDraft): string {
  const words = useTranslations("push.preview");
  const nameOf = usePushNames();
  if (isMass(kind)) return "";
  const all = mentionAll && format === "text" ? [words("everybody")] : [];
  return [...all, ...mentionStaffIds.map(nameOf)].map((name) => `@${name}`).join(" ");
}

function Bubble({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <span aria-hidden className="size-8 shrink-0 rounded-sm bg-[#c9c9c9]" />
      <div className="max-w-[220px] min-w-0 rounded-sm bg-white px-2.5 py-2 text-[14px] leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {children}
      </div>
    </div>
  );
}

const LINK = /(https?:\/\/\S+)/;

function Linked({ text }: { text: string }) {
  return text.split(LINK).map((part, at) =>
    LINK.test(part) ? (
      <span key={at} className="text-[#3b5a8a]">
        {part}
      </span>
    ) : (
      part
    ),
  );
}

function CardShown({ card, link }: { card: PushCard; link: string | null }) {
  const words = useTranslations("push.preview");
  const { roomId } = usePushDesk();
  const cover = card.kind !== "link" ? null : card.coverKey ? pictureOf(roomId, card.coverKey) : card.picUrl;
  switch (card.kind) {
    case "image":
      return (
        <Picture src={card.mediaKey === "" ? null : pictureOf(roomId, card.mediaKey)} className="w-40 rounded-sm" />
      );
    case "link":
      return (
        <span className="flex flex-col gap-1">
          <span className="font-medium">{card.title || words("cardTitle")}</span>
          <span className="flex gap-2">
            <span className="line-clamp-3 min-w-0 flex-1 text-xs text-[#555]">{card.desc || link}</span>
            {cover === null ? null : <Picture src={cover} className="size-11 shrink-0 object-cover" />}
          </span>
        </span>
      );
    case "miniprogram":
      return (
        <span className="flex flex-col gap-1.5">
          <span>{card.title || words("cardTitle")}</span>
          <Picture
            src={card.mediaKey === "" ? null : pictureOf(roomId, card.mediaKey)}
            className="aspect-[5/4] w-40 object-cover"
          />
          <span className="border-t border-[#e5e5e5] pt-1 text-[11px] text-[#555]">{words("miniprogram")}</span>
        </span>
      );
  }
}

function Picture({ src, className }: { src: string | null; className: string }) {
  const words = useTranslations("push.preview");
  if (src === null)
    return (
      <span className="grid h-24 w-40 place-items-center bg-[#ededed] text-xs text-[#555]">{words("noPicture")}</span>
    );
  return <img key={src} src={src} alt={words("picture")} className={className} />;
}
