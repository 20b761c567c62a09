"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import * as z from "zod/mini";
import { PICTURE_URL_BYTES_MAX } from "#domain/wecom-limits.ts";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { usePushDesk } from "../push-desk.tsx";

const Kept = z.object({ key: z.string() });

export const pictureOf = (roomId: string, mediaKey: string): string =>
  `/api/v1/rooms/${encodeURIComponent(roomId)}/media/${encodeURIComponent(mediaKey)}`;

/** A picture that the room keeps; it is handed to WeCom shortly before it is wanted, which forgets it after three days. */
export function PictureField({ mediaKey, onChange }: { mediaKey: string; onChange: (mediaKey: string) => void }) {
  const words = useTranslations("push.picture");
  const explain = useFailure();
  const { roomId } = usePushDesk();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > PICTURE_URL_BYTES_MAX) return setProblem(words("tooLarge"));
    setBusy(true);
    const reply = await request(`/api/v1/rooms/${roomId}/media`, { method: "POST", body: file, shape: Kept });
    setBusy(false);
    setProblem(reply.ok ? null : explain(reply.failure));
    if (reply.ok) onChange(reply.value.key);
  };
  return (
    <div className="flex items-center gap-3">
      {mediaKey === "" ? null : (
        <img src={pictureOf(roomId, mediaKey)} alt={words("alt")} className="size-16 rounded-md object-cover" />
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg"
        className="sr-only"
        tabIndex={-1}
        aria-label={words("alt")}
        onChange={(event) => {
          void keep(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="flex flex-col gap-1">
        <Button size="sm" className="self-start" busy={busy} onClick={() => input.current?.click()}>
          {words(mediaKey === "" ? "choose" : "other")}
        </Button>
        <p role={problem ? "alert" : undefined} className={problem ? "text-xs text-air-ink" : "text-xs text-faint"}>
          {problem ?? words("hint")}
        </p>
      </div>
    </div>
  );
}
