"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import * as z from "zod/mini";
import { randomId } from "../http/random-id.ts";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { dayTime } from "../format/time.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { onDay } from "../ui/date-time-text.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { loadShows, NO_FILTER, type Show } from "./show-list.ts";
import { SaveButtons } from "../ui/save-buttons.tsx";

const HOUR_MS = 3_600_000;
/** Any day's 20:00 in Asia/Shanghai. */
const EIGHT_IN_THE_EVENING = 12 * HOUR_MS;
const Created = z.object({ id: z.string() });

type Draft = {
  readonly title: string;
  readonly roomId: string;
  readonly plannedStartAt: number;
  readonly plannedEndAt: number;
  readonly rehearsal: boolean;
  readonly copyFrom: string;
};

/** The next evening at eight, when most shows are; a copy keeps the hour and length of its model. */
function firstTimes(from: Show | null, now: number) {
  const today = onDay(now, from ? from.plannedStartAt : EIGHT_IN_THE_EVENING);
  const plannedStartAt = today > now ? today : today + 24 * HOUR_MS;
  return {
    plannedStartAt,
    plannedEndAt: plannedStartAt + (from ? from.plannedEndAt - from.plannedStartAt : 4 * HOUR_MS),
  };
}

export function CreateShowDialog({
  from,
  rooms,
  onClose,
}: {
  /** A past show to begin from. */
  from: Show | null;
  rooms: readonly { readonly id: string; readonly name: string }[];
  onClose: () => void;
}) {
  const words = useTranslations("shows.form");
  const explain = useFailure();
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() => ({
    title: from ? words("titleCopy", { title: from.title }) : "",
    roomId: rooms.find(({ id }) => id === from?.roomId)?.id ?? rooms[0]?.id ?? "",
    ...firstTimes(from, Date.now()),
    rehearsal: false,
    copyFrom: from?.id ?? "",
  }));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // A second sending of the same form makes no second show.
  const idempotencyKey = useRef(randomId());
  const change = (part: Partial<Draft>) => {
    setProblem(null);
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async () => {
    if (draft.title.trim() === "") return setProblem(words("titleMissing"));
    if (draft.plannedEndAt <= draft.plannedStartAt) return setProblem(words("endsBeforeStart"));
    setBusy(true);
    const { copyFrom, ...body } = draft;
    const reply = await request("/api/v1/sessions", {
      method: "POST",
      body: { ...body, title: draft.title.trim(), ...(copyFrom ? { copyFrom } : {}) },
      shape: Created,
      headers: { "idempotency-key": idempotencyKey.current },
    });
    if (reply.ok) return router.push(`/shows/${reply.value.id}/plan`);
    setProblem(explain(reply.failure));
    setBusy(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={from ? words("copyTitle", { title: from.title }) : words("submit")}
      footer={<SaveButtons label={words("submit")} busy={busy} onSave={() => void submit()} onClose={onClose} />}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DraftFields draft={draft} change={change} rooms={rooms} />
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function DraftFields({
  draft,
  change,
  rooms,
}: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  rooms: readonly { readonly id: string; readonly name: string }[];
}) {
  const words = useTranslations("shows.form");
  const past = useLoaded(`past ${draft.roomId}`, (signal) =>
    loadShows({ ...NO_FILTER, room: draft.roomId }, null, signal),
  );
  return (
    <>
      <Field label={words("title")} required>
        <Input
          autoFocus
          maxLength={80}
          value={draft.title}
          placeholder={words("titlePlaceholder")}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label={words("from")} required>
          <DateTimeField
            value={draft.plannedStartAt}
            onCommit={(at) =>
              change({ plannedStartAt: at, plannedEndAt: draft.plannedEndAt + at - draft.plannedStartAt })
            }
          />
        </Field>
        <Field label={words("to")} required>
          <DateTimeField value={draft.plannedEndAt} onCommit={(plannedEndAt) => change({ plannedEndAt })} />
        </Field>
      </div>
      <Field label={words("room")} required>
        <Select
          value={draft.roomId}
          onChange={(roomId) => change({ roomId, copyFrom: "" })}
          options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field label={words("copyFrom")} hint={words("copyHint")}>
        <Select
          value={draft.copyFrom}
          onChange={(copyFrom) => change({ copyFrom })}
          options={[
            { value: "", label: words("copyNone") },
            ...(past.value?.sessions ?? []).map((show) => ({
              value: show.id,
              label: show.title,
              hint: dayTime(show.plannedStartAt),
            })),
          ]}
        />
      </Field>
      <Switch
        checked={draft.rehearsal}
        onChange={(rehearsal) => change({ rehearsal })}
        label={words("rehearsal")}
        hint={words("rehearsalHint")}
      />
    </>
  );
}
