"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import type { Instead } from "./instead.ts";

type Props = { instead: readonly Instead[]; disabled: boolean; onPlan: (form: Instead) => void };

/** Why a reward on an H5 page is refused, and the forms that may stand in its place, each planned by one press. */
export function InsteadOfH5({ instead, disabled, onPlan }: Props) {
  const words = useTranslations("warmupPlan.rewards.h5");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div
      ref={box}
      role="alert"
      className="flex flex-col gap-2 rounded-md border border-air-edge bg-air-soft px-3 py-3 text-sm text-air-ink"
    >
      <p className="font-semibold">{words("title")}</p>
      <p className="text-xs">{words("text")}</p>
      <div className="flex flex-wrap gap-2 pt-1">
        {instead.map((form) => (
          <Button key={form.carrier} size="sm" disabled={disabled} onClick={() => onPlan(form)}>
            {words(`plan.${form.carrier}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
