"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { dayTime } from "../format/time.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { loadMeasured, loadRunShows } from "../plan/measured-show.ts";
import { useMayPlan, usePlan } from "../plan/plan-context.tsx";
import { useSession } from "../session/session-provider.tsx";
import type { Show } from "../shows/show-list.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState, SkeletonRows } from "../ui/states.tsx";
import { CopyFailed } from "./copy-failed.tsx";
import { CopyForm } from "./copy-form.tsx";

/** 从过往场次取流程: the rundown of an earlier show, or a part of it, into this plan. */
export function TakeCues() {
  const words = useTranslations("compare.copy");
  const mayPlan = useMayPlan();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button disabled={!mayPlan} onClick={() => setOpen(true)}>
        {words("take")}
      </Button>
      {open ? <TakeDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function TakeDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("compare.copy");
  const { room, show } = usePlan();
  const { value, failure, reload } = useLoaded(`run:${room.id}`, (signal) => loadRunShows(room.id, signal));
  const [chosen, setChosen] = useState<string | null>(null);
  const shows = value?.filter(({ id }) => id !== show.id);
  const source = shows?.find(({ id }) => id === chosen) ?? shows?.[0];
  return (
    <Dialog open onOpenChange={onClose} width="lg" title={words("take")} description={words("takeHint")}>
      {!shows ? (
        failure ? (
          <CopyFailed failure={failure} onRetry={reload} />
        ) : (
          <SkeletonRows rows={6} />
        )
      ) : !source ? (
        <EmptyState compact title={words("noSourceTitle")} text={words("noSourceText")} />
      ) : (
        <div className="flex flex-col gap-4">
          <Field label={words("from")}>
            <Select
              value={source.id}
              onChange={setChosen}
              options={shows.map(({ id, title, rehearsal, startedAt, plannedStartAt }) => ({
                value: id,
                label: [dayTime(startedAt ?? plannedStartAt), title, ...(rehearsal ? [words("rehearsal")] : [])].join(
                  " · ",
                ),
              }))}
            />
          </Field>
          <FromSource key={source.id} source={source} onClose={onClose} />
        </div>
      )}
    </Dialog>
  );
}

function FromSource({ source, onClose }: { source: Show; onClose: () => void }) {
  const { value, failure, reload } = useLoaded(`from:${source.id}`, (signal) => loadMeasured(source.id, signal));
  const { title, sessionId } = useSession((view) => view.session);
  const cues = useSession((view) => view.cues);
  const order = useSession((view) => view.cueOrder.order);
  const products = useSession((view) => view.products);
  const target = useMemo(
    () => ({ sessionId, cues: order.flatMap((id) => cues.get(id) ?? []), products: [...products.values()] }),
    [sessionId, cues, order, products],
  );
  if (!value) return failure ? <CopyFailed failure={failure} onRetry={reload} /> : <SkeletonRows rows={5} />;
  return (
    <CopyForm source={value} target={target} targetTitle={title} chosen={null} onDone={onClose} onCancel={onClose} />
  );
}
