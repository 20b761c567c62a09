"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { cellText, isNumeric } from "./cell-text.ts";
import { arranged, nextSort, type Sort } from "./arrange-rows.ts";
import type { Block, Cell, Column, ReportRow } from "./report-table.ts";

type BlockTableProps = {
  block: Block;
  /** `2026-11-21`: the day that times need not name. */
  showDay: string;
  /** Moves the page to the second that a row is about. */
  onRow?: ((at: number) => void) | undefined;
};

/** From here on only the rows in view exist. */
const VIRTUAL_FROM = 60;
const ROW_PX = 36;
/** Least width in px, and share of what is left. Every row is a grid of its own, so nothing may depend on what stands in it. */
const WIDTH: { readonly [K in Column["kind"]]: readonly [px: number, share: number] } = {
  text: [88, 0.7],
  time: [96, 0.4],
  hour: [124, 0.5],
  count: [72, 0.3],
  countChange: [72, 0.3],
  share: [78, 0.3],
  shareChange: [84, 0.3],
  fen: [112, 0.5],
  fenChange: [112, 0.5],
  duration: [84, 0.3],
  durationChange: [88, 0.3],
  mixed: [124, 0.6],
};
/** A table of so many columns stands closer, so that all of it is in sight on a laptop. */
const DENSE_FROM = 12;
const isDense = (columns: readonly Column[]) => columns.length >= DENSE_FROM;
const PADDING = { loose: "px-2.5", dense: "px-1.5" } as const;
const CLOSER_PX = 8;
const WORDY = [136, 0.6] as const;
const WIDE_PX = { loose: 224, dense: 176 } as const;

function widthsOf(columns: readonly Column[], isSorted: boolean): readonly (readonly [px: number, share: number])[] {
  const dense = isDense(columns);
  const aroundPx = HEAD_PADDING_PX - (dense ? CLOSER_PX : 0) + (isSorted ? SORT_MARK_PX : 0);
  return columns.map(({ wide, wordy, kind, label }) => {
    const [px, share] = wordy ? WORDY : wide ? ([WIDE_PX[dense ? "dense" : "loose"], 2] as const) : WIDTH[kind];
    return [Math.max(px - (dense && !wide ? CLOSER_PX : 0), headWidth(label) + aroundPx), share];
  });
}

const HEAD_PADDING_PX = 22;
const SORT_MARK_PX = 16;
/** Of a head's 12 px letters, a little too much rather than too little: a head that runs into the next can't be read. */
const labelWidth = (label: string): number =>
  Array.from(label).reduce((sum, sign) => sum + (sign > "\u2e80" ? 12.5 : 6.8), 0);

/** A head of several words takes two lines, broken where that is narrowest. */
function headWidth(label: string): number {
  const words = label.split(" ");
  const breaks = words.map((_, at) =>
    Math.max(labelWidth(words.slice(0, at).join(" ")), labelWidth(words.slice(at).join(" "))),
  );
  return Math.min(...breaks);
}

/** One table of the whole show: sorted by a press on a head, searched, and a press on a row goes to its second. */
export function BlockTable({ block, showDay, onRow }: BlockTableProps) {
  const words = useTranslations("whole");
  const { columns, rows, sortable = false, searchable = false, title, note, empty } = block;
  const [sort, setSort] = useState<Sort | null>(null);
  const [wanted, setWanted] = useState("");
  const shown = useMemo(() => arranged(rows, columns, sort, wanted), [rows, columns, sort, wanted]);
  const widths = widthsOf(columns, sortable);
  const padding = PADDING[isDense(columns) ? "dense" : "loose"];
  const template = widths.map(([px, share]) => `minmax(${px}px, ${share}fr)`).join(" ");
  const minWidth = widths.reduce((sum, [px]) => sum + px, 0);
  const head = (
    <HeadRow
      columns={columns}
      template={template}
      padding={padding}
      sort={sort}
      onSort={sortable ? (id) => setSort((now) => nextSort(now, id)) : null}
    />
  );
  const row = (item: ReportRow) => (
    <BodyRow key={item.id} row={item} {...{ columns, template, padding, showDay, onRow }} />
  );
  const label = title ?? block.id;
  return (
    <section aria-label={label} className="flex min-h-0 flex-col">
      {title || note || searchable ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-3 pb-1.5">
          {title ? <h3 className="text-sm font-semibold">{title}</h3> : null}
          {note ? <p className="min-w-0 flex-1 text-xs text-dim">{note}</p> : null}
          {searchable && rows.length > 0 ? (
            <Input
              type="search"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
              placeholder={words("search")}
              aria-label={words("search")}
              className="ml-auto h-8 w-52"
            />
          ) : null}
        </div>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState compact title={empty} />
      ) : shown.length > VIRTUAL_FROM ? (
        <div role="table" aria-label={label} aria-rowcount={shown.length + 1} className="text-sm">
          <VirtualRows
            label={words("rows", { name: label })}
            items={shown}
            idOf={({ id }) => id}
            rowHeight={ROW_PX}
            head={head}
            renderRow={row}
            className="h-[min(62vh,720px)]"
          />
        </div>
      ) : (
        <div className="overflow-x-auto">
          <div role="table" aria-label={label} className="text-sm" style={{ minWidth }}>
            {head}
            {shown.map(row)}
            {shown.length === 0 ? <p className="py-6 text-center text-xs text-dim">{words("noMatch")}</p> : null}
          </div>
        </div>
      )}
    </section>
  );
}

type HeadRowProps = {
  columns: readonly Column[];
  template: string;
  padding: string;
  sort: Sort | null;
  onSort: ((id: string) => void) | null;
};

function HeadRow({ columns, template, padding, sort, onSort }: HeadRowProps) {
  return (
    <div role="row" className="grid border-b bg-page" style={{ gridTemplateColumns: template }}>
      {columns.map(({ id, label, kind, help }) => {
        const direction = sort?.column === id ? sort.direction : null;
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={direction === null ? undefined : direction === "down" ? "descending" : "ascending"}
            title={help}
            className={cn(
              "flex min-h-8 items-center text-xs leading-[14px] text-faint",
              padding,
              isNumeric(kind) && "justify-end text-right",
            )}
          >
            {onSort ? (
              <button
                type="button"
                className="inline-flex items-center gap-1 text-[inherit] hover:text-ink"
                onClick={() => onSort(id)}
              >
                {label}
                {direction === null ? null : (
                  <Icon name="chevronDown" size={11} className={direction === "up" ? "rotate-180" : ""} />
                )}
              </button>
            ) : (
              label
            )}
          </div>
        );
      })}
    </div>
  );
}

type BodyRowProps = {
  row: ReportRow;
  columns: readonly Column[];
  template: string;
  padding: string;
  showDay: string;
  onRow: ((at: number) => void) | undefined;
};

function BodyRow({ row, columns, template, padding, showDay, onRow }: BodyRowProps) {
  const { at } = row;
  const go = onRow && at != null ? () => onRow(at) : undefined;
  const wide = columns.findIndex((column) => column.wide);
  return (
    <div
      role="row"
      data-row={row.id}
      className={cn("grid h-9 items-center border-b hover:bg-hover", go && "cursor-pointer")}
      style={{ gridTemplateColumns: template }}
      onClick={go}
    >
      {columns.map((column, index) => {
        const cell = row.cells[index] ?? { value: null };
        const said = cellText(cell, column.kind, showDay);
        return (
          <div
            key={column.id}
            role="cell"
            title={cell.value === null ? cell.why : column.kind === "text" ? said : undefined}
            className={cn(
              "flex min-w-0 items-baseline gap-1.5 tabular-nums",
              padding,
              isNumeric(column.kind) && "justify-end",
            )}
          >
            {go && index === Math.max(0, wide) ? (
              // The row itself takes no focus: its name is the button for the keyboard.
              <button
                type="button"
                className="min-w-0 truncate text-left hover:underline"
                onClick={(event) => {
                  event.stopPropagation();
                  go();
                }}
              >
                {said}
              </button>
            ) : (
              <CellValue cell={cell} said={said} />
            )}
            {cell.beside ? <span className="shrink-0 text-xs text-faint">{cell.beside}</span> : null}
          </div>
        );
      })}
    </div>
  );
}

function CellValue({ cell, said }: { cell: Cell; said: string }) {
  if (cell.value === null) {
    return (
      <span className="min-w-0 truncate text-faint">
        –{cell.why ? <span className="ml-1.5 text-xs">{cell.why}</span> : null}
      </span>
    );
  }
  if (cell.tone && cell.tone !== "plain") return <Tag tone={cell.tone}>{said}</Tag>;
  return <span className="min-w-0 truncate">{said}</span>;
}
