"use client";
import { useTranslations } from "next-intl";

const CHAPTERS = ["corpId", "app", "permission", "ip", "callback", "robot", "quota"] as const;

/** Where in WeCom's admin console each thing is. Folded, for once it is done nobody needs it. */
export function ConnectGuide({ open }: { open: boolean }) {
  const words = useTranslations("wecomDesk.guide");
  return (
    <details open={open} id="guide" className="rounded-md border bg-raised">
      <summary className="px-4 py-2.5 text-sm font-semibold text-dim hover:text-ink">{words("title")}</summary>
      <ol className="flex flex-col gap-4 border-t px-4 py-4">
        {CHAPTERS.map((chapter, index) => (
          <li key={chapter} className="max-w-[760px]">
            <h3 className="text-sm font-semibold">
              {index + 1}. {words(`${chapter}.title`)}
            </h3>
            <p className="mt-0.5 text-sm text-dim">{words(`${chapter}.text`)}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
