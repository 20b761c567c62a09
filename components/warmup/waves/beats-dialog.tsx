"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BEATS_MAX, type Beat } from "#domain/wave/shapes.ts";
import { beatIn } from "#domain/wave/template-words.ts";
import { randomId } from "../../http/random-id.ts";
import { useAct } from "../../session/use-act.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { asStored } from "../as-stored.ts";
import { usePlanLanguage } from "../plan-words.ts";

/** Beats in their order, written as a whole against what this screen saw of them. */
export function BeatsDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("warmupPlan.waves");
  const ui = useTranslations("ui");
  const board = useSession((show) => show.waves.beats);
  const [seen] = useState<readonly Beat[]>(() => board.map(({ beatId, title, goal }) => ({ beatId, title, goal })));
  const language = usePlanLanguage();
  const [shown] = useState(() => seen.map((beat) => beatIn(beat, language)));
  const [beats, setBeats] = useState<readonly Beat[]>(shown);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const act = useAct();
  const filled = new Set(board.filter(({ cells }) => cells > 0).map(({ beatId }) => beatId));
  const nameless = beats.some(({ title }) => title.trim() === "");
  const move = (from: number, to: number) => {
    const beat = beats[from];
    if (beat) setBeats(beats.toSpliced(from, 1).toSpliced(to, 0, beat));
  };
  const submit = async () => {
    setAsked(true);
    if (nameless) return;
    setBusy(true);
    const to = beats.map(({ beatId, title, goal }) => {
      const at = seen.findIndex((beat) => beat.beatId === beatId);
      const written = { beatId, title: title.trim(), goal: goal.trim() };
      return { ...written, ...asStored(written, shown[at], seen[at]) };
    });
    const done = await act("wave.setBeats", { beats: to }, { expect: { beats: [...seen] } });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("beatsDialog")}
      footer={
        <>
          <span role="status" className="mr-auto text-xs text-air-ink">
            {asked && nameless ? words("beatTitleMissing") : null}
          </span>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>
            {words("save")}
          </Button>
        </>
      }
    >
      <ol className="flex flex-col gap-2">
        {beats.map((beat, at) => (
          <BeatRow
            key={beat.beatId}
            beat={beat}
            isFilled={filled.has(beat.beatId)}
            isFirst={at === 0}
            isLast={at === beats.length - 1}
            onChange={(next) => setBeats(beats.toSpliced(at, 1, next))}
            onMove={(by) => move(at, at + by)}
            onRemove={() => setBeats(beats.toSpliced(at, 1))}
          />
        ))}
      </ol>
      <Button
        size="sm"
        className="mt-3"
        disabled={beats.length >= BEATS_MAX}
        onClick={() => setBeats([...beats, { beatId: randomId(), title: "", goal: "" }])}
      >
        <Icon name="plus" size={12} />
        {words("addBeat")}
      </Button>
    </Dialog>
  );
}

type RowProps = {
  beat: Beat;
  isFilled: boolean;
  isFirst: boolean;
  isLast: boolean;
  onChange: (beat: Beat) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

function BeatRow({ beat, isFilled, isFirst, isLast, onChange, onMove, onRemove }: RowProps) {
  const words = useTranslations("warmupPlan.waves");
  const { title } = beat;
  return (
    <li className="flex items-center gap-1">
      <Input
        className="w-36 shrink-0"
        aria-label={words("beatTitle")}
        maxLength={30}
        placeholder={words("beatTitle")}
        value={title}
        onChange={(event) => onChange({ ...beat, title: event.target.value })}
      />
      <Input
        aria-label={words("beatGoal")}
        maxLength={120}
        placeholder={words("beatGoal")}
        value={beat.goal}
        onChange={(event) => onChange({ ...beat, goal: event.target.value })}
      />
      <IconButton label={words("moveUp", { title })} size="iconSm" disabled={isFirst} onClick={() => onMove(-1)}>
        <Icon name="chevronUp" size={13} />
      </IconButton>
      <IconButton label={words("moveDown", { title })} size="iconSm" disabled={isLast} onClick={() => onMove(1)}>
        <Icon name="chevronDown" size={13} />
      </IconButton>
      <IconButton
        label={isFilled ? words("beatInUse") : words("removeBeat", { title })}
        size="iconSm"
        disabled={isFilled}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </IconButton>
    </li>
  );
}
