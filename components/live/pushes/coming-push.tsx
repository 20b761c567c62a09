"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import { count } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import { PushStatusTag } from "../../push/status-tag.tsx";
import { useHandOver } from "../../push/use-hand-over.ts";
import { useRefusal } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/panel.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useBusy, useDesk } from "../desk.tsx";
import { useOverTime } from "../show-clock.tsx";
import { useDeed } from "../use-deed.ts";
import { PUSHERS } from "./prepared.ts";
import { HeldTag, KindTag } from "./push-tags.tsx";

/** One that goes by its time or after something happens; what is held says why, and whom it will not reach for want of quota. */
export function ComingPush({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const explain = useRefusal();
  const { kind, title, held, armed, quota, resolved } = row;
  return (
    <Card label={title} className="px-2.5 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <b className="min-w-0 flex-1 basis-36 truncate text-sm" title={title}>
          {title}
        </b>
        <KindTag kind={kind} />
        {held ? <HeldTag held={held} /> : armed ? <PushStatusTag push={{ status: "armed", kind }} /> : null}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-2 text-xs text-dim">
        <When row={row} />
        {resolved && kind !== "robot" ? <span>{words("targets", { count: count(resolved.targets) })}</span> : null}
        {quota && quota.over > 0 ? (
          <span className="text-wait-ink">{words("overQuota", { count: count(quota.over) })}</span>
        ) : null}
      </p>
      {held?.code ? <p className="mt-1 text-xs text-wait-ink">{explain(held.code)}</p> : null}
      <Acts row={row} />
    </Card>
  );
}

function When({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const { when, sendAt, held } = row;
  const left = useOverTime((now) => (sendAt === null ? null : Math.floor((sendAt - now) / 1_000)));
  if (when.by === "event") return <span>{words(`on.${when.on}`)}</span>;
  if (sendAt === null || left === null) return <span>{words("byHand")}</span>;
  const time = clockTime(sendAt);
  if (held) return <span className="tabular-nums">{words("at", { time })}</span>;
  const away = duration(Math.abs(left) * 1_000);
  return (
    <span className="tabular-nums">
      {left < 0 ? words("lateSince", { time: away }) : words("atIn", { time, left: away })}
    </span>
  );
}

function Acts({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const { may } = useDesk();
  const deed = useDeed();
  const { handOver, move } = useHandOver();
  const acts = useTranslations("push.act");
  const { pushId, held, armed } = row;
  const busy = useBusy(`push:${pushId}`);
  const isHeld = useSession((show) => show.hold.held);
  const heldTitle = isHeld ? words("goHeld") : undefined;
  if (armed || !may([...PUSHERS, "floor"])) return null;
  const key = `push:${pushId}`;
  return (
    <div className="mt-1.5 flex justify-end gap-1.5">
      {held ? (
        may(PUSHERS) ? (
          <Button
            size="sm"
            busy={busy}
            disabled={isHeld}
            title={heldTitle}
            onClick={() => void deed(key, "push.unhold", { pushIds: [pushId] })}
          >
            {words("unhold")}
          </Button>
        ) : null
      ) : (
        <Button size="sm" look="ghost" busy={busy} onClick={() => void deed(key, "push.hold", { pushId })}>
          {words("hold")}
        </Button>
      )}
      {held?.code === "push.otherDay" && may(PUSHERS) ? (
        <Button size="sm" busy={busy} title={acts("moveHint")} onClick={() => void move(row)}>
          {acts("move")}
        </Button>
      ) : null}
      {may(PUSHERS) ? (
        <Button size="sm" busy={busy} disabled={isHeld} title={heldTitle} onClick={() => void handOver(row)}>
          {words("sendNow")}
        </Button>
      ) : null}
    </div>
  );
}
