"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../format/time.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { loadMeasured } from "../plan/measured-show.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState, SkeletonRows } from "../ui/states.tsx";
import { cuesWithin } from "./copy-choice.ts";
import { CopyForm } from "./copy-form.tsx";
import { CopyFailed } from "./copy-failed.tsx";
import { loadComingShows } from "./load-copy.ts";

export type CopyCuesDialogProps = {
  readonly sessionId: string;
  readonly roomId: string;
  /** The stretch of the axis whose cues are ticked at first; without one, all are. */
  readonly stretch: { readonly from: number; readonly to: number } | null;
  readonly onClose: () => void;
};

/** From a review: its rundown, or the cues of a stretch, into a show that is being prepared. */
export function CopyCuesDialog({ sessionId, roomId, stretch, onClose }: CopyCuesDialogProps) {
  const words = useTranslations("compare.copy");
  const source = useLoaded(`copy:${sessionId}`, (signal) => loadMeasured(sessionId, signal));
  const targets = useLoaded(`coming:${roomId}`, (signal) => loadComingShows(roomId, signal));
  const [chosen, setChosen] = useState<string | null>(null);
  const shows = targets.value?.filter(({ id }) => id !== sessionId);
  const target = shows?.find(({ id }) => id === chosen) ?? shows?.[0];
  const failed = source.failure && !source.value ? source : targets.failure && !targets.value ? targets : null;
  return (
    <Dialog open onOpenChange={onClose} width="lg" title={words("title")} description={words("hint")}>
      {failed?.failure ? (
        <CopyFailed failure={failed.failure} onRetry={failed.reload} />
      ) : !source.value || !shows ? (
        <SkeletonRows rows={6} />
      ) : !target ? (
        <EmptyState compact title={words("noTargetTitle")} text={words("noTargetText")} />
      ) : (
        <div className="flex flex-col gap-4">
          <Field label={words("into")}>
            <Select
              value={target.id}
              onChange={setChosen}
              options={shows.map(({ id, title, plannedStartAt, rehearsal }) => ({
                value: id,
                label: [dayTime(plannedStartAt), title, ...(rehearsal ? [words("rehearsal")] : [])].join(" · "),
              }))}
            />
          </Field>
          <IntoTarget
            key={target.id}
            source={source.value}
            target={target}
            chosen={stretch ? cuesWithin(source.value.cues, stretch) : null}
            onClose={onClose}
          />
        </div>
      )}
    </Dialog>
  );
}

type IntoProps = {
  source: Parameters<typeof CopyForm>[0]["source"];
  target: { readonly id: string; readonly title: string };
  chosen: readonly string[] | null;
  onClose: () => void;
};

function IntoTarget({ source, target, chosen, onClose }: IntoProps) {
  const { value, failure, reload } = useLoaded(`into:${target.id}`, (signal) => loadMeasured(target.id, signal));
  if (!value) return failure ? <CopyFailed failure={failure} onRetry={reload} /> : <SkeletonRows rows={5} />;
  return (
    <CopyForm
      source={source}
      target={value}
      targetTitle={target.title}
      chosen={chosen}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}
