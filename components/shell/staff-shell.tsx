"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { LocaleSwitch } from "../strings/locale-switch.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { wecomRightsOf } from "../wecom/wecom-rights.ts";
import { Logo } from "./logo.tsx";
import { MeProvider, useMe } from "./me-provider.tsx";
import { OfflineBanner } from "./offline-banner.tsx";

/** Hardly ever has anything to say. */
const DomainNotice = dynamic(() => import("./domain-notice.tsx").then((file) => file.DomainNotice), { ssr: false });

/** The frame of the calm pages: shows, plan, settings. The control room has the whole window to itself. */
export function StaffShell({ signedIn, children }: { signedIn: boolean; children: ReactNode }) {
  const words = useTranslations("ui");
  const isRoom = /^\/(shows\/[^/]+\/(control|replay|review|meeting|print)|wecom\/codes\/print)$/.test(
    usePathname() ?? "",
  );
  return (
    <div className="flex h-screen flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
      >
        {words("skipToContent")}
      </a>
      <MeProvider signedIn={signedIn}>
        {isRoom ? null : <TopBar />}
        <OfflineBanner />
        <DomainNotice />
        <main
          id="content"
          className={cn(
            "min-h-0 flex-1",
            isRoom ? "flex flex-col overflow-hidden" : "overflow-y-auto sm:[scrollbar-gutter:stable]",
          )}
          tabIndex={-1}
        >
          {children}
        </main>
      </MeProvider>
    </div>
  );
}

function TopBar() {
  const words = useTranslations("app");
  const path = usePathname() ?? "";
  const me = useMe();
  const router = useRouter();
  const signOut = async () => {
    await request("/api/auth/sign-out", { method: "POST", body: {}, shape: AnyAnswer });
    router.replace("/sign-in");
    router.refresh();
  };
  const links = [
    { href: "/shows", label: words("shows") },
    ...(wecomRightsOf(me).read ? [{ href: "/wecom", label: words("wecom") }] : []),
    { href: "/settings", label: words("settings") },
  ];
  return (
    <header className="flex h-11 shrink-0 items-center gap-6 border-b px-4 whitespace-nowrap max-sm:gap-2 max-sm:px-2">
      <Link href="/shows" className="flex items-center gap-2 font-semibold">
        <Logo />
        <span className="max-sm:sr-only">{words("name")}</span>
      </Link>
      <nav aria-label={words("nav")} className="flex h-full items-stretch gap-1">
        {links.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            aria-current={path.startsWith(href) ? "page" : undefined}
            className={cn(
              "-mb-px flex items-center border-b-2 border-transparent px-2.5 text-sm text-dim -outline-offset-2 hover:text-ink",
              path.startsWith(href) && "border-act-ink text-ink",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex min-w-0 items-center gap-3 max-sm:gap-1">
        <LocaleSwitch signedIn />
        <Menu
          items={[
            { label: words("account"), onSelect: () => router.push("/settings?tab=account") },
            "line",
            { label: words("signOut"), onSelect: () => void signOut() },
          ]}
        >
          <button
            type="button"
            aria-haspopup="menu"
            className="flex min-w-0 items-center gap-2 rounded-md px-1.5 py-1 text-sm text-dim hover:bg-hover hover:text-ink"
          >
            <Avatar name={me.person.name} />
            <span className="max-w-40 truncate max-sm:sr-only">{me.person.name}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        </Menu>
      </div>
    </header>
  );
}
