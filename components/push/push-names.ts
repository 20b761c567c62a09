"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useNames } from "../session/session-provider.tsx";
import { usePushDesk } from "./push-desk.tsx";

/** Names of members, groups and robots by Kaibo's ids. What nobody named is told apart by the end of its id. */
export function usePushNames(): (id: string) => string {
  const words = useTranslations("push");
  const names = useNames();
  const { robots } = usePushDesk();
  return useCallback(
    (id) => {
      const robot = robots.find((one) => one.id === id);
      if (robot) return robot.groupName;
      return names(id) ?? words(id.startsWith("g_") ? "unnamedGroup" : "unnamed", { id: id.slice(-4) });
    },
    [names, robots, words],
  );
}
