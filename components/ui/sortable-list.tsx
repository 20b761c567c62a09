"use client";
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

export type Move = {
  readonly id: string;
  /** The item that it now stands before; `null` at the end. */
  readonly beforeId: string | null;
  /** All ids in their new order. */
  readonly ids: readonly string[];
};

/** Items in an order that people change by dragging their grip, or with space and arrows on it. */
export function SortableList({
  ids,
  onMove,
  children,
  disabled,
}: {
  ids: readonly string[];
  onMove: (move: Move) => void;
  children: ReactNode;
  disabled?: boolean;
}) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const id = String(active.id);
    const from = ids.indexOf(id);
    const to = ids.indexOf(String(over.id));
    if (from < 0 || to < 0) return;
    const rest = ids.filter((other) => other !== id);
    const next = rest.toSpliced(to, 0, id);
    onMove({ id, beforeId: next[to + 1] ?? null, ids: next });
  };
  return (
    <DndContext id="sortable" sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy} {...(disabled ? { disabled } : {})}>
        {children}
      </SortableContext>
    </DndContext>
  );
}

export function SortableItem({
  id,
  label,
  className,
  children,
}: {
  id: string;
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  return (
    <div
      ref={setNodeRef}
      style={{ transform: transform ? `translateY(${Math.round(transform.y)}px)` : undefined, transition }}
      className={cn("flex items-stretch", isDragging && "relative z-20 bg-hover shadow-float", className)}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-label={label}
        className="flex w-6 shrink-0 cursor-grab touch-none items-center justify-center text-faint -outline-offset-2 hover:text-ink"
      >
        <Icon name="grip" size={14} />
      </button>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
