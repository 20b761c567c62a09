/**
 * Follows a pointer: at most one seek a picture, and after one that took long to draw the next waits, so that cursor and axis keep
 * their 60 pictures a second while the panels follow. The last wish is always carried out.
 */
export type PacedSeek = {
  readonly to: (at: number) => void;
  /** The drag is over: what is still wanted is shown now. */
  readonly end: () => void;
};

/** Of the time that passes, panels may take this much. */
const SHARE = 0.5;

export function createPacedSeek(seek: (at: number) => void): PacedSeek {
  let wanted: number | null = null;
  let frame = 0;
  let notBefore = 0;
  const run = () => {
    frame = 0;
    if (wanted === null) return;
    const began = performance.now();
    if (began < notBefore) {
      frame = requestAnimationFrame(run);
      return;
    }
    const at = wanted;
    wanted = null;
    seek(at);
    // React draws what a store told it in a microtask that stands before this one.
    queueMicrotask(() => {
      const took = performance.now() - began;
      notBefore = performance.now() + (took * (1 - SHARE)) / SHARE - 8;
    });
  };
  return {
    to(at) {
      wanted = at;
      frame ||= requestAnimationFrame(run);
    },
    end() {
      cancelAnimationFrame(frame);
      notBefore = 0;
      run();
    },
  };
}
