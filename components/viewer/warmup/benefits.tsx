"use client";
import type { ReactNode } from "react";
import { Card } from "../card.tsx";
import type { BlockOf } from "../landing.ts";

export function Benefits({ block: { title, items } }: { readonly block: BlockOf<"benefits"> }) {
  if (items.length === 0) return null;
  return (
    <Titled title={title}>
      <ul className="space-y-2">
        {items.map((item, index) => (
          <li key={index} className="flex gap-3">
            <span aria-hidden className="mt-2 size-2 shrink-0 rounded-full bg-act" />
            <span className="min-w-0 break-words">
              <strong className="font-semibold">{item.title}</strong>
              {item.text ? <span className="block text-sm text-dim">{item.text}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </Titled>
  );
}

export function Titled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (title) return <Card title={title}>{children}</Card>;
  return <section className="rounded-2xl bg-card p-4">{children}</section>;
}
