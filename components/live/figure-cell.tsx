"use client";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FIGURES, type FigureId } from "#domain/metrics/definitions.ts";
import type { Figure } from "#domain/metrics/figure.ts";
import { useSession } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { Popover } from "../ui/popover.tsx";
import { ToneShape } from "../ui/tag.tsx";
import { useAgeWords } from "./data-ages.tsx";
import { useLate } from "./use-late.ts";

export type FigureSource = { readonly name: string; readonly at: number | null };

/** Name and definition of a figure in the language of the screen; one definition for all screens. */
export function useFigureHelp(id: FigureId): { readonly name: string; readonly help: string } {
  return FIGURES[id][useLocale() === "en" ? "en" : "zh"];
}

/** Why there is no value, in words. */
export function useMissingWords(): (figure: Figure) => string | null {
  const words = useTranslations("figure.missing");
  return (figure) => (figure.value === null ? words(figure.reason) : null);
}

/** Whether single orders are told of: without them nothing is known of a minute, a product or a round, and 0 would be a lie. */
export const useOrdersKnown = (): boolean => useSession((show) => show.figures.headline.source === "orders");

type FigureCellProps = {
  id: FigureId;
  /** `null`: nobody knows; `sub` then says why. */
  value: ReactNode | null;
  sub?: ReactNode;
  beside?: ReactNode;
  source: FigureSource | null;
  tone?: "plain" | "wait";
  size?: "lg" | "xl";
  children?: ReactNode;
  className?: string;
};

/** From ¥1,000,000 on; cut off it would read as another amount. */
const isLong = (value: ReactNode): boolean => typeof value === "string" && value.length > 9;

/** One figure: what, how much, since when and by whom; its definition opens on a press. */
export function FigureCell({ id, value, sub, beside, source, tone, size, children, className }: FigureCellProps) {
  const { name } = useFigureHelp(id);
  const { late, now } = useLate(source?.at ?? null);
  return (
    <div className={cn("flex min-w-0 flex-col gap-0.5 px-3.5 pt-2.5", className)}>
      <span className="flex items-baseline gap-1.5 text-xs whitespace-nowrap text-dim">
        <FigureHelp id={id} source={source}>
          {name}
        </FigureHelp>
        {beside ? <span className="beside truncate text-faint">{beside}</span> : null}
        {late && source?.at != null ? <StaleMark ageMs={now - source.at} /> : null}
      </span>
      <span
        className={cn(
          "truncate font-semibold tabular-nums",
          size === "xl" ? "text-[30px] leading-9" : isLong(value) ? "text-[17px] leading-7" : "text-[22px] leading-7",
          tone === "wait" && value !== null && "text-wait-ink",
          value === null && "text-faint",
          late && "opacity-70",
        )}
      >
        {value ?? "–"}
      </span>
      {sub === undefined ? null : (
        <span className="truncate text-xs text-faint" title={typeof sub === "string" ? sub : undefined}>
          {sub}
        </span>
      )}
      {children}
    </div>
  );
}

function StaleMark({ ageMs }: { ageMs: number }) {
  const age = useAgeWords();
  return (
    <span className="flex items-center gap-1 text-wait-ink">
      <ToneShape tone="wait" size={8} />
      {age(ageMs)}
    </span>
  );
}

function FigureHelp({ id, source, children }: { id: FigureId; source: FigureSource | null; children: ReactNode }) {
  const words = useTranslations("figure");
  const { name, help } = useFigureHelp(id);
  return (
    <Popover
      trigger={
        <button type="button" className="truncate underline-offset-2 hover:text-ink hover:underline">
          {children}
        </button>
      }
    >
      <p className="text-sm font-semibold">{name}</p>
      <p className="mt-1 text-xs text-dim">{help}</p>
      <p className="mt-2 text-xs text-faint">{source ? <SourceLine source={source} /> : words("computed")}</p>
    </Popover>
  );
}

function SourceLine({ source }: { source: FigureSource }) {
  const words = useTranslations("figure");
  const age = useAgeWords();
  const { late, now } = useLate(source.at);
  if (source.at === null) return words("noSource", { name: source.name });
  const line = words("source", { name: source.name, age: age(now - source.at) });
  return late ? `${line} · ${words("late")}` : line;
}
