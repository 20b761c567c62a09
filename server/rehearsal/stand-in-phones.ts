import { z } from "zod";

/** The phones of 示例企业 over HTTP, as its people use them: nothing here is known to whoever pushes. */

const TASKS_SHOWN = 200;
const Content = z.object({ text: z.string(), attachments: z.array(z.looseObject({})) }).nullable();
const Tasks = z.object({
  tasks: z.array(
    z.object({
      msgid: z.string(),
      chatType: z.enum(["single", "group"]),
      content: Content,
      senders: z.array(
        z.object({ userid: z.string(), targets: z.array(z.object({ id: z.string(), status: z.int() })) }),
      ),
    }),
  ),
});
const Member = z.object({ id: z.string(), type: z.int() });
const Group = z.object({ chatId: z.string(), name: z.string(), owner: z.string() });
const Chats = z.object({ corps: z.array(z.object({ internalChats: z.array(z.object({ chatId: z.string() })) })) });
const Codes = z.object({ joinWays: z.array(z.object({ configId: z.string() })) });
const Customer = z.object({ id: z.string(), unionid: z.string() });
/** WeCom tells the unionid of those who come by WeChat alone. */
const Known = z.object({
  customer: Customer.extend({ type: z.int() }),
  groups: z.array(z.object({ chatId: z.string() })),
});
const SENT = 1;
const WECHAT = 1;
const ANSWER_MS = 5_000;

/** Somebody of 示例企业, and by what shops know them. */
export type StandInCustomer = z.infer<typeof Customer>;

/** A 群发 as it lies on one member's phone. */
export type PhoneTask = {
  readonly msgid: string;
  readonly userid: string;
  /** The words and cards, as text. */
  readonly said: string;
  readonly single: boolean;
};

export class StandInPhones {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async tasks(): Promise<PhoneTask[]> {
    const { tasks } = await this.#get(`tasks?limit=${TASKS_SHOWN}`, Tasks);
    return tasks.flatMap(({ msgid, chatType, content, senders }) => {
      const said = `${content?.text ?? ""} ${JSON.stringify(content?.attachments ?? [])}`;
      return senders.map(({ userid }) => ({ msgid, userid, said, single: chatType === "single" }));
    });
  }

  /** Presses send; the chats or customers that it went to. */
  async send({ msgid, userid }: Pick<PhoneTask, "msgid" | "userid">): Promise<string[]> {
    await this.#post(`staff/${userid}/tasks/${msgid}/send`, {});
    const { tasks } = await this.#get(`tasks?limit=${TASKS_SHOWN}`, Tasks);
    const own = tasks.find((task) => task.msgid === msgid)?.senders.find((sender) => sender.userid === userid);
    return (own?.targets ?? []).filter(({ status }) => status === SENT).map(({ id }) => id);
  }

  async customersIn(chatId: string): Promise<string[]> {
    const { members } = await this.#get(`groups/${chatId}`, z.object({ members: z.array(Member) }));
    return members.filter(({ type }) => type === 2).map(({ id }) => id);
  }

  async staffByName(): Promise<Map<string, string>> {
    const Staff = z.object({ staff: z.array(z.object({ userid: z.string(), name: z.string() })) });
    const { staff } = await this.#get("staff?limit=1000", Staff);
    return new Map(staff.map(({ name, userid }) => [name, userid]));
  }

  async groupsOf(userid: string): Promise<z.infer<typeof Group>[]> {
    const query = new URLSearchParams({ owner: userid, limit: "1000" });
    return (await this.#get(`groups?${query}`, z.object({ groups: z.array(Group) }))).groups;
  }

  /** What robots said in the internal groups. */
  async internalPosts(): Promise<string[]> {
    const { corps } = await this.#get("corps", Chats);
    const chats = corps.flatMap(({ internalChats }) => internalChats);
    const shape = z.object({ posts: z.array(z.object({ content: Content })) });
    const read = await Promise.all(chats.map(({ chatId }) => this.#get(`internal-chats/${chatId}`, shape)));
    return read.flatMap(({ posts }) => posts.map(({ content }) => content?.text ?? ""));
  }

  async forward(userid: string, chatIds: readonly string[], text: string): Promise<void> {
    await this.#post(`staff/${userid}/forward`, { chatIds, words: { text } });
  }

  async tap(customerId: string, chatId: string, url: string): Promise<void> {
    await this.#post(`customers/${customerId}/tap`, { chatId, url });
  }

  /** Null: they are no WeChat user, whom no shop would know either. */
  async customer(customerId: string): Promise<StandInCustomer | null> {
    const { customer } = await this.#get(`customers/${customerId}`, Known);
    return customer.type === WECHAT ? customer : null;
  }

  /** Leaves all groups that they are in. */
  async leave(customerId: string): Promise<void> {
    const { groups } = await this.#get(`customers/${customerId}`, Known);
    for (const { chatId } of groups) await this.#post(`groups/${chatId}/leave`, { id: customerId });
  }

  /** Somebody new comes: by a code where there is one, else because a friend sent them the group. */
  async join(chatId: string, pick: <T>(items: readonly T[]) => T): Promise<StandInCustomer> {
    const customer = Customer.parse(await this.#post("customers", {}));
    const { id } = customer;
    const { joinWays } = await this.#get("codes", Codes);
    if (joinWays.length > 0) await this.#post(`customers/${id}/scan`, { code: pick(joinWays).configId });
    else await this.#post(`groups/${chatId}/join`, { ids: [id], scene: 2 });
    return customer;
  }

  async #get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    return shape.parse(await this.#ask(path, {}));
  }

  #post(path: string, body: object): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(path: string, init: RequestInit): Promise<unknown> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(`${this.#url}/emulator/${path}`, { ...init, signal });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
    return answer.json();
  }
}
