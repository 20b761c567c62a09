import type zhCN from "./zh-CN.json";
import type { Locale } from "./locales.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof zhCN;
  }
}
