"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Sent } from "../session/source.ts";
import { cn } from "../ui/cn.ts";
import { Popover } from "../ui/popover.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { Conflict, useSaved, type SavedState } from "./saved-field.tsx";

/** A field in a table's cell: quiet until it is pointed at. What went wrong stands in its corner and in its tooltip. */
export function SavedCell<T>({
  value,
  save,
  show,
  children,
}: {
  value: T;
  save: (value: T, seen: T) => Promise<Sent>;
  show: (value: T) => string;
  children: (field: { value: T; onCommit: (value: T) => void; onFocus: () => void; className: string }) => ReactNode;
}) {
  const saved = useSaved(value, save);
  return (
    <div className="relative min-w-0">
      {children({
        value: saved.value,
        onCommit: saved.commit,
        onFocus: saved.onFocus,
        className: cn(
          "border-transparent bg-transparent hover:border-edge focus:bg-sunken",
          saved.status === "saving" && "text-dim",
          (saved.error !== null || saved.conflict) && "border-wait-edge",
        ),
      })}
      {saved.conflict ? <CellConflict saved={saved} show={show} /> : null}
      {saved.error !== null && !saved.conflict ? (
        <Tooltip text={saved.error}>
          <button type="button" aria-label={saved.error} className={corner} />
        </Tooltip>
      ) : null}
    </div>
  );
}

const corner = "absolute top-0 right-0 size-2.5 rounded-full bg-wait";

/** A cell has no room for two values: its corner opens the choice between them. */
function CellConflict<T>({ saved, show }: { saved: SavedState<T>; show: (value: T) => string }) {
  const words = useTranslations("field");
  if (!saved.conflict) return null;
  const told = words("conflictUnknown", { value: show(saved.conflict.theirs) || words("empty") });
  return (
    <>
      <span role="alert" className="sr-only">
        {told}
      </span>
      <Popover
        align="end"
        label={told}
        trigger={<button type="button" aria-label={told} title={told} className={corner} />}
      >
        <Conflict saved={saved} show={show} who={undefined} />
      </Popover>
    </>
  );
}
