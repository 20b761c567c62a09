"use client";
import { useTranslations } from "next-intl";
import { COPY_FIELDS } from "#domain/push/copy.ts";
import type { PushRow } from "#domain/push/rows.ts";
import { PushStatusTag } from "../../push/status-tag.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Card } from "../../ui/panel.tsx";
import { useBusy, useDesk } from "../desk.tsx";
import { LIST_KEYS } from "../offer-layer.ts";
import { useDeed } from "../use-deed.ts";
import { PUSHERS } from "./prepared.ts";
import { HeldTag, KindTag } from "./push-tags.tsx";
import { useSendNow } from "./use-send-now.ts";

/** One that goes when somebody presses. Its number is its key; once it went out it can go again as a new one. */
export function PreparedPush({ row, number, isPicking }: { row: PushRow; number: number; isPicking: boolean }) {
  const words = useTranslations("pushDesk");
  const field = useTranslations("push.copy.field");
  const { may } = useDesk();
  const key = LIST_KEYS[number - 1]?.key;
  const isGone = row.rounds > 0;
  // Figures are written in when it is handed over; until then they stand by name.
  const text = COPY_FIELDS.reduce((said, name) => said.replaceAll(`{{${name}}}`, `〔${field(name)}〕`), row.copy.text);
  return (
    <Card label={row.title} className="px-2.5 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {key && isPicking && !isGone ? (
          <Kbd className="border-act-edge text-act-ink">{key}</Kbd>
        ) : (
          <span className="text-xs text-faint tabular-nums">{number}</span>
        )}
        <b
          className={
            isGone ? "min-w-0 flex-1 basis-36 truncate text-sm text-dim" : "min-w-0 flex-1 basis-36 truncate text-sm"
          }
          title={row.title}
        >
          {row.title}
        </b>
        <KindTag kind={row.kind} />
        {row.held ? <HeldTag held={row.held} /> : isGone || row.armed ? <PushStatusTag push={row} /> : null}
      </div>
      {isGone ? null : (
        <p className="mt-1 line-clamp-2 text-xs break-words text-dim" title={text}>
          {text || words("pictureOnly")}
        </p>
      )}
      {may(PUSHERS) ? (
        <div className="mt-1.5 flex items-center gap-1.5">
          <ToWhom row={row} />
          <span className="ml-auto flex gap-1.5">
            {isGone ? <Again row={row} /> : <Go row={row} hotkey={key && `${number} J`} />}
          </span>
        </div>
      ) : null}
    </Card>
  );
}

/** What a press would do: how many members or groups it goes to. */
function ToWhom({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const { resolved, rev, audience, kind } = row;
  if (!resolved || resolved.rev !== rev) return <span className="text-xs text-faint">{words("resolving")}</span>;
  const text =
    kind === "robot"
      ? words("toRobots", { count: audience.robotIds.length })
      : words("toGroupsOf", {
          groups: resolved.targets,
          tasks: Math.max(0, resolved.tasks - audience.robotIds.length),
        });
  return <span className="min-w-0 truncate text-xs text-faint">{text}</span>;
}

function Go({ row, hotkey }: { row: PushRow; hotkey: string | undefined }) {
  const words = useTranslations("pushDesk");
  const deed = useDeed();
  const { pushId, armed } = row;
  const busy = useBusy(`push:${pushId}`);
  const isHeld = useSession((show) => show.hold.held);
  if (armed) return null;
  return (
    <Button
      size="sm"
      busy={busy}
      disabled={isHeld}
      title={isHeld ? words("goHeld") : undefined}
      hotkey={hotkey}
      onClick={() => void deed(`push:${pushId}`, "push.handOver", { pushId })}
    >
      {words("send")}
    </Button>
  );
}

function Again({ row }: { row: PushRow }) {
  const words = useTranslations("pushDesk");
  const sendNow = useSendNow();
  const busy = useBusy("push:new");
  const ended = useSession((show) => show.session.phase === "ended");
  const isHeld = useSession((show) => show.hold.held);
  if (ended && !row.outlives) return null;
  const { kind, title, corpId, copy, audience, about, outlives } = row;
  const plan = { kind, title, corpId, copy, audience, about, outlives, when: { by: "hand" as const } };
  return (
    <Button
      size="sm"
      look="ghost"
      busy={busy}
      disabled={isHeld}
      title={isHeld ? words("goHeld") : undefined}
      onClick={() => void sendNow(plan)}
    >
      {words("again")}
    </Button>
  );
}
