"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PushAudience, PushKind } from "#domain/push/shapes.ts";
import { count } from "../../format/money.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Spinner } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReached, type Reached } from "./load-reached.ts";

const SHOWN_MAX = 50;

/** What the selection comes to, as the server resolves it now: who sends to how many, and who is left out and why. */
export function ReachedLine({
  corpId,
  kind,
  audience,
}: {
  corpId: string;
  kind: Exclude<PushKind, "robot">;
  audience: PushAudience;
}) {
  const words = useTranslations("push.reach");
  const explain = useFailure();
  const { value, failure, asking } = useReached(corpId, kind, audience);
  const [open, setOpen] = useState(false);
  if (!value) {
    if (failure) return <p className="text-xs text-air-ink">{explain(failure)}</p>;
    return <p className="text-xs text-faint">{words("counting")}</p>;
  }
  return (
    <div aria-live="polite" className="rounded-md border bg-sunken px-3 py-2">
      <button
        type="button"
        aria-expanded={open}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-left text-sm"
        onClick={() => setOpen(!open)}
      >
        {value.targets === 0 ? (
          <Tag tone="wait">{words("nobodyYet")}</Tag>
        ) : (
          <b className="font-semibold">
            {words(kind, { staff: count(value.staff.length), targets: count(value.targets) })}
          </b>
        )}
        {value.tasks > value.staff.length ? (
          <span className="text-xs text-dim">{words("tasks", { count: count(value.tasks) })}</span>
        ) : null}
        {value.leftOutCount > 0 ? (
          <Tag tone="wait">{words("leftOut", { count: count(value.leftOutCount) })}</Tag>
        ) : null}
        {asking ? <Spinner /> : null}
        {value.targets + value.leftOutCount > 0 ? (
          <span className="ml-auto text-xs text-act-ink">{words(open ? "close" : "details")}</span>
        ) : null}
      </button>
      {open ? <Details reached={value} /> : null}
    </div>
  );
}

function Details({ reached: { staff, leftOut, leftOutCount } }: { reached: Reached }) {
  const words = useTranslations("push.reach");
  const push = useTranslations("push");
  return (
    <div className="mt-2 grid gap-x-6 gap-y-3 border-t pt-2 text-xs sm:grid-cols-2">
      <ul className="max-h-48 overflow-y-auto">
        {staff.slice(0, SHOWN_MAX).map(({ staffId, name, targets }) => (
          <li key={staffId} className="flex justify-between gap-3 py-0.5">
            <span className="min-w-0 truncate">{name ?? push("unnamed", { id: staffId.slice(-4) })}</span>
            <span className="shrink-0 text-dim tabular-nums">{count(targets)}</span>
          </li>
        ))}
        {staff.length > SHOWN_MAX ? (
          <li className="text-faint">{words("andMore", { count: count(staff.length - SHOWN_MAX) })}</li>
        ) : null}
      </ul>
      {leftOutCount === 0 ? null : (
        <ul className="max-h-48 overflow-y-auto">
          {leftOut.slice(0, SHOWN_MAX).map(({ id, name, reason }) => (
            <li key={id} className="flex justify-between gap-3 py-0.5">
              <span className="min-w-0 truncate">{name || push("unnamedGroup", { id: id.slice(-4) })}</span>
              <span className="shrink-0 text-wait-ink">{words(`reason.${reason}`)}</span>
            </li>
          ))}
          {leftOutCount > SHOWN_MAX ? (
            <li className="text-faint">{words("andMore", { count: count(leftOutCount - SHOWN_MAX) })}</li>
          ) : null}
        </ul>
      )}
    </div>
  );
}
