"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QUOTA_RULES, type QuotaRule } from "#domain/corp/quota-state.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { Callout } from "../../ui/states.tsx";
import type { Corp } from "./corp-data.ts";

/** A new company, or another name and rule for one. Its id in WeCom stays: another id is another company. */
export function CorpDialog({ corp, onClose, onSaved }: { corp?: Corp; onClose: () => void; onSaved: () => void }) {
  const words = useTranslations("wecomDesk.company");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [name, setName] = useState(corp?.name ?? "");
  const [corpId, setCorpId] = useState(corp?.corpId ?? "");
  const [quotaRule, setQuotaRule] = useState<QuotaRule>(corp?.quotaRule ?? "daysOfMonth");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isReady = name.trim() !== "" && /^[A-Za-z0-9_-]{4,64}$/.test(corpId.trim());
  const submit = async () => {
    if (!isReady || busy) return;
    setBusy(true);
    const changes = { name: name.trim(), ...(quotaRule === corp?.quotaRule ? {} : { quotaRule }) };
    const reply = corp
      ? await request(`/api/v1/wecom/corps/${corp.id}`, { method: "PATCH", body: changes, shape: AnyAnswer })
      : await request("/api/v1/wecom/corps", {
          method: "POST",
          body: { name: name.trim(), corpId: corpId.trim(), quotaRule },
          shape: AnyAnswer,
        });
    setBusy(false);
    if (reply.ok) onSaved();
    else setProblem(explain(reply.failure));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={corp ? words("editTitle", { name: corp.name }) : words("addTitle")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={!isReady} onClick={() => void submit()}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        <Field label={words("name")} hint={words("nameHint")} required>
          <Input autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={words("corpId")} hint={words(corp ? "corpIdFixed" : "corpIdHint")} required>
          <Input
            className="font-mono"
            maxLength={64}
            disabled={corp !== undefined}
            value={corpId}
            onChange={(event) => setCorpId(event.target.value)}
          />
        </Field>
        <Field label={words("quotaRule")} hint={words("quotaRuleHint")}>
          <Select
            value={quotaRule}
            onChange={setQuotaRule}
            options={QUOTA_RULES.map((rule) => ({ value: rule, label: words(`rule.${rule}`) }))}
          />
        </Field>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
