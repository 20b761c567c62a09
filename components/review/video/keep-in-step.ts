import type { ReplaySource } from "../../session/replay-source.ts";

/**
 * Keeps pictures and show on the same second, both ways: what moves the show moves the pictures, and whoever moves the pictures by their
 * own controls moves the show. While both run the pictures are nudged by their speed, and set anew when they are far off. Pictures that
 * have to be fetched first hold the show's clock. The answer ends it.
 */

/** Nobody sees less; more is nudged. s. */
const NUDGE_FROM_S = 0.06;
const JUMP_FROM_S = 1;
/** At most so much faster or slower than wanted. */
const NUDGE_MAX = 0.2;
const LOOK_MS = 100;
/** The show moves by whole seconds; pictures that were moved by hand stay within one. s. */
const LED_S = 0.6;

export function keepInStep(video: HTMLVideoElement, source: ReplaySource, startsAt: number): () => void {
  let ours: number | null = null;
  let wanted: number | null = null;
  /** The pictures were moved by hand, and the show followed. */
  let led = false;

  const seekTo = (second: number) => {
    wanted = second;
    if (video.seeking) return;
    ours = second;
    video.currentTime = second;
  };
  const follow = () => {
    const { playing, speed } = source.position();
    const target = (source.now() - startsAt) / 1_000;
    const off = video.currentTime - target;
    // For whoever measures: how far the pictures are from the show, ms.
    video.dataset["offMs"] = String(Math.round(off * 1_000));
    if (!playing) {
      video.playbackRate = speed;
      if (!video.paused) video.pause();
      if (led && Math.abs(off) <= LED_S) return;
      led = false;
      if (Math.abs(off) > 0.02) seekTo(target);
      return;
    }
    if (video.ended) return;
    if (video.paused) void video.play().catch(() => undefined);
    if (Math.abs(off) > JUMP_FROM_S) seekTo(target);
    const nudge = Math.abs(off) < NUDGE_FROM_S ? 0 : Math.max(-NUDGE_MAX, Math.min(NUDGE_MAX, -off));
    video.playbackRate = speed * (1 + nudge);
  };
  const onSeeking = () => {
    if (ours !== null && Math.abs(video.currentTime - ours) < 0.05) return;
    // By hand, with the pictures' own controls.
    wanted = null;
    led = true;
    source.seek(startsAt + video.currentTime * 1_000);
  };
  const onSeeked = () => {
    if (wanted !== null && ours !== null && Math.abs(wanted - ours) > 0.02) seekTo(wanted);
  };
  const onPlay = () => {
    const { playing, speed } = source.position();
    if (!playing) source.play(speed);
  };
  const onPause = () => {
    if (source.position().playing && !video.ended && !video.seeking) source.pause();
  };
  const wait = () => source.hold(true);
  const goOn = () => source.hold(false);
  const listeners = {
    seeking: onSeeking,
    seeked: onSeeked,
    play: onPlay,
    pause: onPause,
    waiting: wait,
    playing: goOn,
    canplay: goOn,
    ended: goOn,
    error: goOn,
  } as const;
  for (const [name, listen] of Object.entries(listeners)) video.addEventListener(name, listen);
  const stop = source.subscribe(follow);
  const timer = setInterval(follow, LOOK_MS);
  follow();
  return () => {
    stop();
    clearInterval(timer);
    source.hold(false);
    for (const [name, listen] of Object.entries(listeners)) video.removeEventListener(name, listen);
  };
}
