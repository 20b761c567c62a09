import { createHash } from "node:crypto";
import { z } from "zod";
import type { Json } from "#domain/op.ts";
import { isForWeb } from "#domain/reward/rows.ts";
import { ALLOWED_CARRIERS } from "#domain/reward/state.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { Directory } from "../../live/directory-contract.ts";
import { within } from "../../lib/lifecycle.ts";
import { createPacked, type Packed } from "./packed.ts";

/** The public view of a show, made at most once a second however many ask. */

const FRESH_MS = 1_000;
const SHOWS_MAX = 500;
/** Whoever waits for longer waits for a writer that fell silent. */
const MAKE_MS = 10_000;

export type ViewerView = {
  /** With the clock of the moment it is sent, by which pages count down. */
  readonly json: (now: number) => string;
  /** The same, packed once for all: with the clock of the moment it was first asked for, from which pages count on by the header's. `null`: too small. */
  readonly packed: Packed;
  readonly etag: string;
  readonly phase: string;
  /** The show's clock at a moment of the server's. */
  readonly showNow: (now: number) => number;
  readonly anonymousClaims: boolean;
  /** How often each own draw that has been drawn was drawn again. */
  readonly redraws: ReadonlyMap<string, number>;
};

const Session = z.object({ phase: z.string(), anonymousClaims: z.boolean() });
const Drawn = z.object({ lotteryId: z.string(), seed: z.string(), redraws: z.array(z.unknown()) });

/** How soon a page should ask again: nothing is urgent before and after the show. */
const pollMsByPhase: Readonly<Record<string, number>> = {
  live: 2_000,
  interrupted: 3_000,
  warmup: 5_000,
  planned: 10_000,
  ended: 30_000,
};

/** Where a page stands that asks: on the web, or in a mini program, where other rules hold. */
export type Place = "web" | "miniProgram";

export type ViewerViews = {
  (sessionId: string, place?: Place): Promise<ViewerView>;
  /** The same, where it is at hand: nothing has to be waited for. */
  atHand(sessionId: string, place?: Place): ViewerView | undefined;
};

type Held = { readonly until: number; readonly view: Promise<ViewerView>; made: ViewerView | undefined };

export function createViewerViews(directory: Directory): ViewerViews {
  const heldIn: Readonly<Record<Place, Map<string, Held>>> = { web: new Map(), miniProgram: new Map() };
  const fresh = (sessionId: string, place: Place): Held | undefined => {
    const known = heldIn[place].get(sessionId);
    return known && known.until > performance.now() ? known : undefined;
  };
  const viewOf = (sessionId: string, place: Place = "web"): Promise<ViewerView> => {
    const known = fresh(sessionId, place);
    if (known) return known.view;
    const held = heldIn[place];
    if (held.size >= SHOWS_MAX) held.clear();
    const view = within(MAKE_MS, directory.snapshot(sessionId, "viewer")).then((snapshot) =>
      toView(sessionId, place === "web" ? forWeb(snapshot) : snapshot),
    );
    const making: Held = { until: performance.now() + FRESH_MS, view, made: undefined };
    held.set(sessionId, making);
    view.then(
      (made) => (making.made = made),
      () => held.delete(sessionId),
    );
    return view;
  };
  return Object.assign(viewOf, {
    atHand: (sessionId: string, place: Place = "web") => fresh(sessionId, place)?.made,
  });
}

const Step = z.object({ carrier: z.enum(ALLOWED_CARRIERS) });

/** RWD9: not even as data does a page of the web get what it must not promise. What can't be read is left out too. */
function forWeb(snapshot: Snapshot): Snapshot {
  const steps = snapshot.slices["rewardSteps"];
  if (steps?.kind !== "keyed") return snapshot;
  const rows = steps.rows.filter(([, row]) => {
    const step = Step.safeParse(row).data;
    return step !== undefined && isForWeb(step);
  });
  return { ...snapshot, slices: { ...snapshot.slices, rewardSteps: { kind: "keyed", rows } } };
}

function toView(sessionId: string, { seq, at, slices, clock }: Snapshot): ViewerView {
  const parsed = Session.safeParse(slices["session"]?.kind === "value" ? slices["session"].value : undefined);
  const { phase, anonymousClaims } = parsed.success ? parsed.data : { phase: "planned", anonymousClaims: false };
  const shown = JSON.stringify({ slices: unwrapped(slices), nextPollMs: pollMsByPhase[phase] ?? 5_000 });
  // `seq` counts what viewers don't see too; the tag changes only with what they do see, and with a clock that is stepped.
  const tagged = clock ? `${shown}${clock.showAt} ${clock.pace}` : shown;
  const etag = `"${createHash("sha256").update(tagged).digest("base64url").slice(0, 22)}"`;
  const head = JSON.stringify({ sessionId, seq, at }).slice(0, -1);
  const showNow = (now: number) =>
    clock ? Math.round(clock.showAt + (now - clock.at) * clock.pace) : Math.max(at, now);
  const json = (now: number) => {
    return `${head},"now":${now},"showNow":${showNow(now)},"showPace":${clock?.pace ?? 1},${shown.slice(1)}`;
  };
  return {
    json,
    packed: createPacked(() => json(Date.now())),
    etag,
    phase,
    showNow,
    anonymousClaims,
    redraws: redrawsIn(slices["lotteries"]),
  };
}

function redrawsIn(slice: Snapshot["slices"][string] | undefined): ReadonlyMap<string, number> {
  const rows = slice?.kind === "keyed" ? slice.rows : [];
  return new Map(
    rows.flatMap(([, row]) => {
      const drawn = Drawn.safeParse(row).data;
      return drawn ? [[drawn.lotteryId, drawn.redraws.length] as const] : [];
    }),
  );
}

/** Slices as a page reads them: values as they are, rows as `[id, row]`, lists as lists. */
function unwrapped(slices: Snapshot["slices"]): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(slices).map(([name, slice]) => [
      name,
      slice.kind === "value" ? slice.value : slice.kind === "keyed" ? slice.rows : slice.items,
    ]),
  );
}
