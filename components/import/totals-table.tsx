"use client";
import { useTranslations } from "next-intl";
import { count, yuanExact } from "../format/money.ts";
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
  return (
    <Table label={words("totals")}>
      <Head>
        <Th>{words("totals")}</Th>
        <Th numeric>{words("inFile")}</Th>
        <Th numeric>{words("toImport")}</Th>
        <Th className="w-20" />
      </Head>
      <tbody>
        {rows.map(({ key, show }) => (
          <Tr key={key}>
            <Td className="text-dim">{words(`total.${key}`)}</Td>
            <Td numeric>{show(file[key])}</Td>
            <Td numeric className="font-medium">
              {show(imported[key])}
            </Td>
            <Td className="text-right">
              {file[key] === imported[key] ? <Tag tone="sure">{words("equal")}</Tag> : <Tag tone="wait">{words("differs")}</Tag>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
