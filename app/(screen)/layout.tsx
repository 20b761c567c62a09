import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { LOCALE_COOKIE, localeFrom } from "#components/strings/locales.ts";
import "../theme.css";

// Its address is its key: it goes to nobody else.
export const metadata: Metadata = { robots: { index: false }, referrer: "no-referrer" };
export const viewport: Viewport = { themeColor: "#000000" };

/** The host's second screen: nothing scrolls, nothing is pressed but keys. Words come with the page, which knows the language of its link. */
export default async function ScreenLayout({ children }: { children: ReactNode }) {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  return (
    <html lang={locale}>
      <body className="h-dvh overflow-hidden bg-black">{children}</body>
    </html>
  );
}
