import { z } from "zod";
import { App, Department, InternalChat, Medium, Robot, Staff } from "./corp-rows.ts";
import { ContactWay, Customer, type Follow, TagGroup, Welcome } from "./customer-rows.ts";
import { Group, GroupWelcome, JoinWay } from "./group-rows.ts";
import { Content, MomentTask, Post, SendTask, Tap } from "./send-rows.ts";

export const SavedCorp = z.object({
  corpId: z.string(),
  name: z.string(),
  apps: z.array(App),
  departments: z.array(Department),
  staff: z.array(Staff),
  internalChats: z.array(InternalChat),
  robots: z.array(Robot),
  media: z.array(Medium),
  customers: z.array(Customer),
  tagGroups: z.array(TagGroup),
  contactWays: z.array(ContactWay),
  welcomes: z.array(Welcome),
  groups: z.array(Group),
  joinWays: z.array(JoinWay),
  groupWelcomes: z.array(GroupWelcome),
  contents: z.array(Content),
  posts: z.array(z.tuple([z.string(), z.array(Post)])),
  tasks: z.array(SendTask),
  moments: z.array(MomentTask),
  taps: z.array(Tap),
  received: z.array(z.tuple([z.string(), z.array(z.number())])),
});
export type SavedCorp = z.infer<typeof SavedCorp>;

/** Enough for a page; a chat of a long rehearsal must not grow without end. */
const POSTS_KEPT_PER_CHAT = 200;
const TAPS_KEPT = 20_000;

function keyed<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function addTo<Key>(index: Map<Key, Set<string>>, key: Key, value: string): void {
  const set = index.get(key);
  if (set) set.add(value);
  else index.set(key, new Set([value]));
}

/** One company: rows in maps, and the indices that make 10,000 groups and 100,000 customers quick to ask. Rows are changed in place. */
export class Corp {
  readonly corpId: string;
  name: string;
  readonly apps: Map<number, App>;
  readonly departments: Map<number, Department>;
  readonly staff: Map<string, Staff>;
  readonly internalChats: Map<string, InternalChat>;
  readonly robots: Map<string, Robot>;
  readonly media: Map<string, Medium>;
  readonly customers: Map<string, Customer>;
  readonly tagGroups: Map<string, TagGroup>;
  readonly contactWays: Map<string, ContactWay>;
  readonly welcomes: Welcome[];
  readonly groups: Map<string, Group>;
  readonly joinWays: Map<string, JoinWay>;
  readonly groupWelcomes: Map<string, GroupWelcome>;
  readonly contents: Map<string, Content>;
  readonly posts: Map<string, Post[]>;
  readonly tasks: Map<string, SendTask>;
  readonly moments: Map<string, MomentTask>;
  readonly taps: Tap[];
  /** By customer or group: when each mass message reached it, whoever sent it. */
  readonly received: Map<string, number[]>;

  /** Changes of a group that its detail does not show yet, oldest first, each with the group as it was before. */
  readonly lagging = new Map<string, { visibleAt: number; before: Group }[]>();

  readonly customersOf = new Map<string, Set<string>>();
  readonly groupsOf = new Map<string, Set<string>>();
  readonly groupsWith = new Map<string, Set<string>>();
  readonly tasksOf = new Map<string, Set<string>>();

  constructor(saved: SavedCorp) {
    this.corpId = saved.corpId;
    this.name = saved.name;
    this.apps = keyed(saved.apps, ({ agentId }) => agentId);
    this.departments = keyed(saved.departments, ({ id }) => id);
    this.staff = keyed(saved.staff, ({ userid }) => userid);
    this.internalChats = keyed(saved.internalChats, ({ chatId }) => chatId);
    this.robots = keyed(saved.robots, ({ key }) => key);
    this.media = keyed(saved.media, ({ mediaId }) => mediaId);
    this.customers = keyed(saved.customers, ({ id }) => id);
    this.tagGroups = keyed(saved.tagGroups, ({ id }) => id);
    this.contactWays = keyed(saved.contactWays, ({ configId }) => configId);
    this.welcomes = saved.welcomes;
    this.groups = keyed(saved.groups, ({ chatId }) => chatId);
    this.joinWays = keyed(saved.joinWays, ({ configId }) => configId);
    this.groupWelcomes = keyed(saved.groupWelcomes, ({ templateId }) => templateId);
    this.contents = keyed(saved.contents, ({ id }) => id);
    this.posts = new Map(saved.posts);
    this.tasks = keyed(saved.tasks, ({ msgid }) => msgid);
    this.moments = keyed(saved.moments, ({ jobId }) => jobId);
    this.taps = saved.taps;
    this.received = new Map(saved.received);
    for (const customer of this.customers.values()) this.#indexCustomer(customer);
    for (const group of this.groups.values()) this.#indexGroup(group);
    for (const task of this.tasks.values()) this.#indexTask(task);
  }

  static empty(corpId: string, name: string): Corp {
    const departments = [{ id: 1, name, parentId: 0 }];
    const rows = { apps: [], staff: [], internalChats: [], robots: [], media: [], customers: [], tagGroups: [] };
    const codes = { contactWays: [], welcomes: [], groups: [], joinWays: [], groupWelcomes: [] };
    const sends = { contents: [], posts: [], tasks: [], moments: [], taps: [], received: [] };
    return new Corp({ corpId, name, departments, ...rows, ...codes, ...sends });
  }

  saved(): SavedCorp {
    return {
      corpId: this.corpId,
      name: this.name,
      apps: [...this.apps.values()],
      departments: [...this.departments.values()],
      staff: [...this.staff.values()],
      internalChats: [...this.internalChats.values()],
      robots: [...this.robots.values()],
      media: [...this.media.values()],
      customers: [...this.customers.values()],
      tagGroups: [...this.tagGroups.values()],
      contactWays: [...this.contactWays.values()],
      welcomes: this.welcomes,
      groups: [...this.groups.values()],
      joinWays: [...this.joinWays.values()],
      groupWelcomes: [...this.groupWelcomes.values()],
      contents: [...this.contents.values()],
      posts: [...this.posts],
      tasks: [...this.tasks.values()],
      moments: [...this.moments.values()],
      taps: this.taps,
      received: [...this.received],
    };
  }

  addCustomer(customer: Customer): void {
    this.customers.set(customer.id, customer);
    this.#indexCustomer(customer);
  }

  followOf(userid: string, customerId: string): Follow | undefined {
    return this.customers.get(customerId)?.follows.find((follow) => follow.userid === userid);
  }

  addFollow(customer: Customer, follow: Follow): void {
    customer.follows.push(follow);
    addTo(this.customersOf, follow.userid, customer.id);
  }

  removeFollow(customer: Customer, userid: string): void {
    customer.follows = customer.follows.filter((follow) => follow.userid !== userid);
    this.customersOf.get(userid)?.delete(customer.id);
  }

  addGroup(group: Group): void {
    this.groups.set(group.chatId, group);
    this.#indexGroup(group);
  }

  /** After a change of members or owner. What stays keeps its place, so that lists do not jump. */
  reindexGroup(group: Group, before: { owner: string; members: readonly string[] }): void {
    const { chatId, dismissed } = group;
    const stays = new Set(dismissed ? [] : group.members.map(({ id }) => id));
    if (dismissed || before.owner !== group.owner) this.groupsOf.get(before.owner)?.delete(chatId);
    for (const id of before.members) if (!stays.has(id)) this.groupsWith.get(id)?.delete(chatId);
    this.#indexGroup(group);
  }

  addTask(task: SendTask): void {
    this.tasks.set(task.msgid, task);
    this.#indexTask(task);
  }

  addPost(chat: string, post: Post): void {
    const posts = this.posts.get(chat);
    if (!posts) {
      this.posts.set(chat, [post]);
      return;
    }
    posts.push(post);
    if (posts.length > POSTS_KEPT_PER_CHAT) posts.splice(0, posts.length - POSTS_KEPT_PER_CHAT);
  }

  addTap(tap: Tap): void {
    this.taps.push(tap);
    if (this.taps.length > TAPS_KEPT) this.taps.splice(0, this.taps.length - TAPS_KEPT);
  }

  #indexCustomer(customer: Customer): void {
    for (const { userid } of customer.follows) addTo(this.customersOf, userid, customer.id);
  }

  #indexGroup(group: Group): void {
    if (group.dismissed) return;
    addTo(this.groupsOf, group.owner, group.chatId);
    for (const { id } of group.members) addTo(this.groupsWith, id, group.chatId);
  }

  #indexTask(task: SendTask): void {
    for (const { userid } of task.senders) addTo(this.tasksOf, userid, task.msgid);
  }
}

/** The chat of one member with one customer. */
export function privateChat(userid: string, customerId: string): string {
  return `${userid}|${customerId}`;
}

/** What an app sent to one member. */
export function appChat(agentId: number, userid: string): string {
  return `app:${agentId}|${userid}`;
}
