"use client";
import type { ReactNode } from "react";
import { ConnectionNotice, useConnectionTrouble } from "../session/connection-banner.tsx";
import { useSession } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { HoldNotice } from "./hold.tsx";

/**
 * What must be loud at once takes the place of what can wait in the header: put above the room it would push everything down, under the pointer
 * of whoever is about to press. What it covers stays mounted, since keys hang at it.
 */
export function HeaderNotices({ compact = false, children }: { compact?: boolean; children: ReactNode }) {
  const trouble = useConnectionTrouble();
  const held = useSession((show) => show.hold.held);
  const isTaken = trouble !== null || held;
  const gaps = compact ? "gap-1.5" : "gap-3";
  return (
    <>
      <div className={cn("flex min-w-0 flex-1 items-center", gaps, isTaken && "hidden")}>{children}</div>
      {isTaken ? (
        <div className={cn("flex min-w-0 flex-1 items-center", gaps)}>
          {held ? (
            <HoldNotice short={compact} className="h-8 min-w-0 flex-1 justify-center gap-3 rounded-md px-2 text-sm" />
          ) : null}
          {trouble ? (
            <ConnectionNotice
              trouble={trouble}
              size={compact && held ? "mark" : compact || held ? "short" : "full"}
              className={cn(
                "h-8 min-w-0 justify-center rounded-md border px-2",
                compact && held ? "shrink-0" : "flex-1",
              )}
            />
          ) : null}
        </div>
      ) : null}
    </>
  );
}
