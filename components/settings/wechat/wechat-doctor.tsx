"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { clockSeconds } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Callout } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { CopyValue } from "../../wecom/copy-value.tsx";
import { WechatDiagnosis, type WechatApp } from "./wechat-data.ts";

const tones = { ok: "sure", failed: "air", notChecked: "plain" } as const;

/** Questions that change nothing, asked when somebody wants to know. */
export function WechatDoctor({ app }: { app: WechatApp }) {
  const words = useTranslations("wechatDesk.doctor");
  const explain = useFailure();
  const [found, setFound] = useState<WechatDiagnosis | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const examine = async () => {
    setBusy(true);
    setProblem(null);
    const reply = await request(`/api/v1/wechat/apps/${app.id}/doctor`, { method: "POST", shape: WechatDiagnosis });
    setBusy(false);
    if (reply.ok) setFound(reply.value);
    else setProblem(explain(reply.failure));
  };
  return (
    <section aria-label={`${words("heading")} ${app.name}`} className="rounded-md border bg-raised">
      <header className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <h3 className="text-sm font-semibold text-dim">{app.name}</h3>
        {found ? <span className="text-xs text-faint tabular-nums">{clockSeconds(found.at)}</span> : null}
        <Button size="sm" className="ml-auto" busy={busy} onClick={() => void examine()}>
          <Icon name="refresh" size={13} />
          {words(found ? "again" : "run")}
        </Button>
      </header>
      {problem ? (
        <div className="px-4 pb-3">
          <Callout tone="air">{problem}</Callout>
        </div>
      ) : null}
      {found ? (
        <ul className="flex flex-col border-t px-4 py-2">
          {found.lines.map((line) => (
            <Line key={line.check} line={line} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Line({ line: { check, state, code, errcode, value } }: { line: WechatDiagnosis["lines"][number] }) {
  const words = useTranslations("wechatDesk.doctor");
  const checks = useTranslations("wechatDesk.check");
  const findings = useTranslations("wechatDesk.finding");
  return (
    <li className="grid grid-cols-[84px_minmax(0,1fr)] items-start gap-x-3 py-1.5 md:grid-cols-[84px_140px_minmax(0,1fr)]">
      <span>
        <Tag tone={tones[state]}>{words(`state.${state}`)}</Tag>
      </span>
      <span className="text-sm leading-5.5">{checks(check)}</span>
      <div className="flex min-w-0 flex-col gap-1 text-sm max-md:col-span-2">
        <span className={state === "failed" ? "text-ink" : "text-dim"}>{findings(code)}</span>
        {value === null ? null : <CopyValue value={value} label={checks(check)} />}
        {errcode === null ? null : (
          <span className="text-xs text-faint">{words("errcode", { errcode: String(errcode) })}</span>
        )}
      </div>
    </li>
  );
}
