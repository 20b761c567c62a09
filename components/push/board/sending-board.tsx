"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import { clockTime, dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { cn } from "../../ui/cn.ts";
import { Select } from "../../ui/select.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { PushStatusTag } from "../status-tag.tsx";
import { PushBoard } from "./push-board.tsx";

type Props = { pushId: string | null; onChoose: (pushId: string) => void };

const OPEN: ReadonlySet<PushRow["status"]> = new Set(["unknown", "waiting", "handedOver"]);

/** Who has not sent, since when, and what can be done about it. */
export function SendingBoard({ pushId, onChoose }: Props) {
  const words = useTranslations("push.board");
  const rows = useSession((show) => show.pushes);
  const out = [...rows.values()]
    .filter(({ rounds }) => rounds > 0)
    .toSorted(
      (a, b) =>
        Number(OPEN.has(b.status)) - Number(OPEN.has(a.status)) || (b.handedOverAt ?? 0) - (a.handedOverAt ?? 0),
    );
  const chosen = out.find((push) => push.pushId === pushId) ?? out[0];
  if (!chosen) return <EmptyState title={words("emptyTitle")} text={words("emptyText")} />;
  return (
    <div className="mx-auto grid max-w-[1280px] items-start gap-6 px-6 py-4 pb-28 max-sm:px-3 lg:grid-cols-[280px_minmax(0,1fr)]">
      <div className="lg:hidden">
        <Select
          aria-label={words("choose")}
          value={chosen.pushId}
          onChange={onChoose}
          options={out.map((push) => ({ value: push.pushId, label: push.title }))}
        />
      </div>
      <nav aria-label={words("choose")} className="flex flex-col gap-1 max-lg:hidden">
        {out.map((push) => (
          <Chooser key={push.pushId} push={push} isChosen={push === chosen} onChoose={() => onChoose(push.pushId)} />
        ))}
      </nav>
      <PushBoard key={chosen.pushId} push={chosen} />
    </div>
  );
}

function Chooser({ push, isChosen, onChoose }: { push: PushRow; isChosen: boolean; onChoose: () => void }) {
  const now = useShowNow(60_000);
  const at = push.handedOverAt ?? now;
  return (
    <button
      type="button"
      aria-current={isChosen || undefined}
      onClick={onChoose}
      className={cn(
        "flex flex-col gap-1 rounded-md border px-3 py-2 text-left hover:bg-hover",
        isChosen ? "border-act-edge bg-picked" : "border-transparent",
      )}
    >
      <span className="w-full truncate text-sm font-medium" title={push.title}>
        {push.title}
      </span>
      <span className="flex items-center gap-2">
        <PushStatusTag push={push} />
        <span className="text-xs text-dim tabular-nums">
          {Math.abs(now - at) < 12 * 3_600_000 ? clockTime(at) : dayTime(at)}
        </span>
      </span>
    </button>
  );
}
