"use client";
import { NextIntlClientProvider, type Messages } from "next-intl";
import type { ReactNode } from "react";
import { DEFAULT_ZONE } from "../format/time.ts";
import type { Locale } from "./locales.ts";

/** Once, in a root layout, or in a page that takes with it only the parts it has words from. A text that is missing is a bug: it is said in the console and shown as its key. */
export function StringsProvider({ locale, messages, children }: { locale: Locale; messages: Partial<Messages>; children: ReactNode }) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone={DEFAULT_ZONE}>
      {children}
    </NextIntlClientProvider>
  );
}
