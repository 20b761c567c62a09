"use client";
import { useTranslations } from "next-intl";
import { CopyValue } from "../../wecom/copy-value.tsx";

const CHAPTERS = ["account", "secret", "domain", "ip", "reserve", "try"] as const;

/** Where in WeChat's consoles each thing is. Folded, for once it is done nobody needs it. */
export function WechatGuide({ open, returnDomain }: { open: boolean; returnDomain: string }) {
  const words = useTranslations("wechatDesk.guide");
  return (
    <details open={open} className="rounded-md border bg-raised">
      <summary className="px-4 py-2.5 text-sm font-semibold text-dim hover:text-ink">{words("title")}</summary>
      <ol className="flex flex-col gap-4 border-t px-4 py-4">
        {CHAPTERS.map((chapter, index) => (
          <li key={chapter} className="max-w-[760px]">
            <h3 className="text-sm font-semibold">
              {index + 1}. {words(`${chapter}.title`)}
            </h3>
            <p className="mt-0.5 text-sm text-dim">{words(`${chapter}.text`)}</p>
            {chapter === "domain" ? <CopyValue value={returnDomain} label={words("domain.title")} /> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
