"use client";
import { useTranslations } from "next-intl";
import { useState, type RefObject } from "react";
import type { Recording } from "#domain/ops/recording.ts";
import { instant } from "#domain/units.ts";
import { clockSeconds } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import type { ReviewAct } from "../act-steps.ts";
import { useReviewAct } from "../review-send.ts";
import { startFor } from "./recordings.ts";

const STEPS_S = [-1, -0.1, 0.1, 1] as const;
/** A list that a person looks through; the acts nearest to what the pictures show now. */
const OFFERED = 60;

/** 「这一刻是:讲解 3 号」: the pictures are moved to an act that they show, and lie right from then on. */
export function AlignBar({
  recording,
  acts,
  video,
  onDone,
}: {
  recording: Recording;
  acts: readonly ReviewAct[];
  video: RefObject<HTMLVideoElement | null>;
  onDone: () => void;
}) {
  const words = useTranslations("review.video");
  const send = useReviewAct();
  const [actId, setActId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const offered = acts.filter(({ kind }) => kind !== "marker").slice(0, OFFERED);
  const act = acts.find(({ id }) => id === actId);
  const align = async () => {
    if (!act || !video.current) return;
    const startsAt = startFor(act.at, video.current.currentTime);
    setBusy(true);
    const { recordingId } = recording;
    const done = await send(
      "recording.align",
      { recordingId, startsAt: instant(startsAt) },
      { startsAt: recording.startsAt },
    );
    setBusy(false);
    if (done) onDone();
  };
  return (
    <div className="flex flex-col gap-2 rounded-md border border-wait-edge bg-wait-soft/40 p-2.5">
      <p className="text-xs text-dim">{words("alignText")}</p>
      <div className="flex items-center gap-1">
        {STEPS_S.map((step) => (
          <Button
            key={step}
            size="sm"
            onClick={() => {
              if (video.current) video.current.currentTime += step;
            }}
          >
            {words("step", { step: step > 0 ? `+${step}` : `−${-step}` })}
          </Button>
        ))}
      </div>
      <Select
        size="sm"
        aria-label={words("thisIs")}
        placeholder={words("thisIs")}
        value={actId}
        onChange={setActId}
        options={offered.map(({ id, at, text }) => ({ value: id, label: `${clockSeconds(at)} ${text}` }))}
      />
      <div className="flex gap-1.5">
        <Button size="sm" look="primary" disabled={!act} busy={busy} onClick={() => void align()}>
          {words("align")}
        </Button>
        <Button size="sm" look="ghost" onClick={onDone}>
          {words("alignCancel")}
        </Button>
      </div>
    </div>
  );
}
