"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { QUOTA_RULES, type QuotaRule } from "#domain/corp/quota-state.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Select } from "../../ui/select.tsx";
import { notify } from "../../ui/toast.tsx";
import { wecomRightsOf } from "../wecom-rights.ts";

type RuleChoiceProps = { corpId: string; rule: QuotaRule; onSet: () => void };

/** Which rule WeCom's admin console has: owners and managers say so here, everybody else reads it. */
export function RuleChoice({ corpId, rule, onSet }: RuleChoiceProps) {
  const words = useTranslations("quota");
  const explain = useFailure();
  const { manage } = wecomRightsOf(useMe());
  const [busy, setBusy] = useState(false);
  if (!manage) return <span>{words(`rule.${rule}`)}</span>;
  const choose = async (next: QuotaRule) => {
    if (next === rule) return;
    setBusy(true);
    const path = `/api/v1/wecom/corps/${corpId}`;
    const reply = await request(path, { method: "PATCH", body: { quotaRule: next }, shape: AnyAnswer });
    setBusy(false);
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    notify({ title: words("ruleSet", { rule: words(`rule.${next}`) }) });
    onSet();
  };
  return (
    <span className="flex items-center gap-2" title={words("ruleHint")}>
      {words("ruleLabel")}
      <Select
        size="sm"
        className="w-60"
        aria-label={words("ruleLabel")}
        value={rule}
        disabled={busy}
        onChange={(next) => void choose(next)}
        options={QUOTA_RULES.map((one) => ({ value: one, label: words(`rule.${one}`) }))}
      />
    </span>
  );
}
