"use client";
import { useTranslations } from "next-intl";
import { dayTime } from "../../format/time.ts";
import { Tag } from "../../ui/tag.tsx";
import type { SetAt } from "./corp-data.ts";

/** Of a secret only that it is set, and since when: what it is never leaves the server. */
export function SecretState({ state }: { state: SetAt }) {
  const words = useTranslations("wecomDesk.secret");
  if (!state.set) return <Tag tone="wait">{words("missing")}</Tag>;
  return (
    <span className="text-dim">{state.at === null ? words("set") : words("setAt", { time: dayTime(state.at) })}</span>
  );
}
