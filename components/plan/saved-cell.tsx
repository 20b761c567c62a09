"use client";
import type { ReactNode } from "react";
import type { Sent } from "../session/source.ts";
import { cn } from "../ui/cn.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useSaved } from "./saved-field.tsx";

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
  const trouble = saved.error ?? (saved.conflict ? show(saved.conflict.theirs) : null);
  return (
    <div className="relative min-w-0">
      {children({
        value: saved.value,
        onCommit: saved.commit,
        onFocus: saved.onFocus,
        className: cn(
          "border-transparent bg-transparent hover:border-edge focus:bg-sunken",
          saved.status === "saving" && "text-dim",
          trouble && "border-wait-edge",
        ),
      })}
      {trouble ? (
        <Tooltip text={saved.conflict ? `${show(saved.conflict.mine)} → ${trouble}` : trouble}>
          <button
            type="button"
            aria-label={trouble}
            className="absolute top-0 right-0 size-2 rounded-full bg-wait"
            onClick={saved.conflict ? saved.keepMine : undefined}
          />
        </Tooltip>
      ) : null}
    </div>
  );
}
