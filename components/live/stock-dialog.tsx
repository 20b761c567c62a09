"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { takeAgo, useDesk } from "./desk.tsx";
import { useDeed } from "./use-deed.ts";

/** Sets counts right after a look into the shop. What orders did in between keeps its effect. */
export function StockDialog({ productId, onClose }: { productId: string; onClose: () => void }) {
  const words = useTranslations("stock");
  const row = useSession((show) => show.products.get(productId));
  const deed = useDeed();
  const { entry } = useDesk();
  const [reason, setReason] = useState("");
  if (!row) return null;
  const set = (
    skuId: string,
    change: { sellable?: number; pool?: number },
    expect: { sellable?: number; pool?: number },
  ) =>
    void deed(
      `stock:${skuId}`,
      "bag.setStock",
      { productId, skuId, ...change, ago: takeAgo(entry), reason },
      { expect },
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("title", { linkNo: row.linkNo, name: row.name })}
      description={words("hint")}
      width="lg"
    >
      <div className="flex flex-col gap-4">
        <Table label={words("table")}>
          <Head>
            <Th>{words("sku")}</Th>
            <Th numeric>{words("sellable")}</Th>
            <Th numeric>{words("pool")}</Th>
            <Th numeric>{words("unpaid")}</Th>
            <Th numeric>{words("sold")}</Th>
            <Th numeric>{words("seen")}</Th>
          </Head>
          <tbody>
            {row.skus.map((sku) => (
              <Tr key={sku.skuId}>
                <Td>{sku.name}</Td>
                <Td numeric className="w-28">
                  <NumberField
                    size="sm"
                    min={-1_000_000}
                    aria-label={`${sku.name} ${words("sellable")}`}
                    value={sku.sellable}
                    onCommit={(sellable) =>
                      sellable !== null && set(sku.skuId, { sellable }, { sellable: sku.sellable })
                    }
                  />
                </Td>
                <Td numeric className="w-28">
                  <NumberField
                    size="sm"
                    aria-label={`${sku.name} ${words("pool")}`}
                    value={sku.pool}
                    onCommit={(pool) => pool !== null && set(sku.skuId, { pool }, { pool: sku.pool })}
                  />
                </Td>
                <Td numeric>{count(sku.unpaidHold)}</Td>
                <Td numeric>{count(sku.sold)}</Td>
                <Td numeric>{sku.seenUnits ? count(sku.seenUnits.units) : "–"}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
        <Field label={words("reason")} hint={words("reasonHint")}>
          <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
