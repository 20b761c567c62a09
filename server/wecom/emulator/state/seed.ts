import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import type { Corp } from "./corp.ts";
import type { App } from "./corp-rows.ts";
import type { Customer, Follow } from "./customer-rows.ts";
import type { Group, GroupMember } from "./group-rows.ts";
import { newId, type World } from "./world.ts";

export const CorpSeed = z.object({
  corpId: z.string().min(1).max(64).optional(),
  name: z.string().min(1).max(64).default("示例企业"),
  staff: z.int().min(1).max(20_000).default(6),
  groups: z.int().min(0).max(100_000).default(12),
  customers: z.int().min(0).max(1_000_000).default(120),
  /** Customers a group begins with; it may hold fewer when there are not so many. */
  customersPerGroup: z.int().min(0).max(500).default(12),
  apps: z.int().min(1).max(10).default(1),
  firstAgentId: z.int().min(1).default(1_000_002),
  callbackUrl: z.url().nullable().default(null),
});
export type CorpSeed = z.infer<typeof CorpSeed>;

const purposes = ["直播", "秒杀", "内容", "福利"] as const;
const positions = ["主播", "运营", "客服", "店长"] as const;

export function seedCorp(world: World, seed: CorpSeed): Corp {
  const corp = world.addCorp(seed.name, seed.corpId);
  for (let at = 0; at < seed.apps; at += 1) addApp(world, corp, seed.firstAgentId + at, seed.callbackUrl);
  for (const [at, name] of ["直播运营部", "客户服务部"].entries()) {
    corp.departments.set(at + 2, { id: at + 2, name, parentId: 1 });
  }
  for (let at = 1; at <= seed.staff; at += 1) addStaff(world, corp, at);
  const staff = [...corp.staff.keys()];
  addInternalChat(world, corp, { name: "示例直播作战群", members: staff.slice(0, 200), robot: "开播助手" });
  for (let at = 1; at <= seed.customers; at += 1) addCustomer(world, corp, at, staff);
  const customers = [...corp.customers.keys()];
  for (let at = 1; at <= seed.groups; at += 1)
    addGroup(world, corp, at, { staff, customers, size: seed.customersPerGroup });
  world.changed();
  return corp;
}

export function addApp(world: World, corp: Corp, agentId: number, callbackUrl: string | null): App {
  const app: App = {
    agentId,
    name: "开播 Kaibo",
    secret: world.chance.id("", 43),
    seesAll: true,
    seesUsers: [],
    seesDepartments: [],
    externalContact: true,
    contactCallbacks: true,
    trustedIps: [],
    redirectDomains: [],
    callbackUrl,
    callbackToken: world.chance.id("", 24),
    // 43 letters and digits: with a "=" behind them the base64 of 32 bytes.
    aesKey: world.chance.id("", 43),
    suiteId: world.chance.id("ww", 18).toLowerCase(),
    token: null,
  };
  corp.apps.set(agentId, app);
  return app;
}

function addStaff(world: World, corp: Corp, at: number): void {
  const userid = `staff${String(at).padStart(2, "0")}`;
  corp.staff.set(userid, {
    userid,
    name: `示例员工${String(at).padStart(2, "0")}`,
    position: world.chance.pick(positions) ?? "运营",
    mobile: `1380000${String(at % 10_000).padStart(4, "0")}`,
    departments: [2 + ((at - 1) % 2)],
    active: true,
    realName: true,
    externalContact: true,
    adminWelcome: false,
    oldClient: false,
  });
}

/** A chat of staff with a robot in it; the first member owns it. */
export function addInternalChat(
  world: World,
  corp: Corp,
  { name, members, robot }: { name: string; members: readonly string[]; robot: string },
): { chatId: string; key: string } {
  const chatId = newId(world, "chat");
  corp.internalChats.set(chatId, { chatId, name, owner: members[0] ?? "", members: [...members], byAgent: null });
  const hex = (length: number) => world.chance.hex(length);
  const key = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
  corp.robots.set(key, { key, name: robot, chatId, state: "on" });
  return { chatId, key };
}

export function freshFollow(userid: string, madeAt: number): Follow {
  const words = { remark: "", description: "", company: "", state: "" };
  return {
    userid,
    ...words,
    mobiles: [],
    madeAt,
    addWay: 1,
    channels: null,
    tagIds: [],
    lastChatAt: madeAt,
    lost: false,
  };
}

export function freshCustomer(world: World, name: string): Customer {
  const ids = { id: newId(world, "customer"), unionid: newId(world, "unionid"), openid: newId(world, "openid") };
  return { ...ids, name, type: 1, gender: world.chance.below(3), follows: [] };
}

function addCustomer(world: World, corp: Corp, at: number, staff: readonly string[]): void {
  const customer = freshCustomer(world, `示例客户${String(at).padStart(4, "0")}`);
  const first = staff[(at - 1) % staff.length];
  const madeAt = world.now() - world.chance.below(90) * DAY_MS - DAY_MS;
  if (first !== undefined) {
    const fromLive = world.chance.below(10) === 0;
    customer.follows.push({
      ...freshFollow(first, madeAt),
      ...(fromLive ? { addWay: 10, channels: { nickname: "示例视频号", source: 2 } } : {}),
    });
  }
  corp.addCustomer(customer);
}

type GroupSeed = { staff: readonly string[]; customers: readonly string[]; size: number };

function addGroup(world: World, corp: Corp, at: number, { staff, customers, size }: GroupSeed): void {
  const owner = staff[(at - 1) % staff.length];
  if (owner === undefined) return;
  const purpose = purposes[(at - 1) % purposes.length] ?? "直播";
  const madeAt = world.now() - world.chance.below(180) * DAY_MS - DAY_MS;
  const group = freshGroup(world, { name: `示例${purpose}群${String(at).padStart(2, "0")}`, owner, madeAt });
  const chosen = new Set<string>();
  const wanted = Math.min(size, customers.length);
  const start = customers.length === 0 ? 0 : ((at - 1) * size) % customers.length;
  for (let step = 0; step < wanted; step += 1) {
    const id = customers[(start + step) % customers.length];
    if (id !== undefined) chosen.add(id);
  }
  for (const id of chosen) {
    const scene = 1 + world.chance.below(3);
    const joinedAt = madeAt + world.chance.below(Math.max(1, world.now() - madeAt));
    group.members.push({ ...freshMember(id, 2, joinedAt), scene, invitor: scene === 3 ? null : owner });
  }
  corp.addGroup(group);
}

export function freshMember(id: string, type: number, joinedAt: number): GroupMember {
  return { id, type, joinedAt, scene: 1, invitor: null, state: "", nickname: "" };
}

export function freshGroup(world: World, { name, owner, madeAt }: Pick<Group, "name" | "owner" | "madeAt">): Group {
  return {
    chatId: newId(world, "chat"),
    opengid: newId(world, "opengid"),
    name,
    owner,
    madeAt,
    notice: "",
    status: 0,
    admins: [],
    members: [freshMember(owner, 1, madeAt)],
    memberVersion: world.chance.hex(32),
    dismissed: false,
    welcomeTemplateId: null,
  };
}
