"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { fen } from "#domain/units.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { fenFromText } from "../ui/money-text.ts";
import { HANDS, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { numberFromText } from "./numbers-text.ts";
import { useDeed, wasDone } from "./use-deed.ts";

const FIELDS = ["online", "viewers", "paidFen", "orders"] as const;
type FieldName = (typeof FIELDS)[number];
type Texts = Readonly<Record<FieldName, string>>;
const EMPTY: Texts = { online: "", viewers: "", paidFen: "", orders: "" };

/** 录数: what the big screen shows, typed with Enter, for as long as no source tells it. */
export function NumbersPad({ focused }: { focused: boolean }) {
  const words = useTranslations("voices");
  const { may } = useDesk();
  const deed = useDeed();
  const busy = useBusy("numbers");
  const off = !may([...HANDS, "assistant"]);
  const first = useRef<HTMLInputElement>(null);
  const [texts, setTexts] = useState(EMPTY);
  useEffect(() => {
    if (focused) first.current?.focus();
  }, [focused]);
  useDeskKey({
    code: "KeyN",
    key: "N",
    label: words("numbersLabel"),
    section: "people",
    off,
    run: () => first.current?.focus(),
  });
  const read = (name: FieldName) => (name === "paidFen" ? fenFromText(texts[name]) : numberFromText(texts[name]));
  const wrong = FIELDS.find((name) => read(name) === undefined);
  const isEmpty = FIELDS.every((name) => texts[name].trim() === "");
  const submit = async () => {
    if (wrong || isEmpty) return;
    const { online, viewers, orders } = { online: read("online"), viewers: read("viewers"), orders: read("orders") };
    const paidFen = read("paidFen");
    const sent = await deed("numbers", "audience.sample", {
      source: "manual",
      ...(online == null ? {} : { online }),
      ...(viewers == null ? {} : { viewers }),
      ...(orders == null ? {} : { orders }),
      ...(paidFen == null ? {} : { paidFen: fen(paidFen) }),
    });
    if (!wasDone(sent)) return;
    setTexts(EMPTY);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3 className="mb-1 flex items-center gap-2 text-xs text-faint">
        {words("numbers")} <Kbd>N</Kbd>
      </h3>
      <div className="grid grid-cols-[repeat(4,minmax(0,1fr))_auto] gap-1.5">
        {FIELDS.map((name, index) => (
          <Input
            key={name}
            ref={index === 0 ? first : undefined}
            size="sm"
            inputMode="decimal"
            disabled={off}
            aria-label={words(`number.${name}`)}
            placeholder={words(`number.${name}`)}
            aria-invalid={wrong === name || undefined}
            value={texts[name]}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
          />
        ))}
        <Button type="submit" size="sm" busy={busy} disabled={off || isEmpty || wrong !== undefined}>
          {words("record")}
        </Button>
      </div>
      <p className="mt-1 text-xs text-faint">{words("numbersHint")}</p>
    </form>
  );
}
