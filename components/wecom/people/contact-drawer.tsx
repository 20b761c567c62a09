"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Callout, EmptyState } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import { FactRow } from "./fact-row.tsx";
import { ContactIdentity } from "./people-data.ts";
import { SayWho } from "./say-who.tsx";

type Props = { contactId: string; onClose: () => void; onChanged: () => void };

/** Who a customer is, by which evidence; and the way to forget them. */
export function ContactDrawer({ contactId, onClose, onChanged }: Props) {
  const words = useTranslations("wecomDesk.people");
  const explain = useFailure();
  const path = `/api/v1/wecom/contacts/${contactId}/identity`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: ContactIdentity, signal }));
  const [forgetting, setForgetting] = useState(false);
  const changed = () => {
    loaded.reload();
    onChanged();
  };
  const forget = async () => {
    const reply = await request(`/api/v1/wecom/contacts/${contactId}`, { method: "DELETE", shape: AnyAnswer });
    if (!reply.ok) notify({ tone: "air", title: explain(reply.failure) });
    else {
      onChanged();
      onClose();
    }
    return reply.ok;
  };
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={onClose}
      title={words("contactTitle")}
      description={words("contactHint")}
      footer={
        <Button look="ghost" className="mr-auto" onClick={() => setForgetting(true)}>
          {words("forget")}
        </Button>
      }
    >
      <LoadedSection loaded={loaded}>
        {({ personId, facts }) => (
          <div className="flex flex-col gap-4">
            {personId === null ? (
              <Callout tone="wait">{words("personUnknown")}</Callout>
            ) : (
              <Callout tone="sure">{words("personKnown", { id: personId.slice(-6) })}</Callout>
            )}
            {facts.length === 0 ? (
              <EmptyState compact title={words("noEvidence")} text={words("noEvidenceText")} />
            ) : (
              <ul aria-label={words("evidenceTitle")}>
                {facts.map((fact) => (
                  <FactRow key={fact.id} fact={fact} onChanged={changed} />
                ))}
              </ul>
            )}
            <SayWho contactId={contactId} onSaid={changed} />
          </div>
        )}
      </LoadedSection>
      <ConfirmDialog
        open={forgetting}
        onOpenChange={setForgetting}
        title={words("forgetTitle")}
        confirmLabel={words("forget")}
        typed={words("forgetTyped")}
        onConfirm={forget}
      >
        {words("forgetText")}
      </ConfirmDialog>
    </Drawer>
  );
}
