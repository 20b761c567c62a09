"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import { notify } from "../ui/toast.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Callout } from "../ui/states.tsx";
import { usePlan } from "./plan-context.tsx";
import { SheetColumns } from "./sheet-columns.tsx";
import { SheetInput } from "./sheet-input.tsx";
import { keepColumns, rememberedColumns, type ColumnMemory } from "./sheet-memory.ts";
import { SheetPreview } from "./sheet-preview.tsx";
import type * as Reading from "./sheet-reading.ts";

type Row = Parameters<typeof Reading.tableOf>[0][number];
type Step =
  | { readonly name: "input" }
  | { readonly name: "columns"; readonly table: Reading.Table }
  | { readonly name: "preview"; readonly table: Reading.Table; readonly preview: Reading.Preview };

/** Paste or choose a file, check what each column is, see what would change, take it over. */
export function SheetDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("plan.sheet");
  const ui = useTranslations("ui");
  const { room } = usePlan();
  const products = useSession((show) => show.products);
  const act = useAct();
  const [reading, setReading] = useState<typeof Reading | null>(null);
  const [remembered, setRemembered] = useState<ColumnMemory>({});
  const [step, setStep] = useState<Step>({ name: "input" });
  const [missing, setMissing] = useState<"keep" | "remove">("keep");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void import("./sheet-reading.ts").then(setReading);
    void rememberedColumns(room.id).then(setRemembered);
  }, [room.id]);

  const take = (rows: readonly Row[]) => {
    if (!reading) return;
    const filled = rows.filter((row) => row.some((cell) => cell !== ""));
    if (filled.length < 2) return setProblem(words("tooShort"));
    setProblem(null);
    setStep({ name: "columns", table: reading.tableOf(rows, remembered) });
  };
  const look = (table: Reading.Table) => {
    if (!reading) return;
    setStep({ name: "preview", table, preview: reading.previewOf(table, room.productRoles, [...products.values()]) });
  };
  const apply = async () => {
    if (step.name !== "preview" || !reading) return;
    setBusy(true);
    const { sheet, fields, diff } = step.preview;
    const done = await act("bag.applySheet", {
      products: sheet.products.map((product) => ({
        ...product,
        sellingPoints: [...product.sellingPoints],
        skus: [...product.skus],
      })),
      missing,
      fields: [...fields],
    });
    setBusy(false);
    if (!done) return;
    void keepColumns(room.id, reading.columnsToKeep(step.table));
    notify({
      tone: "sure",
      title: words("applied", {
        added: diff.added.length,
        changed: diff.changed.length,
        removed: missing === "remove" ? diff.missing.length : 0,
      }),
    });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="xl"
      title={words(`step.${step.name}`)}
      description={words(`stepHint.${step.name}`)}
      footer={
        <>
          {step.name === "input" ? null : (
            <Button
              className="mr-auto"
              onClick={() =>
                setStep(step.name === "preview" ? { name: "columns", table: step.table } : { name: "input" })
              }
            >
              {ui("back")}
            </Button>
          )}
          <Button onClick={onClose}>{ui("cancel")}</Button>
          {step.name === "columns" ? (
            <Button look="primary" disabled={step.table.headerRow < 0} onClick={() => look(step.table)}>
              {words("toPreview")}
            </Button>
          ) : null}
          {step.name === "preview" ? (
            <Button
              look="primary"
              busy={busy}
              disabled={step.preview.sheet.products.length === 0}
              onClick={() => void apply()}
            >
              {words("apply", { count: step.preview.sheet.products.length })}
            </Button>
          ) : null}
        </>
      }
    >
      {problem ? (
        <div className="pb-3">
          <Callout tone="wait">{problem}</Callout>
        </div>
      ) : null}
      {step.name === "input" ? (
        <SheetInput
          ready={reading !== null}
          onText={(text) => reading && take(reading.rowsOfPaste(text))}
          onRows={take}
          onProblem={setProblem}
        />
      ) : null}
      {step.name === "columns" && reading ? (
        <SheetColumns
          table={step.table}

          onHeaderRow={(row) => setStep({ name: "columns", table: reading.withHeaderRow(step.table, row, remembered) })}
          onChange={(columns) => setStep({ name: "columns", table: { ...step.table, columns } })}
        />
      ) : null}
      {step.name === "preview" ? (
        <SheetPreview table={step.table} preview={step.preview} missing={missing} onMissing={setMissing} />
      ) : null}
    </Dialog>
  );
}
