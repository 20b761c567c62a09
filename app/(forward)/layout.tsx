import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { LOCALE_COOKIE, localeFrom } from "#components/strings/locales.ts";
import "./forward.css";

// Its address is its key: it goes to nobody else.
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: "no-referrer" };
export const viewport: Viewport = {
  themeColor: "#f4f5f7",
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
};

/** A page inside WeCom on a phone, opened from a robot's message: light, and without the staff's frame. */
export default async function ForwardLayout({ children }: { children: ReactNode }) {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  return (
    <html lang={locale}>
      <body>{children}</body>
    </html>
  );
}
