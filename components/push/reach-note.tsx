"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PushRow } from "#domain/push/rows.ts";
import { count } from "../format/money.ts";
import { Tag } from "../ui/tag.tsx";
import { TargetsDialog } from "./board/targets-dialog.tsx";
import { usePushDesk } from "./push-desk.tsx";

/** Whom a push reaches, and whom it does not, before it goes out. */
export function ReachNote({ push }: { push: PushRow }) {
  const words = useTranslations("push.reach");
  const { corpId } = usePushDesk();
  const { kind, resolved, rev, rounds, closed, tasks } = push;
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
  const people = Object.values(tasks).reduce((sum, of) => sum + of, 0);
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

/** What the corp's account of quota says of it, in plain words. */
function QuotaNote({ push }: { push: PushRow }) {
  const words = useTranslations("push.quota");
  const [open, setOpen] = useState(false);
  const { kind, quota, resolved, rev, rounds, sendAt } = push;
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
      {unknown > 0 ? <span title={words("unknownHelp")}>{words("unknown", { count: count(unknown) })}</span> : null}
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
