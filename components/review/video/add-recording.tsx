"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { instant, durationMs } from "#domain/units.ts";
import { Button, buttonClasses } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Input } from "../../ui/input.tsx";
import { useReview } from "../review-context.tsx";
import { postCommand } from "../review-send.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { notify } from "../../ui/toast.tsx";
import { holdFile } from "./held-files.ts";
import { pictureLength } from "./picture-length.ts";

/** The address that is being added, for as long as that lasts. */
const carriedKey = (sessionId: string) => `kaibo.recording:${sessionId}`;

/** A recording of this show: a file of this machine, or an address. It first lies on the show's start, then it is aligned. */
export function AddRecording({ onAdded }: { onAdded: (recordingId: string) => void }) {
  const words = useTranslations("review.video");
  const { sessionId } = useReview();
  const { busy, problem, add } = useAdd(onAdded);
  const [url, setUrl] = useState("");
  const goOn = useEffectEvent(() => {
    const carried = window.sessionStorage.getItem(carriedKey(sessionId));
    if (carried === null) return;
    setUrl(carried);
    void add({ kind: "url", url: carried });
  });
  useEffect(() => goOn(), []);
  const isUrl = /^https:\/\/[^\s"'<>]+$/.test(url.trim());
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUrl) void add({ kind: "url", url: url.trim() });
      }}
    >
      <p className="text-xs text-dim">{words("addText")}</p>
      <PickFile label={words("chooseFile")} busy={busy} onFile={(file) => void add(file)} />
      <div className="flex gap-1.5">
        <Input
          size="sm"
          aria-label={words("url")}
          placeholder={words("urlHint")}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button size="sm" type="submit" disabled={!isUrl || busy} busy={busy}>
          {words("addUrl")}
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="text-xs text-wait-ink">
          {words(`problem.${problem}`)}
        </p>
      ) : null}
    </form>
  );
}

function useAdd(onAdded: (recordingId: string) => void) {
  const { sessionId, startedAt, reload } = useReview();
  const explain = useFailure();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<"network" | "cors" | "codec" | null>(null);
  const add = async (from: File | { readonly kind: "url"; readonly url: string }) => {
    setBusy(true);
    setProblem(null);
    const file = from instanceof File ? from : null;
    const address = from instanceof File ? URL.createObjectURL(from) : from.url;
    // To read a playlist the page may have to be opened anew; it then goes on here.
    if (!file) window.sessionStorage.setItem(carriedKey(sessionId), address);
    const length = await pictureLength(address);
    window.sessionStorage.removeItem(carriedKey(sessionId));
    if (file) URL.revokeObjectURL(address);
    if (!length.ok) {
      setBusy(false);
      return setProblem(length.problem);
    }
    const source =
      from instanceof File ? ({ kind: "file", name: from.name.slice(0, 200), bytes: from.size } as const) : from;
    const reply = await postCommand(sessionId, "recording.lay", {
      source,
      durationMs: length.durationMs === null ? null : durationMs(length.durationMs),
      startsAt: instant(startedAt),
    });
    setBusy(false);
    if (!reply.ok) return notify({ tone: "wait", title: explain(reply.failure) });
    const { result } = reply.value;
    const recordingId =
      typeof result === "object" && result !== null && "recordingId" in result ? String(result.recordingId) : "";
    if (file) holdFile(recordingId, file);
    reload();
    onAdded(recordingId);
  };
  return { busy, problem, add };
}

/** A file of this machine. It stays there. */
export function PickFile({
  label,
  busy = false,
  onFile,
}: {
  label: string;
  busy?: boolean;
  onFile: (file: File) => void;
}) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        buttonClasses({ look: "primary", size: "sm" }),
        "cursor-pointer focus-within:outline-2 focus-within:outline-focus",
        busy && "opacity-45",
      )}
    >
      {label}
      <input
        id={id}
        type="file"
        accept="video/*,.mp4,.mov,.webm,.mkv,.flv"
        disabled={busy}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
