"use client";
import { useTranslations } from "next-intl";
import { CUE_KIND_LIST } from "./cue-kinds.ts";
import type { Cue } from "#domain/cue.ts";
import type { CommandInput } from "#domain/ops/index.ts";
import { duration } from "../format/time.ts";
import { useAct } from "../session/use-act.ts";
import { useSend, useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { DurationField } from "../ui/duration-field.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea, TextField } from "../ui/text-field.tsx";
import { CueActs } from "./cue-acts.tsx";
import { useMayPlan, useWhoDid } from "./plan-context.tsx";
import { SavedField } from "./saved-field.tsx";
import { useProductOptions } from "./product-options.ts";

type Change = Omit<CommandInput<"rundown.editCue">, "cueId">;

/** Everything written of a cue. Its version travels along: an edit of what somebody else has just edited is refused. */
export function CueEditor({ cue, isNew = false, onRemoved }: { cue: Cue; isNew?: boolean; onRemoved: () => void }) {
  const words = useTranslations("plan.rundown");
  const kinds = useTranslations("cueKind");
  const send = useSend();
  const act = useAct();
  const whoDid = useWhoDid();
  const products = useProductOptions();
  const disabled = !useMayPlan() || cue.state === "done";
  const version = useSession((show) => show.cues.get(cue.cueId)?.version ?? 0);
  const save =
    <K extends keyof Change>(key: K) =>
    (value: Exclude<Change[K], undefined>) =>
      send("rundown.editCue", { cueId: cue.cueId, [key]: value }, { expect: { version } });
  const changedBy = () => whoDid(({ type }) => type === "rundown.cueEdited.v1");
  const productName = (id: string | null) => products.find(({ value }) => value === id)?.label ?? "";
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[120px_1fr_96px] gap-3">
        <SavedField
          label={words("kind")}
          value={cue.kind}
          save={save("kind")}
          show={(kind) => kinds(kind)}
          changedBy={changedBy}
        >
          {({ value, onCommit }) => (
            <Select
              value={value}
              onChange={onCommit}
              disabled={disabled}
              options={CUE_KIND_LIST.map((kind) => ({ value: kind, label: kinds(kind) }))}
            />
          )}
        </SavedField>
        <SavedField
          label={words("title")}
          required
          value={cue.title}
          save={save("title")}
          show={String}
          changedBy={changedBy}
        >
          {(field) => (
            <TextField
              {...field}
              required
              maxLength={80}
              disabled={disabled}
              autoFocus={isNew}
              onFocus={(event) => {
                field.onFocus();
                // Its first title only holds the place: the next letter typed is the real one's.
                if (isNew) event.target.select();
              }}
            />
          )}
        </SavedField>
        <SavedField<number | null>
          label={words("minutes")}
          value={cue.plannedMs}
          save={(ms) => save("plannedMs")(ms ?? 0)}
          show={(ms) => duration(ms ?? 0)}
          changedBy={changedBy}
        >
          {(field) => <DurationField {...field} disabled={disabled} />}
        </SavedField>
      </div>
      <SavedField
        label={words("product")}
        hint={words("productHint")}
        value={cue.productId}
        save={save("productId")}
        show={productName}
        changedBy={changedBy}
      >
        {({ value, onCommit }) => (
          <Combobox
            clearable
            value={value}
            onChange={onCommit}
            options={products}
            placeholder={words("chooseProduct")}
            disabled={disabled}
          />
        )}
      </SavedField>
      <CueActs cue={cue} save={save("acts")} disabled={disabled} />
      <SavedField label={words("note")} value={cue.note} save={save("note")} show={String} changedBy={changedBy}>
        {(field) => <TextArea {...field} maxLength={400} disabled={disabled} />}
      </SavedField>
      <Button
        look="danger"
        className="self-start"
        disabled={disabled || cue.from !== null}
        onClick={() =>
          void act("rundown.removeCue", { cueId: cue.cueId }, { expect: { version } }).then((done) => {
            if (done) onRemoved();
          })
        }
      >
        {words("remove")}
      </Button>
    </div>
  );
}
