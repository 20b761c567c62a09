import type { ReactNode } from "react";

/** A part of the plan under its heading. */
export function Section({
  title,
  hint,
  aside,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-3">
      <header className="flex items-baseline gap-x-3 gap-y-1 border-b pb-2 max-sm:flex-wrap">
        <h2 className="text-base font-semibold max-sm:shrink-0">{title}</h2>
        {hint ? <p className="text-xs text-faint">{hint}</p> : null}
        <div className="ml-auto flex items-center gap-2">{aside}</div>
      </header>
      {children}
    </section>
  );
}
