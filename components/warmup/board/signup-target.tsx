"use client";
import { useTranslations } from "next-intl";
import { useDeed } from "../../live/use-deed.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";

/** How many are to sign up. */
export function SignupTarget({ target }: { target: number | null }) {
  const words = useTranslations("warmupBoard.signups");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const save = async (next: number | null) => {
    const sent = await deed("signup:target", "signup.configure", { target: next }, { expect: { from: { target } } });
    if (sent?.status === "ok") offerUndo(sent, words("targetSaved"));
  };
  return (
    <Popover
      label={words("targetTitle")}
      trigger={
        <Button size="sm" look="ghost" className="mt-2 self-start px-1.5">
          {words("setTarget")}
        </Button>
      }
    >
      <Field label={words("targetField")} hint={words("targetHint")}>
        <NumberField value={target} max={1_000_000_000} onCommit={(next) => void save(next)} />
      </Field>
    </Popover>
  );
}
