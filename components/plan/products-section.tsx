"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { ProductRow as Product } from "../session/show-slices.ts";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { SortableItem, SortableList } from "../ui/sortable-list.tsx";
import { EmptyState } from "../ui/states.tsx";
import { VirtualRows } from "../ui/virtual-rows.tsx";
import { useMayPlan } from "./plan-context.tsx";
import { ProductDrawer } from "./product-drawer.tsx";
import { ProductPlanHead, ProductPlanRow } from "./product-plan-row.tsx";
import { SheetDialog } from "./sheet-dialog.tsx";

/** What is open beside the table: a product, a new one, or nothing. */
type Opened = { readonly productId: string | null } | null;

function fits(product: Product, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return true;
  return `${product.linkNo} ${product.name} ${product.role} ${product.platformId ?? ""}`.toLowerCase().includes(wanted);
}

export function ProductsSection() {
  const words = useTranslations("plan.products");
  const rows = useSession((show) => show.products);
  const act = useAct();
  const mayPlan = useMayPlan();
  const [text, setText] = useState("");
  const [opened, setOpened] = useState<Opened>(null);
  const [pasting, setPasting] = useState(false);
  const products = useMemo(() => [...rows.values()].toSorted((a, b) => a.position - b.position), [rows]);
  const shown = useMemo(() => products.filter((product) => fits(product, text)), [products, text]);
  const ids = useMemo(() => products.map(({ productId }) => productId), [products]);
  const paste = (
    <Button look="primary" disabled={!mayPlan} onClick={() => setPasting(true)}>
      <Icon name="upload" size={14} />
      {words(products.length > 0 ? "pasteAgain" : "paste")}
    </Button>
  );
  const add = (
    <Button disabled={!mayPlan} onClick={() => setOpened({ productId: null })}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="flex h-full flex-col">
      {products.length === 0 ? (
        <EmptyState
          icon="upload"
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={
            <>
              {paste}
              {add}
            </>
          }
        />
      ) : (
        <>
          <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
            <Input
              className="w-64"
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={words("search")}
              aria-label={words("search")}
            />
            <span className="text-xs whitespace-nowrap text-faint">{words("count", { count: products.length })}</span>
            <div className="ml-auto flex gap-2">
              {add}
              {paste}
            </div>
          </div>
          <SortableList
            ids={ids}
            disabled={!mayPlan || text.trim() !== ""}
            onMove={(move) => void act("bag.reorder", { productIds: [...move.ids] })}
          >
            <VirtualRows
              className="flex-1"
              label={words("table")}
              items={shown}
              idOf={(product) => product.productId}
              head={<ProductPlanHead />}
              renderRow={(product) => (
                <SortableItem
                  id={product.productId}
                  label={words("drag", { name: product.name })}
                  className="h-9 border-b hover:bg-hover"
                >
                  <ProductPlanRow
                    product={product}
                    disabled={!mayPlan}
                    onOpen={() => setOpened({ productId: product.productId })}
                  />
                </SortableItem>
              )}
            />
          </SortableList>
        </>
      )}
      {opened ? <ProductDrawer productId={opened.productId} onClose={() => setOpened(null)} /> : null}
      {pasting ? <SheetDialog onClose={() => setPasting(false)} /> : null}
    </div>
  );
}
