import { isHls } from "./recordings.ts";

/** Why pictures can't be shown: they can't be fetched, may not be read by this page, or are in a form that this browser doesn't know. */
export type PictureProblem = "network" | "cors" | "codec";

/**
 * Gives a video element its pictures. A playlist (HLS) is read by the browser itself where it can, else by a library that is fetched
 * for it. The answer takes the pictures away again.
 */
export function attachPictures(
  video: HTMLVideoElement,
  url: string,
  failed: (problem: PictureProblem) => void,
): () => void {
  const onError = () => failed(video.error?.code === MediaError.MEDIA_ERR_NETWORK ? "network" : "codec");
  video.addEventListener("error", onError);
  let take = () => {
    video.removeAttribute("src");
    video.load();
  };
  let gone = false;
  if (isHls(url) && video.canPlayType("application/vnd.apple.mpegurl") === "") {
    if (opensAgain()) return () => undefined;
    void import("hls.js").then(({ default: Hls }) => {
      if (gone) return;
      // A worker would have to be made of a blob, which the page's policy has no other need of.
      const hls = new Hls({ enableWorker: false });
      hls.on(Hls.Events.ERROR, (_event, { fatal, type, details }) => {
        if (!fatal) return;
        const unread = details === Hls.ErrorDetails.MANIFEST_LOAD_ERROR;
        failed(unread ? "cors" : type === Hls.ErrorTypes.NETWORK_ERROR ? "network" : "codec");
      });
      hls.loadSource(url);
      hls.attachMedia(video);
      take = () => hls.destroy();
    });
  } else {
    video.src = url;
  }
  return () => {
    gone = true;
    video.removeEventListener("error", onError);
    take();
  };
}

/**
 * The policy that lets a playlist be read from elsewhere comes with the review's own document alone. Who came here by a link within
 * Kaibo has the document of another page: the address says all there is to know, so it is opened once more.
 */
function opensAgain(): boolean {
  const [document] = performance.getEntriesByType("navigation");
  const isReview = (path: string) => path.endsWith("/review");
  // Where the address is no review's either (a shared one), another opening would bring no other policy.
  if (!document || !isReview(window.location.pathname) || isReview(new URL(document.name).pathname)) return false;
  window.location.reload();
  return true;
}
