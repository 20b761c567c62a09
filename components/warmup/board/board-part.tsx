"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Loaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Callout, ErrorState, SkeletonRows } from "../../ui/states.tsx";

/** A part of the board under its heading. */
export function BoardPart({
  title,
  aside,
  className,
  children,
}: {
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className={cn("flex min-w-0 flex-col bg-page", className)}>
      <header className="flex min-h-10 items-center gap-2 px-4 pt-1 max-sm:px-3">
        <h2 className="shrink-0 text-sm font-semibold text-dim">{title}</h2>
        <div className="ml-auto flex min-w-0 items-center gap-2 text-xs text-faint">{aside}</div>
      </header>
      <div className="min-h-0 flex-1 px-4 pb-3 max-sm:px-3">{children}</div>
    </section>
  );
}

/** What was asked beside the view: rows on their way, or why there are none; what is old says so. */
export function WhenLoaded<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ReactNode }) {
  const words = useTranslations("warmupBoard");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, loading, reload } = loaded;
  const again = (
    <Button size="sm" busy={loading} onClick={reload}>
      {ui("retry")}
    </Button>
  );
  if (!value) {
    if (!failure) return <SkeletonRows rows={3} />;
    return <ErrorState compact title={words("loadFailed", { reason: explain(failure) })} actions={again} />;
  }
  return (
    <>
      {failure ? (
        <Callout tone="wait" actions={again}>
          {words("old", { reason: explain(failure) })}
        </Callout>
      ) : null}
      {children(value)}
    </>
  );
}
