import type { Metadata } from "next";
import { cookies } from "next/headers";
import { ForwardPage } from "#components/forward/forward-page.tsx";
import { LOCALE_COOKIE, localeFrom } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";

const wordsOfVisitor = async () => {
  const locale = localeFrom((await cookies()).get(LOCALE_COOKIE)?.value);
  const { forward, refusal } = messagesOf(locale);
  const { unknown, expired } = refusal.forward;
  return { locale, words: { ...forward, unknown, expired, notOnList: refusal.forwarder.unknown } };
};

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await wordsOfVisitor()).words.pageTitle });

/** The words come as they are: a library for them would weigh as much as the page. */
export default async function Forward({ params }: { params: Promise<{ token: string }> }) {
  const [{ token }, { locale, words }] = await Promise.all([params, wordsOfVisitor()]);
  return <ForwardPage key={token} token={decodeURIComponent(token)} locale={locale} words={words} />;
}
