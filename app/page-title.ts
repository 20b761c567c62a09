import type { Metadata } from "next";
import { cookies } from "next/headers";
import { localeFrom, LOCALE_COOKIE } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";

/** A page's title in the visitor's language. */
export async function pageTitle(pick: (messages: ReturnType<typeof messagesOf>) => string): Promise<Metadata> {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  return { title: pick(messagesOf(locale)) };
}
