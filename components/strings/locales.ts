/** The languages of the screens; the first is the one that the words are written in. */
export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** Where the choice is kept: readable on the server, so that the first paint is right. */
export const LOCALE_COOKIE = "kaibo-locale";

export function localeFrom(value: string | undefined): Locale {
  return LOCALES.find((locale) => locale === value) ?? "zh-CN";
}
