import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A key, as it is printed on a keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <kbd
      className={cn(
        "inline-flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded-sm border border-edge bg-sunken px-1 font-mono text-2xs leading-none text-dim",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
