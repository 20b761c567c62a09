"use client";
import { LOCALE_COOKIE } from "../strings/locales.ts";
import { PlainButton } from "./parts.tsx";
import { useWords } from "./forward-words.ts";

const YEAR_S = 365 * 24 * 3600;

/** The choice is this phone's; the server speaks by it from the next answer on. */
export function LanguageButton({ locale }: { readonly locale: string }) {
  const words = useWords();
  const turn = () => {
    document.cookie = `${LOCALE_COOKIE}=${locale === "en" ? "zh-CN" : "en"}; path=/; max-age=${YEAR_S}; samesite=lax`;
    window.location.reload();
  };
  return (
    <footer className="pt-4 text-center">
      <PlainButton onPress={turn}>{words.language}</PlainButton>
    </footer>
  );
}
