import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Audience } from "#domain/op.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import type { ShowPlace } from "../http/access.ts";
import { idsIn, type Personal } from "../http/personal.ts";
import type { Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";
import type { Client, Gate } from "./protocol.ts";

/**
 * One show for one audience on this node: followed once, shown to every socket that joined. A socket gets a snapshot, then every frame
 * after it; one that can't keep up gets none until it has taken what it has, then a fresh snapshot.
 */

/** Bytes that may wait for a slow reader. */
const BEHIND_BYTES_MAX = 1_048_576;
const KNOWN_MAX = 50_000;
/** A smaller snapshot is not worth the packing. */
const PACKED_MIN = 16_384;
const pack = promisify(gzip);

export type ChannelDeps = {
  readonly io: Gate;
  readonly directory: Directory;
  readonly personal: Personal;
  readonly log: Logger;
};

/** Sockets that wait for the snapshot being made, and the frames that came meanwhile. `stale`: numbers began anew since it was asked for. */
type Entering = {
  readonly clients: Set<Client>;
  readonly done: Promise<void>;
  frames: Frame[];
  stale: boolean;
};

/** `behind`: bytes handed over since its buffer was last taken; `lagging`: it was taken out of the room. */
type Member = { behind: number; lagging: boolean; readonly onDrain: () => void };

export class Channel {
  readonly #deps: ChannelDeps;
  readonly #place: ShowPlace;
  readonly #audience: Audience;
  readonly #room: string;
  readonly #members = new Map<Client, Member>();
  #entering: Entering | undefined;
  /** Whose names have been sent to all who are here. */
  readonly #named = new Set<string>();
  readonly #unwatch: Promise<() => void>;

  constructor(deps: ChannelDeps, place: ShowPlace, audience: Audience) {
    this.#deps = deps;
    this.#place = place;
    this.#audience = audience;
    this.#room = `${place.sessionId} ${audience}`;
    let first = true;
    this.#unwatch = deps.directory.watch(place.sessionId, audience, {
      onSnapshot: (snapshot) => {
        // The first one comes before anybody joined.
        if (!first) this.#restart(snapshot);
        first = false;
      },
      onFrame: (frame) => this.#show(frame),
    });
    // Whoever joins is told; a channel that could not be opened is left by all of them.
    this.#unwatch.catch(() => undefined);
  }

  get size(): number {
    return this.#members.size;
  }

  /** Throws what the directory throws; the socket has not joined then. */
  async join(client: Client): Promise<void> {
    const member: Member = { behind: 0, lagging: false, onDrain: () => this.#drained(client) };
    this.#members.set(client, member);
    client.conn.on("drain", member.onDrain);
    try {
      await this.#unwatch;
      await this.#enter(client);
    } catch (error) {
      this.leave(client);
      throw error;
    }
  }

  /** A fresh snapshot, then frames again. */
  async resync(client: Client): Promise<void> {
    if (!this.#members.has(client)) return;
    await client.leave(this.#room);
    await this.#enter(client);
  }

  leave(client: Client): void {
    const member = this.#members.get(client);
    if (!member) return;
    client.conn.off("drain", member.onDrain);
    this.#members.delete(client);
    this.#entering?.clients.delete(client);
    void client.leave(this.#room);
  }

  /** Sends what only this audience gets to see, beside its view. */
  get local() {
    return this.#deps.io.local.to(this.#room);
  }

  close(): void {
    this.#unwatch.then(
      (unwatch) => unwatch(),
      () => undefined,
    );
  }

  /** Many sockets come back at once after a cut: those who come while a snapshot is being made share it. */
  #enter(client: Client): Promise<void> {
    if (this.#entering) {
      this.#entering.clients.add(client);
      return this.#entering.done;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entering: Entering = { clients: new Set([client]), done: promise, frames: [], stale: false };
    this.#entering = entering;
    this.#admitAll(entering).then(resolve, reject);
    return promise;
  }

  async #admitAll(entering: Entering): Promise<void> {
    const { directory } = this.#deps;
    try {
      let snapshot: Snapshot;
      let packed: Buffer | null;
      do {
        entering.stale = false;
        entering.frames = [];
        snapshot = await directory.snapshot(this.#place.sessionId, this.#audience);
        packed = await this.#packed(snapshot, entering.clients);
      } while (entering.stale);
      this.#sendSnapshot(entering.clients, snapshot, packed);
      const entered = this.#those(entering.clients);
      for (const frame of entering.frames) if (frame.frame > snapshot.frame) entered?.emit("frame", frame);
      for (const client of entering.clients) void client.join(this.#room);
      void this.#nameFor(entering.clients, snapshot);
    } finally {
      this.#entering = undefined;
    }
  }

  /**
   * Once for all of them, by a thread of Node's pool. The sockets themselves don't compress: a frame is encoded once for a whole room only where no
   * socket has a compression of its own.
   */
  async #packed(snapshot: Snapshot, clients: ReadonlySet<Client>): Promise<Buffer | null> {
    if (![...clients].some(takesPacked)) return null;
    const text = JSON.stringify(this.#message(snapshot));
    return text.length < PACKED_MIN ? null : pack(text, { level: 3 });
  }

  #sendSnapshot(clients: ReadonlySet<Client>, snapshot: Snapshot, packed: Buffer | null): void {
    const taking = packed === null ? [] : [...clients].filter(takesPacked);
    const { sessionId } = this.#place;
    if (packed !== null) this.#those(taking)?.emit("packedSnapshot", { sessionId, gzip: packed });
    this.#those([...clients].filter((client) => !taking.includes(client)))?.emit("snapshot", this.#message(snapshot));
  }

  /** The writer moved or began anew: numbers start over for everybody. */
  #restart(snapshot: Snapshot): void {
    if (this.#entering) this.#entering.stale = true;
    this.local.emit("snapshot", this.#message(snapshot));
    void this.#nameNew(snapshot.slices);
  }

  #show(frame: Frame): void {
    this.#entering?.frames.push(frame);
    if (this.#members.size === 0) return;
    const bytes = JSON.stringify(frame).length;
    for (const [client, member] of this.#members) {
      if (member.lagging) continue;
      member.behind += bytes;
      if (member.behind <= BEHIND_BYTES_MAX) continue;
      member.lagging = true;
      void client.leave(this.#room);
    }
    this.local.emit("frame", frame);
    void this.#nameNew(frame.slices);
  }

  #drained(client: Client): void {
    const member = this.#members.get(client);
    if (!member) return;
    member.behind = 0;
    if (!member.lagging) return;
    member.lagging = false;
    this.#enter(client).catch((error: unknown) => {
      this.#deps.log.warn({ err: error }, "a slow socket could not be brought up to date");
      client.disconnect(true);
    });
  }

  #message(snapshot: Snapshot) {
    return { ...snapshot, sessionId: this.#place.sessionId, audience: this.#audience, now: Date.now() };
  }

  async #nameFor(clients: ReadonlySet<Client>, { slices }: Snapshot): Promise<void> {
    if (this.#audience === "viewer") return;
    const names = await this.#quietly(this.#deps.personal.ofView(this.#place, slices));
    if (names) this.#those(clients)?.emit("names", names);
  }

  /** Written once for all of them: a snapshot of 160 kB for each of a thousand would keep everybody else waiting. */
  #those(clients: Iterable<Client>) {
    const ids = Array.from(clients, ({ id }) => id);
    // To nobody in particular would be to everybody.
    return ids.length === 0 ? undefined : this.#deps.io.local.to(ids);
  }

  async #nameNew(slices: Frame["slices"] | Snapshot["slices"]): Promise<void> {
    if (this.#audience === "viewer") return;
    const news = idsIn(slices).filter((id) => !this.#named.has(id));
    if (news.length === 0) return;
    if (this.#named.size > KNOWN_MAX) this.#named.clear();
    for (const id of news) this.#named.add(id);
    const names = await this.#quietly(this.#deps.personal.ofIds(this.#place.sessionId, news));
    if (names) this.local.emit("names", names);
    else for (const id of news) this.#named.delete(id);
  }

  /** Without names a view still says everything that counts. */
  async #quietly<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.#deps.log.warn({ err: error }, "names could not be read");
      return undefined;
    }
  }
}

function takesPacked(client: Client): boolean {
  return client.data.joined?.packed === true;
}
