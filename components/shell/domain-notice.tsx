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
  const { using } = value;
  return (
    <div role="status" className="border-b border-wait-edge bg-wait-soft px-4 py-1 text-sm text-wait-ink">
      {value.down.map(({ origin, state }) => (
        <p key={origin} className="flex items-center justify-center gap-2">
          <Icon name="warning" size={14} />
          <span>
            {origin === using
              ? words("noOther", { origin, state: states(state) })
              : words("down", { origin, state: states(state), using })}
          </span>
          {manages ? (
            <Link href="/settings?tab=wechat" className="underline">
              {words("open")}
            </Link>
          ) : null}
        </p>
      ))}
    </div>
  );
}
