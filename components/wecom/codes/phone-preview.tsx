"use client";
import { useTranslations } from "next-intl";
import type { Card, Welcome } from "./code-data.ts";
import { KeptPicture } from "./kept-picture.tsx";

/** As it looks on the customer's phone: WeChat's light chat, whatever the console looks like. */
export function PhonePreview({ welcome: { text, cards } }: { welcome: Welcome }) {
  const words = useTranslations("wecomDesk.welcome");
  const isEmpty = text === "" && cards.length === 0;
  return (
    <figure
      aria-label={words("preview")}
      className="flex max-h-[560px] min-h-72 w-full max-w-80 flex-col gap-2 self-start overflow-y-auto rounded-lg bg-[#ededed] p-3 text-[#191919]"
    >
      <figcaption className="text-center text-xs text-[#555]">{words("preview")}</figcaption>
      {isEmpty ? <p className="pt-10 text-center text-sm text-[#555]">{words("previewEmpty")}</p> : null}
      {text === "" ? null : <Bubble>{text}</Bubble>}
      {cards.map((card, index) => (
        <Bubble key={index}>
          <CardShown card={card} />
        </Bubble>
      ))}
    </figure>
  );
}

function Bubble({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex gap-2">
      <span aria-hidden className="size-8 shrink-0 rounded-sm bg-[#c9c9c9]" />
      <div className="max-w-[220px] rounded-sm bg-white px-2.5 py-2 text-[14px] leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {children}
      </div>
    </div>
  );
}

function CardShown({ card }: { card: Card }) {
  const words = useTranslations("wecomDesk.welcome");
  switch (card.kind) {
    case "image":
      return card.mediaKey === "" ? (
        <span className="text-[#555]">{words("pictureMissing")}</span>
      ) : (
        <KeptPicture key={card.mediaKey} mediaKey={card.mediaKey} className="w-40 rounded-sm" />
      );
    case "link":
      return (
        <span className="flex flex-col gap-1">
          <span className="font-medium">{card.title || words("title")}</span>
          <span className="line-clamp-3 text-xs text-[#555]">{card.desc || card.url}</span>
        </span>
      );
    case "miniprogram":
      return (
        <span className="flex flex-col gap-1.5">
          <span>{card.title || words("title")}</span>
          {card.mediaKey === "" ? (
            <span className="grid aspect-[5/4] w-40 place-items-center bg-[#ededed] text-xs text-[#555]">
              {words("pictureMissing")}
            </span>
          ) : (
            <KeptPicture key={card.mediaKey} mediaKey={card.mediaKey} className="aspect-[5/4] w-40 object-cover" />
          )}
          <span className="border-t border-[#e5e5e5] pt-1 text-[11px] text-[#555]">{words("kind.miniprogram")}</span>
        </span>
      );
  }
}
