"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { notify } from "../../ui/toast.tsx";

const Said = z.object({ outcome: z.enum(["joined", "conflict", "undone"]) });
/** As platforms write their ids: printable ASCII without blanks. */
const PLATFORM_ID = /^[!-~]+$/;
const OUTCOME_WORDS = { joined: "saidJoined", conflict: "saidConflict", undone: "saidUndone" } as const;

/** A person's word for who a customer is, by an order of theirs; evidence like any other. */
export function SayWho({ contactId, onSaid }: { contactId: string; onSaid: () => void }) {
  const words = useTranslations("wecomDesk.people");
  const explain = useFailure();
  const [orderId, setOrderId] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const say = async () => {
    // Copied out of a chat it has blanks around and within.
    const wanted = orderId.replace(/\s/g, "");
    if (!PLATFORM_ID.test(wanted)) return setProblem(words("orderIdBad"));
    setBusy(true);
    const path = `/api/v1/wecom/contacts/${contactId}/same-as`;
    const reply = await request(path, { method: "POST", body: { orderId: wanted }, shape: Said });
    setBusy(false);
    setProblem(reply.ok ? null : explain(reply.failure));
    if (!reply.ok) return;
    const { outcome } = reply.value;
    notify({ tone: outcome === "joined" ? "sure" : "wait", title: words(OUTCOME_WORDS[outcome]) });
    setOrderId("");
    onSaid();
  };
  return (
    <form
      aria-label={words("sayTitle")}
      className="flex flex-col gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <h3 className="text-sm font-semibold">{words("sayTitle")}</h3>
      <Field label={words("orderId")} hint={words("sayHint")} error={problem ?? undefined}>
        <Input value={orderId} maxLength={160} onChange={(event) => setOrderId(event.target.value)} />
      </Field>
      <Button type="submit" className="self-start" busy={busy} disabled={orderId.trim() === ""}>
        {words("say")}
      </Button>
    </form>
  );
}
