"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { clockTime, dayTime } from "../format/time.ts";
import { LastTime } from "../lessons/last-time.tsx";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Callout } from "../ui/states.tsx";
import { CheckList } from "./check-list.tsx";
import { HANDS, PLANNERS, takeAgo, useBusy, useDesk } from "./desk.tsx";
import { LengthsLinks } from "./lengths-links.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

/** 开播, 断流, 恢复, 下播, 重新开播, each beside the check that belongs to it. */
export function ShowDrawer({ onClose }: { onClose: () => void }) {
  const words = useTranslations("onAir");
  const phase = useSession((show) => show.session.phase);
  const before = phase === "planned" || phase === "warmup";
  return (
    <Drawer open onOpenChange={onClose} title={words("title")} width="lg">
      <div className="flex flex-col gap-6">
        {before ? <BeforeShow onDone={onClose} /> : phase === "ended" ? <AfterShow onDone={onClose} /> : <DuringShow />}
        <LastTime className="md:grid-cols-1" />
        <CheckList list={before ? "goLive" : "wrapUp"} />
      </div>
    </Drawer>
  );
}

function BeforeShow({ onDone }: { onDone: () => void }) {
  const words = useTranslations("onAir");
  const { may, entry } = useDesk();
  const deed = useDeed();
  const busy = useBusy("start");
  const open = useSession((show) => show.goLiveCheck.open);
  const rehearsal = useSession((show) => show.session.rehearsal);
  const phase = useSession((show) => show.session.phase);
  const plannedStartAt = useSession((show) => show.session.plannedStartAt);
  const [reason, setReason] = useState("");
  const needsReason = open > 0 && !rehearsal;
  const start = async () => {
    const why = reason.trim();
    const input = { ago: takeAgo(entry), ...(why ? { reason: why } : {}) };
    if (wasDone(await deed("start", "session.start", input))) onDone();
  };
  return (
    <section className="flex flex-col gap-3">
      <p className="text-sm text-dim">{words("plannedAt", { time: dayTime(plannedStartAt) })}</p>
      {open > 0 ? (
        <Callout tone={needsReason ? "wait" : "plain"}>
          {words(needsReason ? "openLines" : "openLinesRehearsal", { count: open })}
        </Callout>
      ) : (
        <Callout tone="sure">{words("allChecked")}</Callout>
      )}
      {needsReason ? (
        <Field label={words("reason")} required>
          <Input
            maxLength={400}
            value={reason}
            placeholder={words("reasonHint")}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      ) : null}
      {may(PLANNERS) ? (
        <div className="flex gap-2">
          <Button
            look="danger"
            size="lg"
            busy={busy}
            disabled={needsReason && reason.trim() === ""}
            onClick={() => void start()}
          >
            {words("start")}
          </Button>
          {phase === "planned" ? (
            <Button size="lg" onClick={() => void deed("warmUp", "session.warmUp", {})}>
              {words("warmUp")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

/** It stays open after the end, which then shows the way to the replay. */
function DuringShow() {
  const words = useTranslations("onAir");
  const { may, entry } = useDesk();
  const deed = useDeed();
  const phase = useSession((show) => show.session.phase);
  const open = useSession((show) => show.wrapUpCheck.open);
  const [note, setNote] = useState("");
  const gap = () => {
    const input = { ago: takeAgo(entry) };
    const toggles = { toggles: true };
    void (phase === "live"
      ? deed("gap", "session.interrupt", input, toggles)
      : deed("gap", "session.resume", input, toggles));
  };
  const end = async () => {
    const words_ = note.trim();
    const input = { ago: takeAgo(entry), ...(words_ ? { note: words_ } : {}) };
    await deed("end", "session.end", input);
  };
  return (
    <section className="flex flex-col gap-3">
      {phase === "interrupted" ? <Callout tone="wait">{words("interrupted")}</Callout> : null}
      {may(HANDS) ? (
        <div className="flex items-center gap-2">
          <Button look={phase === "live" ? "armed" : "primary"} size="lg" onClick={gap}>
            {words(phase === "live" ? "interrupt" : "resume")}
          </Button>
          <span className="text-xs text-faint">{words("interruptHint")}</span>
        </div>
      ) : null}
      {may(PLANNERS) ? (
        <div className="flex flex-col gap-3 border-t pt-4">
          {open > 0 ? (
            <Callout tone="wait">{words("stillStands", { count: open })}</Callout>
          ) : (
            <Callout tone="sure">{words("nothingStands")}</Callout>
          )}
          <Field label={words("endNote")}>
            <Input maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
          <EndButtons onEnd={() => void end()} />
        </div>
      ) : null}
    </section>
  );
}

/** How long the question stands; a press long after the first one is a first one again. */
const ASKED_MS = 6_000;

/** Two presses in two places: a double click can't end a show. */
function EndButtons({ onEnd }: { onEnd: () => void }) {
  const words = useTranslations("onAir");
  const busy = useBusy("end");
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked || busy) return undefined;
    const timer = setTimeout(() => setAsked(false), ASKED_MS);
    return () => clearTimeout(timer);
  }, [asked, busy]);
  return (
    <div className="flex items-center justify-between gap-3">
      <Button look={asked ? "plain" : "danger"} size="lg" aria-disabled={asked} onClick={() => setAsked(true)}>
        {words("end")}
      </Button>
      {asked ? (
        <Button look="danger" size="lg" busy={busy} onClick={onEnd}>
          {words("endSure")}
        </Button>
      ) : null}
    </div>
  );
}

function AfterShow({ onDone }: { onDone: () => void }) {
  const words = useTranslations("onAir");
  const { may } = useDesk();
  const deed = useDeed();
  const busy = useBusy("reopen");
  const endedAt = useSession((show) => show.session.endedAt);
  const sessionId = useSession((show) => show.session.sessionId);
  const rehearsal = useSession((show) => show.session.rehearsal);
  const reopen = async () => {
    if (wasDone(await deed("reopen", "session.reopen", {}))) onDone();
  };
  return (
    <section className="flex flex-col gap-3">
      <p className="text-sm text-dim">{words("endedAt", { time: endedAt === null ? "" : clockTime(endedAt) })}</p>
      <div className="flex gap-2">
        {may(PLANNERS) ? (
          <Button busy={busy} onClick={() => void reopen()}>
            {words("reopen")}
          </Button>
        ) : null}
        <Button asChild look="primary">
          <Link href={`/shows/${sessionId}/review`}>{words("toReview")}</Link>
        </Button>
      </div>
      <p className="text-xs text-faint">{words("reopenHint")}</p>
      {rehearsal && may(PLANNERS) ? <LengthsLinks /> : null}
    </section>
  );
}
