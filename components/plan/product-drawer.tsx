"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { yuan } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ProductRow as Product } from "../session/show-slices.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { DurationField } from "../ui/duration-field.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea, TextField } from "../ui/text-field.tsx";
import { useEditProduct } from "./edit-product.ts";
import { useMayPlan, usePlan } from "./plan-context.tsx";
import { SavedField } from "./saved-field.tsx";
import { SkuTable } from "./sku-table.tsx";
import { SaveButtons } from "../ui/save-buttons.tsx";

/** Everything planned of one product; without an id, a new one. */
export function ProductDrawer({ productId, onClose }: { productId: string | null; onClose: () => void }) {
  return productId === null ? <NewProduct onClose={onClose} /> : <EditDrawer productId={productId} onClose={onClose} />;
}

function NewProduct({ onClose }: { onClose: () => void }) {
  const words = useTranslations("plan.products");
  const act = useAct();
  const known = useSession((show) => show.products);
  const [name, setName] = useState("");
  const [fen, setFen] = useState<number | null>(null);
  const [units, setUnits] = useState<number | null>(0);
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== "" && fen !== null;
  // The next free number.
  const linkNo = Math.max(0, ...[...known.values()].map((product) => product.linkNo)) + 1;
  const submit = async () => {
    if (!ready || busy) return;
    setBusy(true);
    const done = await act("bag.createProduct", {
      name: name.trim(),
      linkNo,
      skus: [{ name: words("defaultSku"), plannedFen: fen, plannedSellable: units ?? 0 }],
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={words("newTitle")}
      footer={
        <SaveButtons
          label={words("add")}
          disabled={!ready}
          busy={busy}
          onSave={() => void submit()}
          onClose={onClose}
        />
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words("name")} required>
          <Input autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label={words("livePrice")} required>
            <MoneyField value={fen} onCommit={setFen} />
          </Field>
          <Field label={words("sellable")}>
            <NumberField value={units} onCommit={setUnits} max={100_000_000} />
          </Field>
        </div>
        <p className="text-xs text-faint">{words("newHint", { linkNo })}</p>
        <button type="submit" hidden />
      </form>
    </Drawer>
  );
}

function EditDrawer({ productId, onClose }: { productId: string; onClose: () => void }) {
  const words = useTranslations("plan.products");
  const product = useSession((show) => show.products.get(productId));
  const act = useAct();
  const mayPlan = useMayPlan();
  const [removing, setRemoving] = useState(false);
  return (
    <Drawer
      open
      onOpenChange={onClose}
      width="lg"
      title={product ? `${product.linkNo} · ${product.name}` : words("gone")}
      footer={
        product && mayPlan ? (
          <Button look="danger" className="mr-auto" onClick={() => setRemoving(true)}>
            {words("remove")}
          </Button>
        ) : null
      }
    >
      {product ? <ProductFields product={product} /> : <p className="text-sm text-dim">{words("goneText")}</p>}
      {product ? (
        <ConfirmDialog
          open={removing}
          onOpenChange={setRemoving}
          title={words("removeTitle", { name: product.name })}
          confirmLabel={words("remove")}
          onConfirm={async () => {
            const done = await act("bag.removeProduct", { productId });
            if (done) onClose();
            return done;
          }}
        >
          {words("removeText")}
        </ConfirmDialog>
      ) : null}
    </Drawer>
  );
}

function ProductFields({ product }: { product: Product }) {
  const words = useTranslations("plan.products");
  const disabled = !useMayPlan();
  const { field, changedBy } = useEditProduct(product.productId);
  return (
    <div className="flex flex-col gap-5">
      <div className="grid grid-cols-6 gap-4">
        <Identity product={product} disabled={disabled} />
        <Offer product={product} disabled={disabled} />
      </div>
      <SavedField
        label={words("sellingPoints")}
        hint={words("sellingPointsHint")}
        value={product.sellingPoints}
        save={field("sellingPoints")}
        show={(points) => points.join("; ")}
        changedBy={changedBy}
      >
        {({ value, onCommit, onFocus }) => (
          <TextArea
            rows={4}
            value={value.join("\n")}
            onFocus={onFocus}
            disabled={disabled}
            onCommit={(lines) =>
              onCommit(
                lines
                  .split("\n")
                  .map((line) => line.trim())
                  .filter(Boolean)
                  .slice(0, 20),
              )
            }
          />
        )}
      </SavedField>
      <SkuTable product={product} disabled={disabled} />
      <SavedField label={words("note")} value={product.note} save={field("note")} show={String} changedBy={changedBy}>
        {(props) => <TextArea {...props} maxLength={1000} disabled={disabled} />}
      </SavedField>
    </div>
  );
}

type PartProps = { product: Product; disabled: boolean };

/** What it is, here and in the shop. */
function Identity({ product, disabled }: PartProps) {
  const words = useTranslations("plan.products");
  const { room } = usePlan();
  const { field, changedBy } = useEditProduct(product.productId);
  return (
    <>
      <SavedField<number | null>
        label={words("linkNo")}
        hint={words("linkNoHint")}
        value={product.linkNo}
        save={(value, seen) => field("linkNo")(value ?? product.linkNo, seen)}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <NumberField {...props} min={1} max={9999} disabled={disabled} />}
      </SavedField>
      <SavedField
        className="col-span-3"
        label={words("name")}
        required
        value={product.name}
        save={field("name")}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <TextField {...props} required maxLength={120} disabled={disabled} />}
      </SavedField>
      <SavedField
        className="col-span-2"
        label={words("role")}
        value={product.role}
        save={field("role")}
        show={String}
        changedBy={changedBy}
      >
        {({ value, onCommit }) => (
          <Select
            value={value}
            onChange={onCommit}
            disabled={disabled}
            options={[{ value: "", label: "–" }, ...room.productRoles.map((role) => ({ value: role, label: role }))]}
          />
        )}
      </SavedField>
      <SavedField
        className="col-span-2"
        label={words("platformId")}
        value={product.platformId ?? ""}
        save={(value, seen) => field("platformId")(value || null, seen || null)}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <TextField {...props} maxLength={160} disabled={disabled} />}
      </SavedField>
      <SavedField
        className="col-span-4"
        label={words("pictureUrl")}
        value={product.pictureUrl ?? ""}
        save={(value, seen) => field("pictureUrl")(value || null, seen || null)}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <TextField {...props} maxLength={500} placeholder="https://" disabled={disabled} />}
      </SavedField>
    </>
  );
}

/** What is said and hoped of it. */
function Offer({ product, disabled }: PartProps) {
  const words = useTranslations("plan.products");
  const { field, changedBy } = useEditProduct(product.productId);
  return (
    <>
      <SavedField
        className="col-span-4"
        label={words("mechanism")}
        value={product.mechanism}
        save={field("mechanism")}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <TextField {...props} maxLength={500} disabled={disabled} />}
      </SavedField>
      <SavedField<number | null>
        className="col-span-2"
        label={words("netPrice")}
        value={product.netPriceFen}
        save={field("netPriceFen")}
        show={(fen) => (fen === null ? "" : yuan(fen))}
        changedBy={changedBy}
      >
        {(props) => <MoneyField {...props} disabled={disabled} />}
      </SavedField>
      <SavedField<number | null>
        className="col-span-2"
        label={words("plannedUnits")}
        value={product.plannedUnits}
        save={field("plannedUnits")}
        show={(value) => String(value ?? "")}
        changedBy={changedBy}
      >
        {(props) => <NumberField {...props} max={100_000_000} disabled={disabled} />}
      </SavedField>
      <SavedField<number | null>
        className="col-span-2"
        label={words("explainMinutes")}
        value={product.explainMs}
        save={field("explainMs")}
        show={(ms) => (ms === null ? "" : duration(ms))}
        changedBy={changedBy}
      >
        {(props) => <DurationField {...props} disabled={disabled} />}
      </SavedField>
      <SavedField
        className="col-span-2"
        label={words("slot")}
        value={product.slot}
        save={field("slot")}
        show={String}
        changedBy={changedBy}
      >
        {(props) => <TextField {...props} maxLength={60} disabled={disabled} />}
      </SavedField>
    </>
  );
}
