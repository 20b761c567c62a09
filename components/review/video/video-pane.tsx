"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from "react";
import type { Recording } from "#domain/ops/recording.ts";
import { clockSeconds } from "../../format/time.ts";
import { useStoreValue } from "../../live/store.ts";
import { isReplay, type ReplaySource } from "../../session/replay-source.ts";
import { slicesOf, useSessionSource } from "../../session/session-provider.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { notify } from "../../ui/toast.tsx";
import type { ReviewAct } from "../act-steps.ts";
import { useReviewActs } from "../acts.ts";
import { useReview } from "../review-context.tsx";
import { useReviewAct } from "../review-send.ts";
import { AddRecording, PickFile } from "./add-recording.tsx";
import { AlignBar } from "./align-bar.tsx";
import { attachPictures, type PictureProblem } from "./attach-pictures.ts";
import { heldFiles, holdFile } from "./held-files.ts";
import { keepInStep } from "./keep-in-step.ts";
import { isSameFile, recordingAt } from "./recordings.ts";

/** The pictures of the second that is looked at. */
export function VideoPane() {
  const source = useSessionSource();
  const { last } = useReview();
  const acts = useReviewActs(last);
  return isReplay(source) ? <Pane source={source} acts={acts} /> : null;
}

function Pane({ source, acts }: { source: ReplaySource; acts: readonly ReviewAct[] }) {
  const words = useTranslations("review.video");
  const { last, to, canEdit } = useReview();
  const recordings = [...slicesOf(last).recordings.values()].toSorted((a, b) => a.startsAt - b.startsAt);
  const [aligning, setAligning] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const readCurrent = () => recordingAt(recordings, source.position().at, to)?.recordingId ?? null;
  const currentId = useSyncExternalStore(source.subscribe, readCurrent, readCurrent);
  const current = recordings.find(({ recordingId }) => recordingId === (aligning ?? currentId)) ?? null;
  return (
    <section aria-label={words("title")} className="flex flex-col gap-2 p-3">
      <header className="flex h-7 items-center gap-2">
        <h2 className="text-sm font-semibold text-dim">{words("title")}</h2>
        {current ? <Name recording={current} /> : null}
        <span className="ml-auto flex">
          {current && canEdit && !aligning ? (
            <Button size="sm" onClick={() => setAligning(current.recordingId)}>
              {words("align")}
            </Button>
          ) : null}
          {canEdit && recordings.length > 0 ? (
            <Parts recordings={recordings} onAdd={() => setAdding(true)} onGoTo={(at) => source.seek(at)} />
          ) : null}
        </span>
      </header>
      {current ? (
        <Pictures
          key={current.recordingId}
          recording={current}
          source={source}
          acts={acts}
          aligning={aligning}
          onAligned={() => setAligning(null)}
        />
      ) : recordings.length > 0 ? (
        <p className="grid aspect-video place-items-center rounded-md bg-sunken text-xs text-faint">{words("none")}</p>
      ) : null}
      {canEdit && (adding || recordings.length === 0) ? (
        <AddRecording
          onAdded={(recordingId) => {
            setAdding(false);
            setAligning(recordingId);
          }}
        />
      ) : null}
      {!canEdit && recordings.length === 0 ? <p className="text-xs text-faint">{words("noRecording")}</p> : null}
    </section>
  );
}

function Name({ recording: { source, startsAt } }: { recording: Recording }) {
  const name = source.kind === "file" ? source.name : (source.url.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? source.url);
  return (
    <span className="min-w-0 truncate text-xs text-faint" title={`${name} · ${clockSeconds(startsAt)}`}>
      {name}
    </span>
  );
}

function Parts({
  recordings,
  onAdd,
  onGoTo,
}: {
  recordings: readonly Recording[];
  onAdd: () => void;
  onGoTo: (at: number) => void;
}) {
  const words = useTranslations("review.video");
  const send = useReviewAct();
  const nameOf = ({ source }: Recording) => (source.kind === "file" ? source.name : source.url);
  return (
    <Menu
      items={[
        ...recordings.map((one) => ({
          label: `${clockSeconds(one.startsAt)} ${nameOf(one).slice(-28)}`,
          onSelect: () => onGoTo(one.startsAt),
        })),
        "line",
        { label: words("addPart"), onSelect: onAdd },
        ...recordings.map((one) => ({
          label: words("remove", { name: nameOf(one).slice(-28) }),
          danger: true,
          onSelect: () => void send("recording.remove", { recordingId: one.recordingId }),
        })),
      ]}
    >
      <IconButton label={words("parts")} size="iconSm">
        <Icon name="more" />
      </IconButton>
    </Menu>
  );
}

type PicturesProps = {
  recording: Recording;
  source: ReplaySource;
  acts: readonly ReviewAct[];
  aligning: string | null;
  onAligned: () => void;
};

function Pictures({ recording, source, acts, aligning, onAligned }: PicturesProps) {
  const words = useTranslations("review.video");
  const { recordingId, startsAt } = recording;
  const file = useStoreValue(heldFiles, (files) => files.get(recordingId) ?? null);
  const url = recording.source.kind === "url" ? recording.source.url : file;
  const video = useRef<HTMLVideoElement>(null);
  const isFree = aligning === recordingId;
  const problem = usePictures(video, url);
  useEffect(() => {
    // While they are aligned the pictures go their own way.
    if (!video.current || url === null || isFree) return undefined;
    return keepInStep(video.current, source, startsAt);
  }, [source, startsAt, url, isFree]);
  if (url === null) return <MissingFile recording={recording} />;
  return (
    <>
      <video
        ref={video}
        controls
        playsInline
        preload="auto"
        data-own-keys=""
        aria-label={words("title")}
        className="aspect-video max-h-[46vh] w-full rounded-md bg-black object-contain"
      />
      {problem ? (
        <p role="alert" className="text-xs text-wait-ink">
          {words(`problem.${problem}`)}
        </p>
      ) : null}
      {isFree ? <AlignBar recording={recording} acts={acts} video={video} onDone={onAligned} /> : null}
    </>
  );
}

function usePictures(video: RefObject<HTMLVideoElement | null>, url: string | null): PictureProblem | null {
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  useEffect(() => {
    setProblem(null);
    return video.current && url !== null ? attachPictures(video.current, url, setProblem) : undefined;
  }, [video, url]);
  return problem;
}

/** Laid and aligned, maybe by a colleague; the file itself is on somebody's machine. */
function MissingFile({ recording: { recordingId, source } }: { recording: Recording }) {
  const words = useTranslations("review.video");
  if (source.kind !== "file") return null;
  const take = (file: File) => {
    if (isSameFile(source, file)) holdFile(recordingId, file);
    else notify({ tone: "wait", title: words("otherFile", { name: source.name }) });
  };
  return (
    <div className="flex aspect-video flex-col items-center justify-center gap-2 rounded-md bg-sunken p-3 text-center">
      <p className="text-xs text-dim">
        {words("missing", { name: source.name, size: (source.bytes / 1e6).toFixed(1) })}
      </p>
      <PickFile label={words("chooseSame")} onFile={take} />
    </div>
  );
}
