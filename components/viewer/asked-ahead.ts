/** What the head of the page asked for before its scripts were there. */

export type AskedAhead = {
  readonly path: string;
  /** By this phone's clock, ms; `receivedAt` is true once `answer` is there. */
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly answer: Promise<Response>;
};

declare global {
  interface Window {
    kaiboAsked?: AskedAhead;
  }
}

/** Once, and only for the very same question: an answer is read once, and the next question wants a newer one. */
export function takeAsked(path: string): AskedAhead | undefined {
  const asked = window.kaiboAsked;
  delete window.kaiboAsked;
  return asked?.path === path ? asked : undefined;
}
