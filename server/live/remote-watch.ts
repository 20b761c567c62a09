import { z } from "zod";
import type { Audience } from "#domain/op.ts";
import type { Frame } from "#domain/wire.ts";
import { readJson } from "../lib/read-json.ts";
import type { FrameListener } from "./directory-contract.ts";
import { frameChannel, type RelayedFrame, type WatchAnswer } from "./peer-protocol.ts";
import type { Relay } from "./relay.ts";

/**
 * One audience of a show on another node. Frames come through Redis; once a second the owner is told that somebody still watches, and its answer shows
 * whether frames were lost (or Redis is away): then a new snapshot is fetched. So a screen is at most about two seconds behind, with Redis or without.
 */
export type RemoteWatchOptions = {
  readonly sessionId: string;
  readonly audience: Audience;
  readonly listener: FrameListener;
  readonly relay: Relay | null;
  ask(withSnapshot: boolean): Promise<WatchAnswer>;
};

const KEEP_MS = 1_000;
const EARLY_MAX = 50;

/** Frames are checked for what their order depends on; their slices are the owner's word. */
const Relayed = z.object({ generation: z.string(), frame: z.looseObject({ frame: z.number(), seq: z.number() }) });

export class RemoteWatch {
  readonly #options: RemoteWatchOptions;
  #unsubscribe: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #generation = "";
  #last = 0;
  #lastAtCheck = -1;
  /** Frames that came while a snapshot was being fetched. */
  #early: RelayedFrame[] | null = [];
  #stopped = false;

  constructor(options: RemoteWatchOptions) {
    this.#options = options;
  }

  async begin(): Promise<void> {
    const { relay, sessionId, audience } = this.#options;
    this.#unsubscribe = relay?.subscribe(frameChannel(sessionId, audience), (text) => this.#onText(text)) ?? (() => {});
    await this.#fetch();
    this.#timer = setInterval(() => void this.#check(), KEEP_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  #onText(text: string): void {
    const parsed = Relayed.safeParse(readJson(text));
    // What somebody else puts on the channel is no frame; a frame that was lost so is healed like any other.
    if (!parsed.success) return;
    const relayed = { generation: parsed.data.generation, frame: parsed.data.frame as unknown as Frame };
    if (this.#early) {
      if (this.#early.length < EARLY_MAX) this.#early.push(relayed);
    } else {
      this.#take(relayed);
    }
  }

  #take({ generation, frame }: RelayedFrame): void {
    if (this.#stopped || (generation === this.#generation && frame.frame <= this.#last)) return;
    if (generation === this.#generation && frame.frame === this.#last + 1) {
      this.#last = frame.frame;
      this.#options.listener.onFrame(frame);
    } else {
      void this.#heal();
    }
  }

  async #check(): Promise<void> {
    try {
      const { generation, frame } = await this.#options.ask(false);
      const standsStill = frame > this.#last && this.#last === this.#lastAtCheck;
      this.#lastAtCheck = this.#last;
      if (generation !== this.#generation || standsStill) await this.#heal();
    } catch {
      // The way there notices by itself when the node is gone, and ends this watch.
    }
  }

  async #heal(): Promise<void> {
    if (this.#early || this.#stopped) return;
    try {
      await this.#fetch();
    } catch {
      // Asked again by the next check.
      this.#early = null;
    }
  }

  async #fetch(): Promise<void> {
    this.#early = [];
    const { generation, snapshot } = await this.#options.ask(true);
    const early = this.#early ?? [];
    this.#early = null;
    if (this.#stopped || !snapshot) return;
    this.#generation = generation;
    this.#last = snapshot.frame;
    this.#options.listener.onSnapshot(snapshot);
    for (const relayed of early) this.#take(relayed);
  }
}
