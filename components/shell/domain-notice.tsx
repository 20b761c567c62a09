"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { Icon } from "../ui/icon.tsx";
import { useMe } from "./me-provider.tsx";

const LOOK_MS = 60_000;
/** A file of its own would come with all that the settings know of domains. */
const Notice = z.object({
  using: z.string(),
  down: z.array(z.object({ origin: z.string(), state: z.enum(["unchecked", "ok", "failing", "blocked"]) })),
});

/** Links of the show that are out there may not open: whoever works at it is told, wherever they are. */
export function DomainNotice() {
  const words = useTranslations("wechatDesk.notice");
  const states = useTranslations("wechatDesk.domains.is");
  const me = useMe();
  const { value, reload } = useLoaded("link domain notice", (signal) =>
    request("/api/v1/link-domains/notice", { shape: Notice, signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const manages = me.owner || me.rooms.some(({ roles }) => roles.includes("manager"));
  if (!value || value.down.length === 0) return null;
  const { using, down } = value;
  const told = ({ origin, state }: (typeof down)[number]) =>
    origin === using
      ? words("noOther", { origin, state: states(state) })
      : words("down", { origin, state: states(state), using });
  const [first] = down;
  const hasOther = down.every(({ origin }) => origin !== using);
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 border-b border-wait-edge bg-wait-soft px-4 py-1 text-sm text-wait-ink"
    >
      <Icon name="warning" size={14} className="shrink-0" />
      {down.length === 1 && first ? (
        <span>{told(first)}</span>
      ) : (
        <>
          <span>{words(hasOther ? "downMany" : "noOtherMany", { count: down.length, using })}</span>
          {/* Without the library of panels: this stands in every page's frame, and hardly ever shows. */}
          <details className="relative shrink-0">
            <summary className="cursor-pointer list-none underline">{words("which")}</summary>
            <ul className="absolute top-full right-0 z-50 mt-1 flex max-h-72 w-80 max-w-[calc(100vw-16px)] flex-col gap-1 overflow-y-auto rounded-md bg-raised p-3 text-sm text-ink shadow-float">
              {down.map(({ origin, state }) => (
                <li key={origin} className="flex gap-3">
                  <span className="min-w-0 flex-1 break-all">{origin}</span>
                  <span className="shrink-0 text-wait-ink">{states(state)}</span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
      {manages ? (
        <Link href="/settings?tab=wechat" className="shrink-0 underline">
          {words("open")}
        </Link>
      ) : null}
    </div>
  );
}
