import en from "./en.json";
import type { Locale } from "./locales.ts";
import zhCN from "./zh-CN.json";

/** For the server side only: in a client component it would bring both languages into the bundle. */
export function messagesOf(locale: Locale): typeof zhCN {
  // A test holds that both have the same keys; their texts differ in type only.
  return locale === "en" ? (en as typeof zhCN) : zhCN;
}
