"use client";
import { useTranslations } from "next-intl";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import type { SetAt } from "./corp-data.ts";
import { SecretState } from "./secret-state.tsx";

type Props = {
  label: string;
  hint?: string;
  /** What stands now; nothing where it is all new. */
  state?: SetAt | undefined;
  /** Null: it stays as it is. */
  value: string | null;
  onChange: (value: string | null) => void;
};

/** Goes in and never comes out: what is set can only be replaced. */
export function SecretField({ label, hint, state, value, onChange }: Props) {
  const words = useTranslations("wecomDesk.secret");
  const ui = useTranslations("ui");
  if (value === null && state?.set) {
    return (
      <div className="flex items-center gap-3 text-sm">
        <span className="text-xs text-dim">{label}</span>
        <SecretState state={state} />
        <Button size="sm" className="ml-auto" aria-label={`${words("replace")} ${label}`} onClick={() => onChange("")}>
          {words("replace")}
        </Button>
      </div>
    );
  }
  return (
    <Field
      label={label}
      hint={hint}
      aside={
        state?.set ? (
          <button type="button" className="text-xs text-dim underline" onClick={() => onChange(null)}>
            {ui("cancel")}
          </button>
        ) : null
      }
    >
      <Input
        type="password"
        autoComplete="new-password"
        className="font-mono"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
