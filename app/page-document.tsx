import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { localeFrom, LOCALE_COOKIE } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";
import { StringsProvider } from "#components/strings/strings-provider.tsx";
import { Toaster } from "#components/ui/toast.tsx";
import { TooltipProvider } from "#components/ui/tooltip.tsx";

const localeOfVisitor = async () => localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);

/** Titles of pages that no search engine shall know. */
export async function privateTitles(): Promise<Metadata> {
  const { app } = messagesOf(await localeOfVisitor());
  return { title: { default: app.name, template: `%s · ${app.name}` }, robots: { index: false } };
}

/** The document of pages with all words in the visitor's language. Reading the language makes a page dynamic. */
export async function PageDocument({ children }: { children: ReactNode }) {
  const locale = await localeOfVisitor();
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
