"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count, yuan } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { HeaderPicker } from "./header-picker.tsx";
import { KINDS, type Choice, type Commit, type Preview, type Target } from "./import-api.ts";
import { IssuesPanel } from "./issues-panel.tsx";
import { PastShowFields, type PastDraft } from "./past-show-fields.tsx";
import { TotalsTable } from "./totals-table.tsx";
import type { Chosen } from "./use-import.ts";

type Props = {
  target: Target;
  chosen: Chosen;
  preview: Preview;
  choice: Choice;
  looking: boolean;
  onLook: (choice: Choice) => void;
  onCommit: (commit: Commit) => Promise<void>;
  onBack: () => void;
};

/** What the file was read as, what is wrong with it and what it adds up to, before anything is taken over. */
export function CheckFile(props: Props) {
  const { target, preview, choice, looking, onLook } = props;
  const words = useTranslations("import");
  const [pointing, setPointing] = useState(false);
  const headers = preview.headerRow === null || pointing;
  // What is wrong stands first; where nothing is, it needs no place above the columns.
  const issues = <IssuesPanel key={`${preview.errorCount} ${preview.warningCount}`} preview={preview} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_400px] items-start gap-6">
      <div className="flex min-w-0 flex-col gap-4">
        <FileBar {...props} />
        <div aria-busy={looking} className={looking ? "opacity-60 transition-opacity" : ""}>
          <div className="flex flex-col gap-5">
            {preview.errorCount > 0 ? issues : null}
            <section aria-label={words("columns")} className="flex flex-col gap-2">
              <div className="flex items-center gap-3 text-xs text-faint">
                <span>
                  {words("recognised", {
                    found: preview.columns.filter(({ field }) => field !== null).length,
                    all: preview.columns.length,
                  })}
                </span>
                {preview.headerRow === null ? null : (
                  <button
                    type="button"
                    className="text-act-ink hover:underline"
                    aria-expanded={pointing}
                    onClick={() => setPointing(!pointing)}
                  >
                    {words("headerAt", { row: preview.headerRow + 1 })}
                  </button>
                )}
              </div>
              {headers ? (
                <HeaderPicker
                  head={preview.head}
                  headerRow={preview.headerRow}
                  onPick={(headerRow) => {
                    setPointing(false);
                    onLook({ ...choice, headerRow, fields: fieldsBelow(preview) });
                  }}
                />
              ) : null}
              {preview.headerRow === null ? null : (
                <ColumnsTable
                  preview={preview}
                  onChange={(columns) =>
                    onLook({
                      ...choice,
                      headerRow: preview.headerRow ?? 0,
                      fields: columns.map(({ field }) => field ?? ""),
                    })
                  }
                />
              )}
            </section>
            {preview.errorCount === 0 && preview.headerRow !== null ? issues : null}
          </div>
        </div>
      </div>
      <Decision key={target.kind} {...props} />
    </div>
  );
}

/** Another row is the header: what was recognised stays where the columns are the same. */
const fieldsBelow = ({ columns }: Preview): string[] => columns.map(({ field }) => field ?? "");

function FileBar({ chosen, preview, choice, onLook }: Props) {
  const words = useTranslations("import");
  const { file, sheet, rows } = preview;
  const facts = [
    words("rows", { count: rows }),
    `${(chosen.size / 1024).toFixed(0)} kB`,
    file.encoding ?? file.kind.toUpperCase(),
  ];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <span className="max-w-96 truncate text-sm font-medium" title={chosen.name}>
          {chosen.name}
        </span>
        <span className="text-xs text-faint">{facts.join(" · ")}</span>
        <div className="ml-auto flex items-center gap-2">
          {file.sheets.length > 1 ? (
            <Select
              size="sm"
              className="w-44"
              aria-label={words("sheet")}
              value={String(sheet)}
              onChange={(value) => onLook({ kind: preview.kind, sheet: Number(value) })}
              options={file.sheets.map(({ name, rows: length }, index) => ({
                value: String(index),
                label: name,
                hint: String(length),
              }))}
            />
          ) : null}
          <Segmented
            label={words("kindLabel")}
            value={preview.kind}
            onChange={(kind) => onLook({ kind, ...(choice.sheet === undefined ? {} : { sheet: choice.sheet }) })}
            options={KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
          />
        </div>
      </div>
      {file.damaged > 0 ? <Callout tone="wait">{words("damaged", { count: file.damaged })}</Callout> : null}
    </div>
  );
}

/** At the right: sums, what is new, and the one button. */
function Decision({ target, chosen, preview, choice, looking, onCommit, onBack }: Props) {
  const words = useTranslations("import");
  const isNew = target.kind === "room";
  const [inShowOnly, setInShowOnly] = useState(false);
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState<PastDraft>({
    title: chosen.name.replace(/\.[^.]*$/, "").slice(0, 80),
    startedAt: preview.span?.from ?? null,
    endedAt: preview.span?.to ?? null,
  });
  const { orders } = preview;
  const items = itemsIn(preview, inShowOnly);
  const show = pastOf(draft);
  const blocked =
    preview.headerRow === null ||
    items === 0 ||
    preview.errors.some(({ code }) => code === "column.missing") ||
    (isNew && !show);
  const commit = async () => {
    setBusy(true);
    await onCommit({ ...choice, kind: preview.kind, inShowOnly, ...(isNew && show ? { show } : {}) });
    setBusy(false);
  };
  return (
    <aside aria-label={words("decision")} className="sticky top-4 flex flex-col gap-4 rounded-md border bg-raised p-4">
      {isNew ? <PastShowFields draft={draft} onChange={setDraft} /> : null}
      {orders ? <TotalsTable file={orders.fileTotals} imported={orders.importedTotals} /> : null}
      {preview.audience ? (
        <p className="text-sm">{words("samplesFound", { count: preview.audience.samples })}</p>
      ) : null}
      {preview.headerRow === null ? null : <Facts preview={preview} isNew={isNew} />}
      {orders?.inside && orders.inside.orders < orders.importedTotals.orders ? (
        <Switch
          checked={inShowOnly}
          onChange={setInShowOnly}
          label={words("inShowOnly")}
          hint={words("inShowHint", { orders: count(orders.inside.orders), paid: yuan(orders.inside.paidFen) })}
        />
      ) : null}
      {preview.errorCount > 0 && items > 0 ? (
        <Callout tone="wait">{words("errorsStayOut", { count: preview.errorCount })}</Callout>
      ) : null}
      <div className="flex gap-2">
        <Button onClick={onBack}>{words("otherFile")}</Button>
        <Button
          look="primary"
          className="flex-1"
          busy={busy}
          disabled={blocked || looking}
          onClick={() => void commit()}
        >
          {words(isNew ? `make.${preview.kind}` : `take.${preview.kind}`, { count: items })}
        </Button>
      </div>
      <p className="text-xs text-faint">{words("nothingYet")}</p>
    </aside>
  );
}

function itemsIn({ orders, audience }: Preview, inShowOnly: boolean): number {
  if (orders) return (inShowOnly ? orders.inside?.orders : undefined) ?? orders.importedTotals.orders;
  return audience?.samples ?? 0;
}

function pastOf({ title, startedAt, endedAt }: PastDraft): Commit["show"] | null {
  if (title.trim() === "" || startedAt === null || endedAt === null || endedAt <= startedAt) return null;
  return { title: title.trim(), startedAt, endedAt };
}

function Facts({ preview, isNew }: { preview: Preview; isNew: boolean }) {
  const words = useTranslations("import");
  const { span, standing, earlier } = preview;
  return (
    <div className="flex flex-col gap-2 text-xs text-dim">
      {span ? <p>{words("span", { from: dayTime(span.from), to: dayTime(span.to) })}</p> : null}
      {standing && !isNew ? (
        <p className="flex flex-wrap gap-1.5">
          <Tag tone="sure">{words("fresh", { count: standing.fresh })}</Tag>
          <Tag tone={standing.changed > 0 ? "act" : "plain"}>{words("changed", { count: standing.changed })}</Tag>
          <Tag>{words("same", { count: standing.same })}</Tag>
        </p>
      ) : null}
      {earlier.slice(0, 2).map(({ sessionId, at }) => (
        <Callout key={sessionId} tone={isNew ? "wait" : "plain"}>
          <a className="hover:underline" href={`/shows/${sessionId}/import`}>
            {words("earlier", { at: dayTime(at) })}
          </a>
        </Callout>
      ))}
    </div>
  );
}
