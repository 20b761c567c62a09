"use client";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { count } from "../../format/money.ts";
import { useBusy, useDeskKey } from "../../live/desk.tsx";
import { numberFromText } from "../../live/numbers-text.ts";
import { useDeed } from "../../live/use-deed.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { notify } from "../../ui/toast.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";
import { ReadingsButton } from "./readings-button.tsx";

const AGOS = ["0", "10000", "30000", "60000"] as const;
type AgoText = (typeof AGOS)[number];
const AGO_MS = { "0": 0, "10000": 10_000, "30000": 30_000, "60000": 60_000 } as const;

/** What 视频号助手 shows, typed with the time at which it was seen. */
export function ReservationForm({ last }: { last: number | null }) {
  const words = useTranslations("warmupBoard.note");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const busy = useBusy("reservation");
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [ago, setAgo] = useState<AgoText>("0");
  const [asked, setAsked] = useState(false);
  const typed = numberFromText(text);
  const isBad = typed === undefined || (asked && typed === null);
  const about = useId();
  useDeskKey({ code: "KeyN", key: "N", label: words("title"), section: "people", run: () => field.current?.focus() });
  const submit = async () => {
    setAsked(true);
    if (typed == null) return field.current?.focus();
    const sent = await deed("reservation", "reservation.note", { count: typed, ago: AGO_MS[ago] });
    if (sent?.status !== "ok") return;
    setText("");
    setAsked(false);
    setAgo("0");
    field.current?.blur();
    const title = words("done", { count: count(typed) });
    if (last !== null && typed < last) notify({ tone: "wait", title: words("lower", { before: count(last) }) });
    offerUndo(sent, title);
  };
  return (
    <form
      aria-label={words("title")}
      className="mt-2 flex min-w-0 flex-wrap gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Input
        ref={field}
        size="sm"
        inputMode="numeric"
        className="min-w-24 flex-1"
        aria-label={words("field")}
        placeholder={words("placeholder")}
        aria-invalid={isBad || undefined}
        aria-describedby={isBad ? about : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAsked(false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
      <Select
        size="sm"
        className="w-24 shrink-0"
        aria-label={words("ago")}
        value={ago}
        onChange={setAgo}
        options={AGOS.map((value) => ({ value, label: words(`agoOf.${value}`) }))}
      />
      <Button type="submit" size="sm" look="primary" hotkey="N" busy={busy}>
        {words("submit")}
      </Button>
      <ReadingsButton />
      {isBad ? (
        <p id={about} role="alert" className="w-full text-xs text-air-ink">
          {words("bad")}
        </p>
      ) : null}
    </form>
  );
}
