"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import * as z from "zod/mini";
import { PICTURE_URL_BYTES_MAX } from "#domain/wecom-limits.ts";
import { request } from "../../http/request.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";

const Kept = z.object({ key: z.string() });

type Props = {
  /** What it is a picture of, read out. */
  what: string;
  value: string | null;
  disabled: boolean;
  small?: boolean;
  /** What viewers see of it. */
  shown?: keyof typeof HINTS;
  onChange: (url: string | null) => void;
};

const HINTS = { whole: "pictureHint", wide: "pictureHintWide", round: "pictureHintSquare" } as const;

/** Kept by the room; viewers see it by its key. */
export function PictureField({ what, value, disabled, small = false, shown = "whole", onChange }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const { busy, problem, keep } = useKeeping(onChange);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex items-center gap-3">
      {value === null ? null : (
        <img
          src={value}
          alt={words("pictureAlt")}
          className={small ? "size-9 rounded-md object-cover" : "size-16 rounded-md object-cover"}
        />
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg"
        className="sr-only"
        tabIndex={-1}
        aria-label={words("pictureFor", { what })}
        onChange={(event) => {
          void keep(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex gap-2">
          <Button size="sm" disabled={disabled} busy={busy} onClick={() => input.current?.click()}>
            {words(value === null ? "choosePicture" : "otherPicture")}
          </Button>
          {value === null ? null : (
            <Button size="sm" look="ghost" disabled={disabled} onClick={() => onChange(null)}>
              {words("removePicture")}
            </Button>
          )}
        </div>
        {problem ? (
          <p role="alert" className="text-xs text-air-ink">
            {problem}
          </p>
        ) : small ? null : (
          <p className="text-xs text-faint">{words(HINTS[shown])}</p>
        )}
      </div>
    </div>
  );
}

function useKeeping(onKept: (url: string) => void) {
  const words = useTranslations("warmupPlan.landing");
  const explain = useFailure();
  const { show } = usePlan();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > PICTURE_URL_BYTES_MAX) return setProblem(words("pictureTooLarge"));
    setBusy(true);
    const path = `/api/v1/rooms/${encodeURIComponent(show.roomId)}/media`;
    const reply = await request(path, { method: "POST", body: file, shape: Kept });
    setBusy(false);
    setProblem(reply.ok ? null : explain(reply.failure));
    if (reply.ok) onKept(`/api/v1/viewer/pictures/${encodeURIComponent(reply.value.key)}`);
  };
  return { busy, problem, keep };
}
