"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { count } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import { Tag } from "../ui/tag.tsx";
import { TargetsDialog } from "./board/targets-dialog.tsx";
import { usePushDesk } from "./push-desk.tsx";
import { usePushActs } from "./use-push-acts.ts";

/** Whom a push reaches, and whom it does not, before it goes out. */
export function ReachNote({ push }: { push: PushRow }) {
  const words = useTranslations("push.reach");
  const { corpId } = usePushDesk();
  const { pushId, kind, resolved, rev, rounds, closed } = push;
  const people = useSession(({ pushTasks }) => sendersOf(pushTasks, { pushId, kind }));
  if (rounds === 0 && resolved?.rev !== rev) {
    if (closed) return null;
    return corpId === null ? (
      <Link href="/wecom/connection" className="text-wait-ink underline">
        {words("notConnected")}
      </Link>
    ) : (
      <span>{words("resolving")}</span>
    );
  }
  if (!resolved) return null;
  return (
    <>
      {resolved.tasks === 0 ? (
        <Tag tone="air">{words("nobody")}</Tag>
      ) : (
        <span>
          {kind === "robot"
            ? words("robot", { staff: count(people) })
            : words(kind, { staff: count(people), targets: count(resolved.targets) })}
        </span>
      )}
      {resolved.leftOut > 0 ? <span>{words("leftOut", { count: count(resolved.leftOut) })}</span> : null}
      <QuotaNote push={push} />
    </>
  );
}

/** Robots that only tell the staff of a list send nothing to its groups. */
function sendersOf(
  tasks: ReadonlyMap<string, PushTaskRow>,
  { pushId, kind }: Pick<PushRow, "pushId" | "kind">,
): number {
  const role = kind === "groups" || kind === "customers" ? "mass" : kind;
  const who = new Set<string | null>();
  for (const task of tasks.values()) {
    if (task.pushId === pushId && task.role === role) who.add(task.staffId ?? task.robotId);
  }
  return who.size;
}

/** What the corp's account of quota says of it, in plain words. */
function QuotaNote({ push }: { push: PushRow }) {
  const words = useTranslations("push.quota");
  const { mayPlan } = usePushDesk();
  const { refresh } = usePushActs();
  const [open, setOpen] = useState(false);
  const { kind, quota, resolved, rev, rounds, sendAt, closed } = push;
  if (kind !== "groups" && kind !== "customers") return null;
  if (!quota || quota.rev !== rev) {
    return rounds === 0 && sendAt !== null && resolved && resolved.tasks > 0 ? <span>{words("asking")}</span> : null;
  }
  const { over, unknown } = quota;
  if (quota.is === "released") return null;
  return (
    <>
      {over > 0 ? (
        <button type="button" onClick={() => setOpen(true)} className="max-w-full">
          <Tag tone="wait">{words(kind === "groups" ? "overGroups" : "overCustomers", { count: count(over) })}</Tag>
        </button>
      ) : null}
      {unknown > 0 && rounds === 0 && !closed ? (
        <span title={words("unknownHelp")}>
          {words("unknown", { count: count(unknown), time: dayTime(quota.at) })}
          {mayPlan && !push.armed ? (
            <button type="button" className="ml-2 text-act-ink hover:underline" onClick={() => void refresh(push)}>
              {words("again")}
            </button>
          ) : null}
        </span>
      ) : null}
      {over === 0 && unknown === 0 && rounds === 0 ? <span className="text-sure-ink">{words("enough")}</span> : null}
      {open ? (
        <TargetsDialog
          push={push}
          state="noQuota"
          title={words("overTitle", { title: push.title })}
          description={words("overText")}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
