import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Icon, type IconName } from "./icon.tsx";

type StateProps = {
  title: ReactNode;
  /** Empty: what to do next. Error: what happened, that nothing was lost, what to do. */
  text?: ReactNode | undefined;
  actions?: ReactNode | undefined;
  icon?: IconName;
  compact?: boolean;
  /** It is all there is on the page: its title is the page's heading. */
  wholePage?: boolean;
  className?: string | undefined;
};

function Title({ wholePage, children }: { wholePage: boolean | undefined; children: ReactNode }) {
  return wholePage ? (
    <h1 className="text-base font-semibold">{children}</h1>
  ) : (
    <p className="text-sm font-medium">{children}</p>
  );
}

export function EmptyState({ title, text, actions, icon = "info", compact, wholePage, className }: StateProps) {
  return (
    <div
      className={cn(
        "mx-auto flex max-w-md flex-col items-center gap-2 px-6 text-center",
        compact ? "py-6" : "py-16",
        className,
      )}
    >
      <Icon name={icon} size={compact ? 18 : 24} className="text-faint" />
      <Title wholePage={wholePage}>{title}</Title>
      {text ? <p className="text-xs text-dim">{text}</p> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

export function ErrorState({ title, text, actions, compact, wholePage, className }: StateProps) {
  return (
    <div
      role="alert"
      className={cn(
        "mx-auto flex max-w-md flex-col items-center gap-2 px-6 text-center",
        compact ? "py-6" : "py-16",
        className,
      )}
    >
      <Icon name="warning" size={compact ? 18 : 24} className="text-air-ink" />
      <Title wholePage={wholePage}>{title}</Title>
      {text ? <p className="text-xs text-dim">{text}</p> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** Stands where something will be, in its size. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cn("h-4 animate-[breathe_1.6s_ease-in-out_infinite] rounded-sm bg-line", className)} />
  );
}

/** Rows of a table that is on its way. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-hidden className="flex flex-col">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b px-3">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 flex-1" />
        </div>
      ))}
    </div>
  );
}

/** Something to know at the head of a page or panel. */
export function Callout({
  tone = "plain",
  children,
  actions,
}: {
  tone?: "plain" | "wait" | "air" | "sure";
  children: ReactNode;
  actions?: ReactNode;
}) {
  const looks = {
    plain: "border-edge bg-raised text-dim",
    wait: "border-wait-edge bg-wait-soft text-wait-ink",
    air: "border-air-edge bg-air-soft text-air-ink",
    sure: "border-sure-edge bg-sure-soft text-sure-ink",
  };
  return (
    <div
      role={tone === "air" ? "alert" : "status"}
      className={cn(
        "flex items-center gap-3 rounded-md border px-3 py-2 text-sm max-sm:flex-wrap max-sm:justify-end",
        looks[tone],
      )}
    >
      <Icon name={tone === "plain" ? "info" : tone === "sure" ? "check" : "warning"} className="shrink-0" />
      {/* On a phone what can be done stands below the words, which have the width. */}
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-40px)]">{children}</div>
      {actions}
    </div>
  );
}
