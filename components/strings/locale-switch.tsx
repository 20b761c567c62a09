"use client";
import { useLocale, useTranslations } from "next-intl";
import { AnyAnswer, request } from "../http/request.ts";
import { LOCALE_COOKIE, type Locale } from "./locales.ts";

/** Keeps the language for this browser, and for the account when there is one, then loads the page in it. */
export async function switchLocale(locale: Locale, signedIn: boolean): Promise<void> {
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax`;
  if (signedIn) await request("/api/v1/me", { method: "PATCH", body: { locale }, shape: AnyAnswer });
  location.reload();
}

/** The other language, written in that language. */
export function LocaleSwitch({ signedIn }: { signedIn: boolean }) {
  const words = useTranslations("ui");
  const other: Locale = useLocale() === "zh-CN" ? "en" : "zh-CN";
  return (
    <button
      type="button"
      lang={other}
      title={words("switchLanguage")}
      onClick={() => void switchLocale(other, signedIn)}
      className="rounded-sm px-1.5 py-0.5 text-xs text-dim hover:bg-hover hover:text-ink"
    >
      {other === "en" ? "English" : "中文"}
    </button>
  );
}
