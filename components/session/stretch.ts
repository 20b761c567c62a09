import * as z from "zod/mini";
import type { Frame, Snapshot } from "#domain/wire.ts";

/** `GET …/replay`: the view at `from`, and a frame for each step in which something changed. */
export type Stretch = {
  readonly snapshot: Snapshot;
  readonly frames: readonly (Frame & { readonly until: number })[];
  readonly names: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
};

/** Our own server's answer; its slices are shaped by the ops. */
export const StretchBody = z.custom<Stretch>(
  (body) => typeof body === "object" && body !== null && "snapshot" in body && "frames" in body,
);
