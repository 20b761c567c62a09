"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import * as z from "zod/mini";
import { PICTURE_URL_BYTES_MAX } from "#domain/wecom-limits.ts";
import { request } from "../../http/request.ts";
import { mayIn } from "../../shell/me.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { useRoomChoices } from "../corp-names.ts";
import { KeptPicture } from "./kept-picture.tsx";

const Kept = z.object({ key: z.string() });

type Props = { corpId: string; mediaKey: string; onChange: (mediaKey: string) => void };

/** A picture that Kaibo keeps and hands to WeCom when it is wanted: WeCom itself forgets it after three days. */
export function PictureField({ corpId, mediaKey, onChange }: Props) {
  const words = useTranslations("wecomDesk.welcome");
  const explain = useFailure();
  const me = useMe();
  const { value: choices } = useRoomChoices();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Kept by room: one that uses the company, else any in which this person may.
  const rooms = me.rooms.filter(({ id }) => mayIn(me, id, ["manager", "operator", "community"]));
  const using = new Set(choices?.rooms.filter((one) => one.corpId === corpId).map(({ roomId }) => roomId));
  const room = rooms.find(({ id }) => using.has(id)) ?? rooms[0];
  const keep = async (file: File | undefined) => {
    if (!file || !room) return;
    if (file.size > PICTURE_URL_BYTES_MAX) return setProblem(words("pictureTooLarge"));
    setBusy(true);
    const reply = await request(`/api/v1/rooms/${room.id}/media`, { method: "POST", body: file, shape: Kept });
    setBusy(false);
    setProblem(reply.ok ? null : explain(reply.failure));
    if (reply.ok) onChange(reply.value.key);
  };
  return (
    <div className="flex items-center gap-3">
      {mediaKey === "" ? null : <KeptPicture mediaKey={mediaKey} className="size-16 rounded-md object-cover" />}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg"
        className="sr-only"
        tabIndex={-1}
        aria-label={words("picture")}
        onChange={(event) => {
          void keep(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="flex flex-col gap-1">
        <Button size="sm" className="self-start" busy={busy} disabled={!room} onClick={() => input.current?.click()}>
          {words(mediaKey === "" ? "choosePicture" : "otherPicture")}
        </Button>
        {problem ? (
          <p role="alert" className="text-xs text-air-ink">
            {problem}
          </p>
        ) : (
          <p className="text-xs text-faint">{words("pictureHint")}</p>
        )}
      </div>
    </div>
  );
}
