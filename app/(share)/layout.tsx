import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { localeFrom, LOCALE_COOKIE } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";
import { StringsProvider } from "#components/strings/strings-provider.tsx";
import { Toaster } from "#components/ui/toast.tsx";
import { TooltipProvider } from "#components/ui/tooltip.tsx";
import "../theme.css";

export async function generateMetadata(): Promise<Metadata> {
  const { app } = messagesOf(localeFrom((await cookies()).get(LOCALE_COOKIE)?.value));
  return {
    title: { default: app.name, template: `%s · ${app.name}` },
    robots: { index: false, follow: false, nocache: true },
    referrer: "no-referrer",
  };
}

/** Pages that are opened by a link, without a sign-in and without the staff's frame. */
export default async function ShareLayout({ children }: { children: ReactNode }) {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  return (
    <html lang={locale}>
      <body className="min-h-screen bg-page">
        <StringsProvider locale={locale} messages={messagesOf(locale)}>
          <TooltipProvider>
            {children}
            <Toaster />
          </TooltipProvider>
        </StringsProvider>
      </body>
    </html>
  );
}
