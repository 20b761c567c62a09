import { attachPictures, type PictureProblem } from "./attach-pictures.ts";

/** What a player says of pictures before they are shown: their length (`null`: a stream that does not say), or why it can't show them. */
export type PictureLength =
  | { readonly ok: true; readonly durationMs: number | null }
  | { readonly ok: false; readonly problem: PictureProblem };

const GIVE_UP_MS = 20_000;
/** Beyond the end of every recording, s: files that were recorded in a browser say their length only when asked for what lies there. */
const FAR_S = 1e7;

export function pictureLength(url: string): Promise<PictureLength> {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "metadata";
  return new Promise((resolve) => {
    const done = (length: PictureLength) => {
      clearTimeout(timer);
      detach();
      resolve(length);
    };
    const timer = setTimeout(() => done({ ok: false, problem: "network" }), GIVE_UP_MS);
    const told = () => {
      if (Number.isFinite(video.duration)) done({ ok: true, durationMs: Math.round(video.duration * 1_000) });
    };
    video.addEventListener("durationchange", told);
    video.addEventListener("loadedmetadata", () => {
      if (video.videoWidth === 0) return done({ ok: false, problem: "codec" });
      if (Number.isFinite(video.duration)) return told();
      // A stream that runs has no end to look beyond.
      if (url.startsWith("blob:")) video.currentTime = FAR_S;
      else done({ ok: true, durationMs: null });
    });
    const detach = attachPictures(video, url, (problem) => done({ ok: false, problem }));
  });
}
