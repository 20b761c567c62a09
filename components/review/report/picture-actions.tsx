"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { day } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { notify } from "../../ui/toast.tsx";
import type { Report } from "./report.shape.ts";
import type { PictureState } from "./use-picture.ts";

/** One press sends the picture on where the machine can share files, else saves it; a second button copies it where the browser can. */
export function PictureActions({ report, picture }: { report: Report; picture: PictureState }) {
  const words = useTranslations("report");
  const name = `${fileName(`${words("title")} ${report.title} ${day(report.startedAt)}`)}.png`;
  const canSend = useCanSend();
  const canCopy = useCanCopy();
  const ready = picture.state === "ready" ? picture : null;
  const save = async () => {
    if (!ready) return;
    if (!canSend) {
      saveAs(ready.url, name);
      notify({ tone: "sure", title: words("pictureSaved") });
      return;
    }
    try {
      await navigator.share({ files: [new File([ready.blob], name, { type: "image/png" })] });
    } catch (error) {
      // Whoever closed the list of targets meant to.
      if (!(error instanceof DOMException && error.name === "AbortError")) saveAs(ready.url, name);
    }
  };
  const copy = async () => {
    if (!ready) return;
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": ready.blob })]);
      notify({ tone: "sure", title: words("pictureCopied") });
    } catch {
      notify({ tone: "wait", title: words("noPictureCopy") });
    }
  };
  return (
    <>
      <Button size="sm" look="primary" disabled={!ready} busy={picture.state === "drawing"} onClick={() => void save()}>
        <Icon name={canSend ? "external" : "download"} size={13} />
        {words(canSend ? "sendPicture" : "savePicture")}
      </Button>
      {canCopy ? (
        <Button size="sm" disabled={!ready} onClick={() => void copy()}>
          <Icon name="copy" size={13} />
          {words("copyPicture")}
        </Button>
      ) : null}
    </>
  );
}

/** The picture as it will be sent; on a phone a long press saves it also where nothing else can. */
export function PicturePreview({ report, picture }: { report: Report; picture: PictureState }) {
  const words = useTranslations("report");
  if (picture.state === "drawing") return null;
  return (
    <figure className="print:hidden">
      <figcaption className="border-b pb-1.5 text-sm font-semibold">{words("preview")}</figcaption>
      {picture.state === "failed" ? (
        <p className="py-2.5 text-sm text-wait-ink">{words("pictureFailed")}</p>
      ) : (
        <>
          <p className="py-2 text-xs text-faint">{words("previewHint")}</p>
          <img
            src={picture.url}
            alt={words("previewAlt", { title: report.title })}
            className="w-full max-w-[270px] rounded-md border"
          />
        </>
      )}
    </figure>
  );
}

/** Phones and tablets: on a desk a saved file is what people expect. */
function useCanSend(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => {
    const probe = new File([new Uint8Array(1)], "a.png", { type: "image/png" });
    const touch = window.matchMedia("(pointer: coarse)").matches;
    setCan(touch && "canShare" in navigator && navigator.canShare({ files: [probe] }));
  }, []);
  return can;
}

function useCanCopy(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => setCan(window.isSecureContext && "ClipboardItem" in window), []);
  return can;
}

function saveAs(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

/** What no system allows in a file's name. */
const fileName = (text: string) => text.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ").trim();
