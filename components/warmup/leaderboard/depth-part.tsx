"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";

/** How far the invites spread: who was brought by somebody whom nobody brought stands in the first level. */
export function DepthPart() {
  const words = useTranslations("invites.depth");
  const { byDepth, brought } = useSession((show) => show.invites);
  const last = byDepth.findLastIndex((people) => people > 0);
  if (brought === 0 || last < 0) return null;
  const most = Math.max(...byDepth);
  return (
    <section aria-label={words("title")} className="flex flex-col gap-2 border-t pt-3">
      <h2 className="text-sm font-semibold text-dim">{words("title")}</h2>
      <ol className="flex flex-col gap-1">
        {byDepth.slice(0, last + 1).map((people, index) => (
          <li key={index} className="grid grid-cols-[72px_minmax(0,1fr)_88px] items-center gap-2 text-xs">
            <span className="text-dim">
              {words(index === byDepth.length - 1 ? "deeper" : "row", { depth: index + 1 })}
            </span>
            <span aria-hidden className="h-2 overflow-hidden rounded-sm bg-line">
              <span className="block h-full rounded-sm bg-private" style={{ width: `${(people / most) * 100}%` }} />
            </span>
            <span className="text-right tabular-nums">{words("people", { count: count(people) })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
