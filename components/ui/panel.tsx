import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";

/** A part of a page with a head: title, an aside at the right, the key that leads there. */
export function Panel({
  title,
  aside,
  hotkey,
  id,
  className,
  bodyClassName,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode | undefined;
  hotkey?: string | undefined;
  id?: string | undefined;
  className?: string | undefined;
  bodyClassName?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={id ? `${id}-title` : undefined}
      className={cn("flex min-h-0 min-w-0 flex-col", className)}
    >
      <header className="flex h-10 shrink-0 items-center gap-3 px-4">
        <h2 id={id ? `${id}-title` : undefined} className="truncate text-sm font-semibold text-dim">
          {title}
        </h2>
        <div className="ml-auto flex min-w-0 items-center gap-2">
          {aside}
          {hotkey ? <Kbd>{hotkey}</Kbd> : null}
        </div>
      </header>
      <div className={cn("min-h-0 flex-1", bodyClassName)}>{children}</div>
    </section>
  );
}

/** A framed thing inside a panel. `tone` makes it the loud one; `label` is what it is read out as. */
export function Card({
  tone,
  label,
  className,
  children,
}: {
  tone?: "wait" | "air";
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      {...(label === undefined ? {} : { role: "group", "aria-label": label })}
      className={cn(
        "rounded-md border bg-raised p-3",
        tone === "wait" && "border-wait-edge bg-[#1d1a14]",
        tone === "air" && "border-air-edge bg-[#1e1518]",
        className,
      )}
    >
      {children}
    </div>
  );
}
