"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { clockTime, dayTime } from "../../format/time.ts";
import { count } from "../../format/money.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Callout } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import type { CorpName } from "../corp-names.ts";
import { useWecomFailure } from "../use-wecom-failure.ts";
import { type Part, Sync } from "./sync-data.ts";

const LOOK_MS = 1_500;
/** Callbacks and the nightly reading move groups too; nobody waits for them. */
const CALM_LOOK_MS = 30_000;

type Props = { corp: CorpName; mayStart: boolean; onMoved: () => void };

/** When groups and people were read from WeCom, how far a reading is, and what stopped it. */
export function SyncBar({ corp, mayStart, onMoved }: Props) {
  const words = useTranslations("wecomDesk.sync");
  const explain = useFailure();
  const path = `/api/v1/wecom/corps/${corp.id}/sync`;
  const { value: sync, failure, reload, set } = useLoaded(path, (signal) => request(path, { shape: Sync, signal }));
  const [busy, setBusy] = useState(false);
  const isRunning = sync?.state === "running";
  useEffect(() => {
    const timer = setInterval(reload, isRunning ? LOOK_MS : CALM_LOOK_MS);
    return () => clearInterval(timer);
  }, [reload, isRunning]);
  const moved = useEffectEvent(onMoved);
  const ended = sync?.state === "running" ? null : (sync?.parts.at(-1)?.endedAt ?? null);
  useEffect(() => {
    if (ended !== null) moved();
  }, [ended]);
  const start = async (fresh: boolean) => {
    setBusy(true);
    const reply = await request(path, { method: "POST", body: { fresh }, shape: Sync });
    setBusy(false);
    if (reply.ok) set(reply.value);
    else notify({ tone: "air", title: explain(reply.failure) });
  };
  if (!sync) return failure ? <Unread reason={explain(failure)} onAgain={reload} /> : <p className="min-h-8" />;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        {sync.state === "running" ? <Running sync={sync} /> : <Rested sync={sync} />}
        {mayStart ? (
          <Button size="sm" className="ml-auto" busy={busy} disabled={isRunning} onClick={() => void start(false)}>
            <Icon name="refresh" size={13} />
            {words(sync.state === "failed" ? "resume" : sync.state === "never" ? "first" : "start")}
          </Button>
        ) : null}
      </div>
      <Failures parts={sync.parts} mayStart={mayStart} onFresh={() => void start(true)} />
    </div>
  );
}

function Unread({ reason, onAgain }: { reason: string; onAgain: () => void }) {
  const words = useTranslations("wecomDesk.sync");
  const ui = useTranslations("ui");
  const again = (
    <Button size="sm" onClick={onAgain}>
      {ui("retry")}
    </Button>
  );
  return (
    <Callout tone="wait" actions={again}>
      {words("unread", { reason })}
    </Callout>
  );
}

function Rested({ sync }: { sync: Sync }) {
  const words = useTranslations("wecomDesk.sync");
  const last = sync.parts.reduce<number | null>(
    (at, { endedAt }) => (endedAt === null ? at : Math.max(at ?? 0, endedAt)),
    null,
  );
  return (
    <p className="text-xs text-dim">
      {last === null ? words("never") : words("last", { time: dayTime(last) })}
      {sync.groups.left > 0 ? ` · ${words("left", { count: count(sync.groups.left) })}` : ""}
    </p>
  );
}

function Running({ sync }: { sync: Sync }) {
  const words = useTranslations("wecomDesk.sync");
  const part =
    sync.parts.find(({ state }) => state === "running") ?? sync.parts.find(({ state }) => state === "waiting");
  if (!part) return null;
  const done = sync.parts.filter(({ state }) => state === "done").length;
  const share = part.total ? part.done / part.total : null;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3" role="status">
      <span className="text-xs text-dim">
        {words("running", { step: done + 1, steps: sync.parts.length, part: words(`part.${part.part}`) })}{" "}
        <span className="tabular-nums">
          {part.total === null ? count(part.done) : `${count(part.done)} / ${count(part.total)}`}
        </span>
      </span>
      <Progress
        className="max-w-64 flex-1"
        label={words("progress")}
        value={share === null ? null : (done + share) / sync.parts.length}
      />
    </div>
  );
}

function Failures({ parts, mayStart, onFresh }: { parts: readonly Part[]; mayStart: boolean; onFresh: () => void }) {
  const words = useTranslations("wecomDesk.sync");
  const trouble = useWecomFailure();
  return parts.map(({ part, failure, state }) =>
    failure === null ? null : (
      <Callout
        key={part}
        tone={state === "failed" ? "air" : "wait"}
        actions={
          state === "failed" && mayStart ? (
            <Button size="sm" onClick={onFresh}>
              {words("fresh")}
            </Button>
          ) : null
        }
      >
        {words("stopped", { part: words(`part.${part}`) })} {trouble(failure)}{" "}
        {failure.until === null ? null : words("againAt", { time: clockTime(failure.until) })}
      </Callout>
    ),
  );
}
