"use client";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import type { FieldChange, ProductChange } from "#domain/sheet/product-diff.ts";
import { count, yuan, yuanRange } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useList } from "../ui/use-list.ts";
import { EmptyState } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { SheetIssues } from "./sheet-issues.tsx";
import type { Preview, Table as Sheet } from "./sheet-reading.ts";

type Part = "added" | "changed" | "missing" | "errors" | "warnings";

/** What taking the sheet over would do, and which cells can't be read. */
export function SheetPreview({
  table,
  preview,
  missing,
  onMissing,
}: {
  table: Sheet;
  preview: Preview;
  missing: "keep" | "remove";
  onMissing: (missing: "keep" | "remove") => void;
}) {
  const words = useTranslations("plan.sheet");
  const { sheet, diff } = preview;
  const counts: Record<Part, number> = {
    added: diff.added.length,
    changed: diff.changed.length,
    missing: diff.missing.length,
    errors: sheet.errors.length,
    warnings: sheet.warnings.length,
  };
  const parts: readonly Part[] = ["errors", "warnings", "changed", "added", "missing"];
  const [part, setPart] = useState<Part>(
    () => parts.find((name) => counts[name] > 0 && name !== "warnings") ?? "added",
  );
  const tones: Record<Part, Tone> = {
    added: "sure",
    changed: "act",
    missing: "plain",
    errors: "air",
    warnings: "wait",
  };
  const contents: Record<Part, () => ReactNode> = {
    errors: () => <SheetIssues issues={sheet.errors} table={table} />,
    warnings: () => <SheetIssues issues={sheet.warnings} table={table} />,
    added: () => <Added preview={preview} />,
    changed: () => <Changed changes={diff.changed} />,
    missing: () => (
      <div className="flex flex-col gap-3">
        <Switch
          checked={missing === "remove"}
          onChange={(remove) => onMissing(remove ? "remove" : "keep")}
          label={words("removeMissing")}
          hint={words("removeMissingHint")}
        />
        <ul className="flex flex-col text-sm">
          {diff.missing.map((product) => (
            <li key={product.linkNo} className="border-b py-1.5">
              {product.linkNo} · {product.name}
            </li>
          ))}
        </ul>
      </div>
    ),
  };
  return (
    <div className="flex min-h-[360px] flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={words("step.preview")}
          value={part}
          onChange={setPart}
          options={parts.map((name) => ({
            value: name,
            label: (
              <span className="flex items-center gap-1.5">
                {words(`part.${name}`)}
                <Tag tone={counts[name] > 0 ? tones[name] : "plain"} shape={counts[name] > 0}>
                  {counts[name]}
                </Tag>
              </span>
            ),
          }))}
        />
        <span className="text-xs text-faint">{words("unchanged", { count: diff.unchanged })}</span>
      </div>
      {counts[part] === 0 ? <EmptyState compact icon="check" title={words(`nothing.${part}`)} /> : contents[part]()}
    </div>
  );
}

function Added({ preview }: { preview: Preview }) {
  const words = useTranslations("plan.products");
  return (
    <Table label={words("table")}>
      <Head>
        <Th numeric className="w-16 bg-raised">
          {words("linkNo")}
        </Th>
        <Th className="bg-raised">{words("name")}</Th>
        <Th className="w-24 bg-raised">{words("role")}</Th>
        <Th className="w-24 bg-raised">{words("sku")}</Th>
        <Th numeric className="w-32 bg-raised">
          {words("livePrice")}
        </Th>
        <Th numeric className="w-20 bg-raised">
          {words("sellable")}
        </Th>
      </Head>
      <tbody>
        {preview.diff.added.map((product) => (
          <Tr key={product.linkNo}>
            <Td numeric>{product.linkNo}</Td>
            <Td className="max-w-0 truncate" title={product.name}>
              {product.name}
            </Td>
            <Td className="text-dim">{product.role ?? ""}</Td>
            <Td className="text-dim">{words("skus", { count: product.skus.length })}</Td>
            <Td numeric>{livePrices(product.skus)}</Td>
            <Td numeric>{count(product.skus.reduce((sum, { sellable }) => sum + sellable, 0))}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** All of them: the one that is mistyped need not be the lowest. */
function livePrices(skus: readonly { readonly liveFen: number }[]): string {
  const prices = skus.map(({ liveFen }) => liveFen);
  return yuanRange(Math.min(...prices), Math.max(...prices));
}

function Changed({ changes }: { changes: readonly ProductChange[] }) {
  const words = useTranslations("plan.sheet");
  const list = useList();
  return (
    <ul className="flex flex-col">
      {changes.map(({ current, changes: fields, addedSkus, missingSkus }) => (
        <li key={current.linkNo} className="border-b py-2 text-sm">
          <p className="font-medium">
            {current.linkNo} · {current.name}
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 text-xs">
            {fields.map((change, index) => (
              <ChangedField key={index} change={change} />
            ))}
            {addedSkus.length > 0 ? (
              <li className="text-sure-ink">
                {words("skusAdded", { names: list(addedSkus.map(({ name }) => name)) })}
              </li>
            ) : null}
            {missingSkus.length > 0 ? (
              <li className="text-faint">
                {words("skusMissing", { names: list(missingSkus.map(({ name }) => name)) })}
              </li>
            ) : null}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function ChangedField({ change }: { change: FieldChange }) {
  const names = useTranslations("planField");
  const show = (value: FieldChange["from"]) => {
    if (value === null || value === "") return "–";
    if (typeof value === "number")
      return change.field.endsWith("Fen")
        ? yuan(value)
        : change.field === "explainMs"
          ? duration(value)
          : String(value);
    return typeof value === "string" ? value : value.join("; ");
  };
  const name = isPlanField(change.field) ? names(change.field) : change.field;
  return (
    <li className="flex gap-2">
      <span className="w-40 shrink-0 text-faint">{change.sku === undefined ? name : `${change.sku} · ${name}`}</span>
      <span className="text-faint line-through">{show(change.from)}</span>
      <span aria-hidden>→</span>
      <span className="text-ink">{show(change.to)}</span>
    </li>
  );
}

const PLAN_FIELDS = [
  "linkNo",
  "platformId",
  "name",
  "pictureUrl",
  "mechanism",
  "netPriceFen",
  "role",
  "sellingPoints",
  "plannedUnits",
  "explainMs",
  "slot",
  "note",
  "usualFen",
  "liveFen",
  "floorFen",
  "sellable",
  "pool",
] as const;
const isPlanField = (name: string): name is (typeof PLAN_FIELDS)[number] => PLAN_FIELDS.some((field) => field === name);
