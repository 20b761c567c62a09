"use client";
import { useTranslations } from "next-intl";
import { count, yuanExact } from "../format/money.ts";
import { cn } from "../ui/cn.ts";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import type { Totals } from "./import-api.ts";

/** The file's own sums beside what would be taken over, to the fen. */
export function TotalsTable({ file, imported }: { file: Totals; imported: Totals }) {
  const words = useTranslations("import");
  const rows = [
    { key: "orders", show: count },
    { key: "paidOrders", show: count },
    { key: "paidUnits", show: count },
    { key: "paidFen", show: yuanExact },
    { key: "refundedFen", show: yuanExact },
  ] as const;
  const differing = rows.filter(({ key }) => file[key] !== imported[key]).length;
  return (
    <div className="flex flex-col gap-2">
      <Table label={words("totals")}>
        <Head>
          <Th className="bg-raised">{words("totals")}</Th>
          <Th numeric className="bg-raised">
            {words("inFile")}
          </Th>
          <Th numeric className="bg-raised">
            {words("toImport")}
          </Th>
        </Head>
        <tbody>
          {rows.map(({ key, show }) => (
            <Tr key={key}>
              <Td className="whitespace-nowrap text-dim">{words(`total.${key}`)}</Td>
              <Td numeric>{show(file[key])}</Td>
              <Td numeric className={cn("font-medium", file[key] !== imported[key] && "text-wait-ink")}>
                {show(imported[key])}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <p>
        {differing === 0 ? (
          <Tag tone="sure">{words("equal")}</Tag>
        ) : (
          <Tag tone="wait">{words("differs", { count: differing })}</Tag>
        )}
      </p>
    </div>
  );
}
