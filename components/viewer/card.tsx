import type { ReactNode } from "react";

/** One matter of the page. */
export function Card({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className="rounded-2xl bg-card p-4">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="text-base font-semibold">{title}</h2>
        {note ? <p className="text-sm text-dim">{note}</p> : null}
      </div>
      {children}
    </section>
  );
}
