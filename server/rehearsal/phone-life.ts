import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { RehearsalApi } from "./api.ts";
import type { AudienceModel } from "./audience-model.ts";
import type { Chance } from "./chance.ts";
import type { ControlView } from "./control-view.ts";
import { type Asked, createPhones, type CustomerAct, type PhonesModel } from "./phones-model.ts";
import type { SpreadModel } from "./spread-model.ts";
import type { PhoneTask, StandInCustomer, StandInPhones } from "./stand-in-phones.ts";

/**
 * Lets the people of 示例企业 live with what a rehearsal sends them: staff send and forward, customers read, tap and come into the show. They see what
 * their phones and the public pages show; the show's own view only tells which of it is this show's.
 */

type Parts = {
  readonly api: RehearsalApi;
  readonly phones: StandInPhones;
  readonly audience: AudienceModel;
  readonly chance: Chance;
  readonly seed: number;
  readonly spread: Pick<SpreadModel, "tapped" | "joined">;
};

type Forwarding = {
  readonly taskId: string;
  readonly token: string;
  readonly memberId: string;
  readonly userid: string;
};

const List = z.object({ members: z.array(z.object({ memberId: z.string(), name: z.string() })) });
const Words = z.object({
  taskId: z.string(),
  words: z.string().nullable(),
  groups: z.array(z.object({ groupId: z.string(), name: z.string() })),
});
const FORWARD_LINK = /\/forward\/(kf\.[\w.~-]+)/g;
/** Real time between two looks at the robot's messages. */
const LOOK_MS = 1_000;
const AT_ONCE = 6;
/** Real time until Kaibo was told of who joined and has read them. */
const READ_MS = 3_000;
const FAILURES_MAX = 3;
/** Whoever is still at it when the rehearsal ends is left alone. */
const END_MS = 5_000;

export class PhoneLife {
  readonly #parts: Parts;
  readonly #model: PhonesModel;
  readonly #mine = new Map<string, PhoneTask>();
  readonly #forwardings = new Map<string, Forwarding>();
  readonly #readLinks = new Set<string>();
  /** Customers who came once are the same person the next time. */
  readonly #persons = new Map<string, string>();
  #working: Promise<void> | null = null;
  #lookAt = 0;
  #newcomers: { readonly customer: StandInCustomer; readonly at: number }[] = [];
  /** Times in a row. */
  #failures = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#model = createPhones(parts.seed);
  }

  /** Does not keep the show's clock waiting; while its people are busy, what falls due waits for them. */
  step(view: ControlView, showAt: number): void {
    if (this.#failures >= FAILURES_MAX || view.pushTasks.length === 0) return;
    this.#working ??= this.#live(view, showAt)
      .then(
        () => (this.#failures = 0),
        (error: unknown) => {
          this.#failures += 1;
          // The stand-in was started anew somewhere else. The show goes on; its people have no phones any more.
          if (this.#failures === FAILURES_MAX)
            console.error("the simulated people can't use their phones any more", error);
        },
      )
      .then(() => {
        this.#working = null;
      });
  }

  async end(): Promise<void> {
    await Promise.race([this.#working, sleep(END_MS, undefined, { ref: false })]);
  }

  async #live(view: ControlView, showAt: number): Promise<void> {
    this.#tellNewcomers();
    await this.#find(view);
    for (const asked of this.#model.done(showAt, this.#asked(view))) await this.#answer(view, showAt, asked);
    const acts = [...this.#model.due(showAt)].toReversed();
    const count = acts.length;
    const failed: unknown[] = [];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let act = acts.pop(); act; act = acts.pop()) {
        // What one of them can't do, as to leave a group that is gone, keeps nobody else from their phone.
        await this.#act(act, showAt).catch((error: unknown) => failed.push(error));
      }
    });
    await Promise.all(workers);
    if (count > 0 && failed.length === count) throw new Error("none of them could", { cause: failed[0] });
  }

  /** What staff are asked for and have not done. */
  #asked(view: ControlView): Asked[] {
    return view.pushTasks.flatMap(({ taskId, role, state, msgid, pressedAt, reminders }) => {
      if (state !== "waiting" || pressedAt !== null) return [];
      const member = role === "mass" ? this.#mine.get(msgid ?? "")?.userid : this.#forwardings.get(taskId)?.userid;
      return member === undefined ? [] : [{ key: taskId, member, reminders: reminders.length }];
    });
  }

  async #find(view: ControlView): Promise<void> {
    const waiting = view.pushTasks.filter(({ state }) => state === "waiting");
    if (waiting.some(({ role, msgid }) => role === "mass" && msgid !== null && !this.#mine.has(msgid))) {
      for (const task of await this.#parts.phones.tasks()) this.#mine.set(task.msgid, task);
    }
    const toForward = waiting.filter(({ role, taskId }) => role === "forward" && !this.#forwardings.has(taskId));
    if (toForward.length === 0 || performance.now() < this.#lookAt) return;
    this.#lookAt = performance.now() + LOOK_MS;
    await this.#readRobot(new Set(toForward.map(({ taskId }) => taskId)));
  }

  /** The robot's message leads to the list, where each member finds their own groups. */
  async #readRobot(taskIds: ReadonlySet<string>): Promise<void> {
    const { api, phones } = this.#parts;
    const links = (await phones.internalPosts()).flatMap((text) =>
      [...text.matchAll(FORWARD_LINK)].map(([, link]) => link),
    );
    const staff = await phones.staffByName();
    for (const token of links) {
      if (token === undefined || this.#readLinks.has(token)) continue;
      this.#readLinks.add(token);
      const list = await api.forwardList(token, "", List);
      for (const { memberId, name } of list?.members ?? []) {
        const own = await api.forwardList(token, `/members/${memberId}`, Words);
        const userid = staff.get(name);
        if (!own || userid === undefined || !taskIds.has(own.taskId)) continue;
        this.#forwardings.set(own.taskId, { taskId: own.taskId, token, memberId, userid });
      }
    }
  }

  async #answer(view: ControlView, showAt: number, { key: taskId }: Asked): Promise<void> {
    const forwarding = this.#forwardings.get(taskId);
    if (forwarding) return this.#forward(showAt, forwarding);
    const msgid = view.pushTasks.find((task) => task.taskId === taskId)?.msgid;
    const task = this.#mine.get(msgid ?? "");
    if (!task) return;
    const reached = await this.#parts.phones.send(task).catch(() => []);
    const url = linkIn(task.said, taskId);
    for (const id of reached) await this.#arrive(showAt, { chatId: id, single: task.single, via: taskId, url });
  }

  async #forward(showAt: number, { taskId, token, memberId, userid }: Forwarding): Promise<void> {
    const { api, phones } = this.#parts;
    const own = await api.forwardList(token, `/members/${memberId}`, Words);
    if (!own || own.words === null) return;
    const chats = await phones.groupsOf(userid);
    for (const { groupId, name } of own.groups) {
      const chat = chats.find((one) => one.name === name);
      if (!chat) continue;
      await phones.forward(userid, [chat.chatId], own.words);
      await api.tick(token, memberId, { taskId, groupId });
      await this.#arrive(showAt, { chatId: chat.chatId, single: false, via: taskId, url: linkIn(own.words, taskId) });
    }
  }

  async #arrive(
    showAt: number,
    { chatId, single, via, url }: { chatId: string; single: boolean; via: string; url: string | null },
  ): Promise<void> {
    // Words without a link bring nobody.
    if (url === null) return;
    const customerIds = single ? [chatId] : await this.#parts.phones.customersIn(chatId);
    this.#model.arrived(showAt, { via, url, chatId, customerIds });
  }

  #tellNewcomers(): void {
    const now = performance.now();
    for (const { customer, at } of this.#newcomers) if (at <= now) this.#parts.spread.joined(customer);
    this.#newcomers = this.#newcomers.filter(({ at }) => at > now);
  }

  async #act(act: CustomerAct, showAt: number): Promise<void> {
    const { phones, chance } = this.#parts;
    if (act.kind === "leave") return phones.leave(act.customerId);
    if (act.kind === "tap") return this.#tap(act, showAt);
    // A full group, or one that was dismissed: they do not get in, as in life.
    const customer = await phones.join(act.chatId, (items) => chance.pick(items)).catch(() => null);
    if (!customer) return;
    this.#newcomers.push({ customer, at: performance.now() + READ_MS });
    this.#model.joined(showAt, act.chatId, customer.id);
  }

  async #tap({ customerId, chatId, url, via }: CustomerAct & { kind: "tap" }, showAt: number): Promise<void> {
    const { api, phones, audience, spread } = this.#parts;
    await phones.tap(customerId, chatId, url);
    const personId = this.#persons.get(customerId) ?? audience.comeBy(via, showAt);
    this.#persons.set(customerId, personId);
    await api.opened(personId, via);
    spread.tapped(via, await phones.customer(customerId));
  }
}

/** The link of this task among the words and cards of a message; null: it has none. */
function linkIn(said: string, taskId: string): string | null {
  const found = said
    .match(/https?:\/\/[^\s"'<>()\\]+/g)
    ?.find((url) => new RegExp(`[?&#]p=${taskId}(?![\\w-])`).test(url));
  return found ?? null;
}
