import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { localeFrom, LOCALE_COOKIE } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";
import { StringsProvider } from "#components/strings/strings-provider.tsx";
import "../theme.css";

export const metadata: Metadata = { title: "大屏 · 开播", robots: { index: false } };

/** The host's second screen: nothing floats, nothing is pressed but keys. */
export default async function ScreenLayout({ children }: { children: ReactNode }) {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  return (
    <html lang={locale}>
      <body className="min-h-screen bg-black">
        <StringsProvider locale={locale} messages={messagesOf(locale)}>
          {children}
        </StringsProvider>
      </body>
    </html>
  );
}
