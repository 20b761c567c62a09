import type { Metadata } from "next";
import { cookies } from "next/headers";
import { ScreenPage } from "#components/screen/screen-page.tsx";
import { LOCALE_COOKIE, localeFrom } from "#components/strings/locales.ts";
import { messagesOf } from "#components/strings/messages.ts";
import { StringsProvider } from "#components/strings/strings-provider.tsx";

type Props = {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<{ lang?: string | string[] }>;
};

/**
 * The link says the language (`?lang=en`), else the choice made on this machine, else Chinese. Never the browser: a studio's machine that
 * was set up in English stands in front of a host who reads Chinese.
 */
async function localeOf({ searchParams }: Props) {
  const { lang } = await searchParams;
  return localeFrom(typeof lang === "string" ? lang : (await cookies()).get(LOCALE_COOKIE)?.value);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: messagesOf(await localeOf(props)).screen.pageTitle };
}

export default async function Screen(props: Props) {
  const { token } = await props.params;
  const locale = await localeOf(props);
  const { screen, phase, show, discount } = messagesOf(locale);
  return (
    <div lang={locale}>
      <StringsProvider locale={locale} messages={{ screen, phase, show, discount }}>
        <ScreenPage token={token} />
      </StringsProvider>
    </div>
  );
}
