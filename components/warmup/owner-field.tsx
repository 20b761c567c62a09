"use client";
import { useTranslations } from "next-intl";
import { usePlan } from "../plan/plan-context.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";

type Props = { ownerId: string | null; disabled: boolean; onChange: (ownerId: string | null) => void };

/** Who sees to it: one of the room's people, or nobody yet. Somebody who has left stays named as gone. */
export function OwnerField({ ownerId, disabled, onChange }: Props) {
  const words = useTranslations("warmupPlan");
  const ui = useTranslations("ui");
  const { members } = usePlan();
  const hasLeft = ownerId !== null && !members.some(({ id }) => id === ownerId);
  return (
    <Field label={words("owner")}>
      <Select
        disabled={disabled}
        value={ownerId ?? ""}
        onChange={(id) => onChange(id === "" ? null : id)}
        options={[
          { value: "", label: words("ownerNone") },
          ...members.map(({ id, name }) => ({ value: id, label: name })),
          ...(hasLeft ? [{ value: ownerId, label: ui("unknownPerson") }] : []),
        ]}
      />
    </Field>
  );
}
