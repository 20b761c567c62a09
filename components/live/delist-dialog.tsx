"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Callout } from "../ui/states.tsx";
import { takeAgo, useDesk } from "./desk.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

/** 店铺下架 reaches every room that sells the product: its link number is typed first. Putting it back needs no such word. */
export function DelistDialog({ productId, onClose }: { productId: string; onClose: () => void }) {
  const words = useTranslations("shelf");
  const row = useSession((show) => show.products.get(productId));
  const deed = useDeed();
  const { entry } = useDesk();
  if (!row) return null;
  const isDelisted = row.shopListing.value === "delisted";
  const name = words("linkAndName", { linkNo: row.linkNo, name: row.name });
  const confirm = async () => {
    const input = { productId, ago: takeAgo(entry) };
    const key = `listing:${productId}`;
    const sent = isDelisted
      ? await deed(key, "bag.relist", input)
      : await deed(key, "bag.delist", { ...input, confirm: true });
    return wasDone(sent);
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={words(isDelisted ? "relistTitle" : "delistTitle")}
      confirmLabel={words(isDelisted ? "relist" : "delist")}
      typed={isDelisted ? undefined : String(row.linkNo)}
      danger={!isDelisted}
      onConfirm={confirm}
    >
      <p className="mb-3 text-ink">{name}</p>
      {isDelisted ? words("relistText") : <Callout tone="air">{words("delistText")}</Callout>}
    </ConfirmDialog>
  );
}
