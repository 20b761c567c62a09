"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { clockSeconds, dayTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { Callout } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { CopyValue } from "../copy-value.tsx";
import type { Corp } from "./corp-data.ts";
import { bySubject, Diagnosis, type DoctorLine } from "./doctor-data.ts";
import { useFindingWords } from "./finding-words.ts";

/** Questions that change nothing, asked when somebody wants to know. */
export function DoctorPanel({ corp }: { corp: Corp }) {
  const words = useTranslations("wecomDesk.doctor");
  const explain = useFailure();
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** Which button was pressed: the whole, or the line of a check. */
  const [asking, setAsking] = useState<string | null>(null);
  const examine = async (pressed: string) => {
    setAsking(pressed);
    setProblem(null);
    const reply = await request(`/api/v1/wecom/corps/${corp.id}/doctor`, { method: "POST", shape: Diagnosis });
    setAsking(null);
    if (reply.ok) setDiagnosis(reply.value);
    else setProblem(explain(reply.failure));
  };
  const counted = (wanted: DoctorLine["state"]) => diagnosis?.lines.filter(({ state }) => state === wanted).length ?? 0;
  const [failed, unchecked] = [counted("failed"), counted("notChecked")];
  return (
    <section aria-label={`${corp.name} ${words("heading")}`} className="rounded-md border bg-raised">
      <header className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <h3 className="text-sm font-semibold text-dim">{words("heading")}</h3>
        {diagnosis ? (
          <>
            <Tag tone={failed > 0 ? "air" : "sure"}>
              {failed > 0 ? words("failed", { count: failed }) : words(unchecked > 0 ? "nothingWrong" : "allFine")}
            </Tag>
            {unchecked > 0 ? (
              <span className="text-xs text-dim">{words("unchecked", { count: unchecked })}</span>
            ) : null}
            <span className="text-xs text-faint">{words("checkedAt", { time: clockSeconds(diagnosis.at) })}</span>
          </>
        ) : (
          <span className="text-xs text-faint">{words("hint")}</span>
        )}
        <Button size="sm" className="ml-auto" busy={asking === "all"} onClick={() => void examine("all")}>
          <Icon name="refresh" size={13} />
          {words(diagnosis ? "again" : "run")}
        </Button>
      </header>
      {problem ? (
        <div className="px-4 pb-3">
          <Callout tone="air">{problem}</Callout>
        </div>
      ) : null}
      {diagnosis
        ? bySubject(diagnosis.lines).map(({ subject, lines }) => (
            <div key={subject} className="border-t px-4 py-2">
              <h4 className="pb-1 text-xs text-faint">{subject}</h4>
              <ul className="flex flex-col">
                {lines.map((line) => {
                  const key = `${subject} ${line.check}`;
                  return <Line key={key} line={line} busy={asking === key} onAgain={() => void examine(key)} />;
                })}
              </ul>
            </div>
          ))
        : null}
    </section>
  );
}

function aboutAt({ check, state }: DoctorLine): "seenAt" | "lastTried" | "againFrom" {
  if (state === "ok") return "seenAt";
  return check === "robot" ? "lastTried" : "againFrom";
}

const tones = { ok: "sure", failed: "air", notChecked: "plain" } as const;

function Line({ line, busy, onAgain }: { line: DoctorLine; busy: boolean; onAgain: () => void }) {
  const words = useTranslations("wecomDesk.doctor");
  const checks = useTranslations("wecom.doctor.check");
  const finding = useFindingWords();
  const { check, state, code, errcode, hint, value, at } = line;
  const numbers = [
    errcode === null ? "" : words("errcode", { errcode: String(errcode) }),
    hint === null ? "" : words("hintId", { hint }),
  ];
  return (
    <li className="grid grid-cols-[84px_minmax(0,1fr)_auto] items-start gap-x-3 py-1.5 md:grid-cols-[84px_200px_minmax(0,1fr)_auto]">
      <span>
        <Tag tone={tones[state]}>{words(`state.${state}`)}</Tag>
      </span>
      <span className="text-sm leading-5.5">{checks(check)}</span>
      <div className="flex min-w-0 flex-col gap-1 text-sm max-md:col-span-3 max-md:row-start-2">
        {/* On a phone "passed" has said it. */}
        <span className={cn(state === "failed" ? "text-ink" : "text-dim", code === "fine" && "max-md:hidden")}>
          {code === "fine" ? words("fine") : finding(line)}
        </span>
        {value === null ? null : <CopyValue value={value} label={checks(check)} />}
        <span className="text-xs text-faint empty:hidden">
          {[...numbers, at === null ? "" : words(aboutAt(line), { time: dayTime(at) })].filter(Boolean).join(" · ")}
        </span>
      </div>
      {/* A robot is tried by sending alone: asking again would say the same. */}
      {state === "failed" && check !== "robot" ? (
        <Button
          size="sm"
          look="ghost"
          busy={busy}
          aria-label={`${words("againOne")} ${checks(check)}`}
          onClick={onAgain}
        >
          {words("againOne")}
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}
