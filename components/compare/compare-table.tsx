"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { SHOW_FIGURE_NAMES, type ShowFigure } from "#domain/metrics/show-totals.ts";
import { clockTime, dayTime } from "../format/time.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Tag } from "../ui/tag.tsx";
import { differenceText, figureText, useMissingWords } from "./figure-words.ts";
import { lookOf } from "./line-looks.ts";
import type { ComparedShow } from "./load-compare.ts";

type TableProps = {
  shows: readonly ComparedShow[];
  baseId: string;
  onBase: (id: string) => void;
  onRemove: (id: string) => void;
};

/** Figures side by side, each with its distance from the base show. */
export function CompareTable({ shows, baseId, onBase, onRemove }: TableProps) {
  const words = useTranslations("compare");
  const base = shows.find(({ id }) => id === baseId);
  return (
    <section aria-label={words("figures")} className="overflow-x-auto" tabIndex={0}>
      <table aria-label={words("figures")} className="border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 w-40 min-w-40 border-b bg-page px-2 text-left text-xs font-normal text-faint"
            >
              {words("figure")}
            </th>
            {shows.map((show, index) => (
              <th
                key={show.id}
                scope="col"
                className="w-48 max-w-48 min-w-40 border-b px-2 py-1.5 text-left align-top text-xs font-normal"
              >
                <ShowHead
                  show={show}
                  index={index}
                  isBase={show.id === baseId}
                  onBase={onBase}
                  onRemove={shows.length > 2 ? onRemove : null}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHOW_FIGURE_NAMES.map((figure) => (
            <tr key={figure} className="group hover:bg-hover">
              <FigureName figure={figure} />
              {shows.map((show) => (
                <FigureCell key={show.id} figure={figure} show={show} base={show.id === baseId ? undefined : base} />
              ))}
            </tr>
          ))}
          <tr className="group hover:bg-hover">
            <th scope="row" className={NAME_CELL}>
              {words("targets")}
            </th>
            {shows.map((show) => (
              <td key={show.id} className={cn(CELL, show.id === baseId && "bg-picked")}>
                <Targets show={show} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="pt-2 text-xs text-faint">{words("differenceNote")}</p>
    </section>
  );
}

const CELL = "h-11 border-b px-2 text-right align-middle tabular-nums whitespace-nowrap";
const NAME_CELL =
  "sticky left-0 z-10 border-b bg-page px-2 text-left text-xs font-normal text-dim group-hover:bg-hover whitespace-nowrap";

function FigureName({ figure }: { figure: ShowFigure }) {
  const words = useTranslations("compare");
  return (
    <th scope="row" className={NAME_CELL} title={words(`help.${figure}`)}>
      {words(`name.${figure}`)}
    </th>
  );
}

type HeadProps = {
  show: ComparedShow;
  index: number;
  isBase: boolean;
  onBase: (id: string) => void;
  onRemove: ((id: string) => void) | null;
};

function ShowHead({ show, index, isBase, onBase, onRemove }: HeadProps) {
  const words = useTranslations("compare");
  const { id, title } = show;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-1.5">
        <span className="font-semibold" style={{ color: lookOf(index).color }}>
          {index + 1}
        </span>
        <Link
          href={`/shows/${id}/review`}
          title={title}
          className="line-clamp-3 min-w-0 flex-1 font-medium break-all hover:underline"
        >
          {title}
        </Link>
        {onRemove ? (
          <IconButton
            label={words("remove", { title })}
            size="iconSm"
            className="-my-1 -mr-1"
            onClick={() => onRemove(id)}
          >
            <Icon name="close" size={12} />
          </IconButton>
        ) : null}
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="whitespace-nowrap text-faint">{dayTime(show.startedAt)}</span>
        {isBase ? (
          <Tag tone="act" shape={false}>
            {words("base")}
          </Tag>
        ) : (
          <Button
            look="ghost"
            size="sm"
            className="h-6 px-1.5"
            onClick={() => onBase(id)}
            aria-label={words("makeBaseOf", { title })}
          >
            {words("makeBase")}
          </Button>
        )}
      </div>
    </div>
  );
}

type CellProps = { figure: ShowFigure; show: ComparedShow; base: ComparedShow | undefined };

function FigureCell({ figure, show, base }: CellProps) {
  const missing = useMissingWords();
  const found = show.totals.figures[figure];
  const ofBase = base?.totals.figures[figure].value ?? null;
  const at = figure === "bestMinuteFen" ? show.totals.bestMinuteAt : null;
  return (
    <td className={cn(CELL, !base && "bg-picked")}>
      {found.value === null ? (
        <span className="text-xs text-faint">
          – <span className="whitespace-normal">{missing(found.reason)}</span>
        </span>
      ) : (
        <>
          <span className="block">{figureText(figure, found.value)}</span>
          <span className="block text-2xs text-faint">
            {at === null ? null : `${clockTime(at)}${base ? " · " : ""}`}
            {base && ofBase !== null ? differenceText(figure, found.value, ofBase) : null}
          </span>
        </>
      )}
    </td>
  );
}

function Targets({ show }: { show: ComparedShow }) {
  const words = useTranslations("compare");
  const { set, reached, unknown } = show.totals.targets;
  if (set === 0) return <span className="text-xs text-faint">– {words("noTargets")}</span>;
  return (
    <>
      <span className="block">{words("reached", { reached, set })}</span>
      {unknown > 0 ? (
        <span className="block text-2xs text-faint">{words("targetsUnknown", { count: unknown })}</span>
      ) : null}
    </>
  );
}
