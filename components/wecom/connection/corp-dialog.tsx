"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QUOTA_RULES, type QuotaRule } from "#domain/corp/quota-state.ts";
import { SavingDialog } from "../../settings/saving-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import type { Corp } from "./corp-data.ts";

/** A new company, or another name and rule for one. Its id in WeCom stays: another id is another company. */
export function CorpDialog({ corp, onClose, onSaved }: { corp?: Corp; onClose: () => void; onSaved: () => void }) {
  const words = useTranslations("wecomDesk.company");
  const [name, setName] = useState(corp?.name ?? "");
  const [corpId, setCorpId] = useState(corp?.corpId ?? "");
  const [quotaRule, setQuotaRule] = useState<QuotaRule>(corp?.quotaRule ?? "daysOfMonth");
  const isReady = name.trim() !== "" && /^[A-Za-z0-9_-]{4,64}$/.test(corpId.trim());
  return (
    <SavingDialog
      title={corp ? words("editTitle", { name: corp.name }) : words("addTitle")}
      isReady={isReady}
      ask={() =>
        corp
          ? {
              path: `/api/v1/wecom/corps/${corp.id}`,
              method: "PATCH",
              body: { name: name.trim(), ...(quotaRule === corp.quotaRule ? {} : { quotaRule }) },
            }
          : {
              path: "/api/v1/wecom/corps",
              method: "POST",
              body: { name: name.trim(), corpId: corpId.trim(), quotaRule },
            }
      }
      onClose={onClose}
      onSaved={onSaved}
    >
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
    </SavingDialog>
  );
}
