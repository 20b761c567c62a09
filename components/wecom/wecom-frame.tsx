"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { useMe } from "../shell/me-provider.tsx";
import { cn } from "../ui/cn.ts";
import { EmptyState } from "../ui/states.tsx";
import { type WecomRights, wecomRightsOf } from "./wecom-rights.ts";

type Section = {
  readonly href: string;
  readonly name: "connection" | "groups" | "codes" | "calendar" | "quota" | "people";
  readonly needs: keyof WecomRights;
};

const SECTIONS: readonly Section[] = [
  { href: "/wecom/groups", name: "groups", needs: "read" },
  { href: "/wecom/codes", name: "codes", needs: "read" },
  { href: "/wecom/calendar", name: "calendar", needs: "read" },
  { href: "/wecom/quota", name: "quota", needs: "read" },
  { href: "/wecom/people", name: "people", needs: "write" },
  { href: "/wecom/connection", name: "connection", needs: "manage" },
];

/** What all pages of WeCom stand in: their tabs. Paper has none. */
export function WecomFrame({ children }: { children: ReactNode }) {
  const words = useTranslations("wecomDesk");
  const path = usePathname() ?? "";
  const rights = wecomRightsOf(useMe());
  const here = useRef<HTMLAnchorElement>(null);
  // On a phone the tabs are wider than the page: the one that is open is in sight.
  useEffect(() => {
    // It gives back a promise in newer browsers, which is no clean-up.
    here.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [path]);
  if (path === "/wecom/codes/print") return children;
  if (!rights.read) {
    return (
      <EmptyState wholePage icon="lock" title={words("deniedTitle")} text={words("deniedText")} className="pt-40" />
    );
  }
  return (
    <div className="mx-auto flex h-full max-w-[1280px] flex-col">
      <header className="flex shrink-0 flex-wrap items-end gap-x-6 border-b px-6 pt-4 max-sm:px-3">
        <h1 className="pb-2 text-lg font-semibold">{words("title")}</h1>
        <nav aria-label={words("title")} className="flex gap-1 overflow-x-auto">
          {SECTIONS.filter(({ needs }) => rights[needs]).map(({ href, name }) => {
            const isHere = path.startsWith(href);
            return (
              <Link
                key={name}
                ref={isHere ? here : undefined}
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent px-2.5 text-sm text-dim -outline-offset-2 hover:text-ink",
                  isHere && "border-act-ink font-semibold text-ink",
                )}
              >
                {words(`section.${name}`)}
              </Link>
            );
          })}
        </nav>
      </header>
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
