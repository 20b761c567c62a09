"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { duration } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Popover } from "../ui/popover.tsx";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { ToneShape } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { PLANNERS, useDesk } from "./desk.tsx";
import { orderRehearsal, type RehearsalOrder } from "./rehearsal.ts";

const SPEEDS = ["1", "2", "5", "10", "30", "60"] as const;

/** The simulated audience of a rehearsal, or its bare clock: begin, faster, pause, send home. */
export function RehearsalControls() {
  const { may } = useDesk();
  const isRehearsal = useSession((show) => show.session.rehearsal && show.session.phase !== "ended");
  if (!isRehearsal || !may(PLANNERS)) return null;
  return <Controls />;
}

function useOrder() {
  const sessionId = useSession((show) => show.session.sessionId);
  const explain = useFailure();
  return async (order: RehearsalOrder) => {
    const reply = await orderRehearsal(sessionId, order);
    if (!reply.ok) notify({ tone: "wait", title: explain(reply.failure) });
  };
}

function Controls() {
  const words = useTranslations("rehearse");
  const run = useSession((show) => show.rehearsal.run);
  const order = useOrder();
  if (run?.state !== "on") return <BeginRehearsal failed={failureOf(run)} />;
  const { paused, speed } = run;
  const left = run.endsAt === null ? "" : duration(Math.max(0, run.endsAt - run.showAt));
  const who = run.audience ? words("audience", { online: run.online }) : words("walkThrough");
  return (
    <span className="flex shrink-0 items-center gap-1.5 rounded-md border border-dashed border-wait-edge py-px pr-1 pl-2 text-xs whitespace-nowrap text-wait-ink">
      {who}
      <span className="text-faint tabular-nums max-[1500px]:hidden">{words("left", { time: left })}</span>
      <Select
        size="sm"
        className="h-6 w-18"
        aria-label={words("speed")}
        value={SPEEDS.find((one) => Number(one) === speed) ?? null}
        placeholder={`${speed}×`}
        onChange={(next) => void order({ kind: "change", speed: Number(next) })}
        options={SPEEDS.map((one) => ({ value: one, label: `${one}×` }))}
      />
      <IconButton
        label={words(paused ? "goOn" : "pause")}
        size="iconSm"
        className="size-6"
        onClick={() => void order({ kind: "change", paused: !paused })}
      >
        <Icon name={paused ? "play" : "pause"} size={12} />
      </IconButton>
      <IconButton label={words("stop")} size="iconSm" className="size-6" onClick={() => void order({ kind: "stop" })}>
        <Icon name="close" size={12} />
      </IconButton>
    </span>
  );
}

/** What the simulator said when it could not go on; empty when it has only fallen silent; `null` when nothing is wrong. */
function failureOf(run: ShowSlices["rehearsal"]["run"]): string | null {
  if (run?.state === "failed") return run.message ?? "";
  return run?.state === "lost" ? "" : null;
}

/** `failed`: what the simulator said when it stopped by itself, as it said it; `null` when it did not. */
function BeginRehearsal({ failed }: { failed: string | null }) {
  const words = useTranslations("rehearse");
  const order = useOrder();
  const planned = useSession((show) =>
    Math.max(5, Math.round((show.session.plannedEndAt - show.session.plannedStartAt) / 60_000)),
  );
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<"audience" | "walk">("audience");
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  const [minutes, setMinutes] = useState<number | null>(null);
  const begin = () => {
    setOpen(false);
    void order({
      kind: "start",
      audience: kind === "audience",
      speed: Number(speed),
      minutes: Math.min(720, minutes ?? planned),
    });
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" look="armed" title={failed ?? undefined}>
          {failed === null ? null : <Failed />}
          {words("begin")}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {failed === null ? null : (
          <Callout tone="wait">
            {words("failed")}
            {failed === "" ? null : <span className="mt-1 block font-mono text-xs break-words">{failed}</span>}
          </Callout>
        )}
        <Segmented
          label={words("kind")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "audience", label: words("withAudience") },
            { value: "walk", label: words("walkThrough") },
          ]}
        />
        <p className="text-xs text-dim">{words(kind === "audience" ? "audienceHint" : "walkHint")}</p>
        <div className="grid grid-cols-2 gap-3">
          <Field label={words("speed")}>
            <Select
              value={speed}
              onChange={setSpeed}
              options={SPEEDS.map((one) => ({ value: one, label: `${one}×` }))}
            />
          </Field>
          <Field label={words("minutes")}>
            <NumberField min={1} max={720} value={minutes ?? planned} onCommit={setMinutes} />
          </Field>
        </div>
        <Button look="primary" onClick={begin}>
          {words("start")}
        </Button>
      </div>
    </Popover>
  );
}

function Failed() {
  const words = useTranslations("rehearse");
  return (
    <span role="status" className="flex items-center gap-1.5 font-semibold">
      <ToneShape tone="wait" size={8} />
      {words("failedShort")} ·
    </span>
  );
}
