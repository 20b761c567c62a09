import type { CorpEvent, XmlField } from "../callbacks/event-xml.ts";
import { type Desk, NotPossible } from "../desk.ts";
import type { Corp } from "../state/corp.ts";
import type { Group, GroupMember, JoinWay } from "../state/group-rows.ts";
import { freshGroup, freshMember } from "../state/seed.ts";
import { newId } from "../state/world.ts";
import { addContent } from "../api/attachments.ts";

/** Several who join within this time share one greeting (§10: throttled). */
const GREETING_MS = 60_000;

export function groupOf(corp: Corp, chatId: string): Group {
  const group = corp.groups.get(chatId);
  if (!group || group.dismissed) throw new NotPossible(`there is no group ${chatId}`);
  return group;
}

export function createGroup(desk: Desk, corp: Corp, { name, owner }: { name: string; owner: string }): Group {
  if (!corp.staff.has(owner)) throw new NotPossible(`there is no member ${owner}`);
  const group = freshGroup(desk.world, { name, owner, madeAt: desk.world.now() });
  corp.addGroup(group);
  chatEvent(desk, corp, group, { changeType: "create", fields: () => [] });
  return group;
}

export function dismissGroup(desk: Desk, corp: Corp, chatId: string): void {
  const group = groupOf(corp, chatId);
  const before = { owner: group.owner, members: group.members.map(({ id }) => id) };
  group.dismissed = true;
  corp.reindexGroup(group, before);
  chatEvent(desk, corp, group, { changeType: "dismiss", fields: () => [] });
}

export type GroupChange = {
  readonly name?: string | undefined;
  readonly notice?: string | undefined;
  readonly owner?: string | undefined;
  readonly status?: number | undefined;
  /** The owner attaches a template of the library by hand. */
  readonly welcomeTemplateId?: string | null | undefined;
};

/** Each change is an event of its own, as on the platform. */
export function changeGroup(desk: Desk, corp: Corp, chatId: string, change: GroupChange): Group {
  const group = groupOf(corp, chatId);
  const { name, notice, owner, status } = change;
  if (name !== undefined) update(desk, corp, group, { detail: "change_name", apply: () => void (group.name = name) });
  if (notice !== undefined)
    update(desk, corp, group, { detail: "change_notice", apply: () => void (group.notice = notice) });
  if (owner !== undefined) {
    if (!corp.staff.has(owner)) throw new NotPossible(`there is no member ${owner}`);
    update(desk, corp, group, {
      detail: "change_owner",
      apply: () => {
        group.owner = owner;
        if (!group.members.some(({ id }) => id === owner)) group.members.push(freshMember(owner, 1, desk.world.now()));
      },
    });
  }
  if (status !== undefined) group.status = status;
  if (change.welcomeTemplateId !== undefined) group.welcomeTemplateId = change.welcomeTemplateId;
  desk.world.changed();
  return group;
}

export type Joining = Pick<GroupMember, "scene" | "invitor" | "state">;

export function joinGroup(
  desk: Desk,
  corp: Corp,
  chatId: string,
  joiners: { ids: readonly string[] } & Joining,
): Group {
  const { world } = desk;
  const group = groupOf(corp, chatId);
  const fresh = joiners.ids.filter((id) => !group.members.some((member) => member.id === id));
  if (fresh.length === 0) return group;
  if (group.members.length + fresh.length > world.switches.groupSizeMax) throw new NotPossible("the group is full");
  for (const id of fresh) {
    if (!corp.customers.has(id) && !corp.staff.has(id)) throw new NotPossible(`there is nobody called ${id}`);
  }
  const { scene, invitor, state } = joiners;
  update(desk, corp, group, {
    detail: "add_member",
    members: fresh,
    scene: scene === 3 ? 3 : 0,
    apply: () => {
      for (const id of fresh) {
        group.members.push({ ...freshMember(id, corp.staff.has(id) ? 1 : 2, world.now()), scene, invitor, state });
      }
    },
  });
  greet(desk, corp, group);
  return group;
}

/** By code: the first listed group with room; when all are full, the next one is made by itself. */
export function joinByCode(desk: Desk, corp: Corp, configId: string, customerId: string): Group {
  const way = corp.joinWays.get(configId);
  if (!way) throw new NotPossible(`there is no code ${configId}`);
  const open = way.chatIds.map((chatId) => corp.groups.get(chatId)).find((group) => hasRoom(desk, group, customerId));
  const group = open ?? nextGroup(desk, corp, way);
  return joinGroup(desk, corp, group.chatId, { ids: [customerId], scene: 3, invitor: null, state: way.state });
}

function hasRoom({ world }: Desk, group: Group | undefined, customerId: string): boolean {
  if (!group || group.dismissed) return false;
  if (group.members.some(({ id }) => id === customerId)) return true;
  return group.members.length < world.switches.groupSizeMax;
}

/** §8: `room_base_name + id`, counting up from room_base_id. */
function nextGroup(desk: Desk, corp: Corp, way: JoinWay): Group {
  if (!way.autoCreateRoom) throw new NotPossible("all groups of this code are full");
  const last = way.chatIds.map((chatId) => corp.groups.get(chatId)).findLast((group) => group !== undefined);
  if (!last) throw new NotPossible("this code leads to no group");
  const base = way.roomBaseName === "" ? last.name : way.roomBaseName;
  const group = createGroup(desk, corp, { name: `${base}${way.roomBaseId}`, owner: last.owner });
  way.roomBaseId += 1;
  way.chatIds.push(group.chatId);
  return group;
}

/** QuitScene: 0 left, 1 removed; sources disagree (§14), nobody may build on it. */
export function leaveGroup(desk: Desk, corp: Corp, chatId: string, leaver: { id: string; removed: boolean }): Group {
  const group = groupOf(corp, chatId);
  if (!group.members.some(({ id }) => id === leaver.id)) throw new NotPossible(`${leaver.id} is not in the group`);
  if (leaver.id === group.owner) throw new NotPossible("the owner cannot leave");
  update(desk, corp, group, {
    detail: "del_member",
    members: [leaver.id],
    quitScene: leaver.removed ? 1 : 0,
    apply: () => {
      group.members = group.members.filter(({ id }) => id !== leaver.id);
    },
  });
  return group;
}

type Update = {
  readonly detail: "add_member" | "del_member" | "change_owner" | "change_name" | "change_notice";
  readonly members?: readonly string[];
  readonly scene?: number;
  readonly quitScene?: number;
  readonly apply: () => void;
};

function update(desk: Desk, corp: Corp, group: Group, { detail, members = [], scene, quitScene, apply }: Update): void {
  const { world } = desk;
  const before = structuredClone(group);
  const visibleAt = world.now() + world.switches.detailLagMs;
  if (world.switches.detailLagMs > 0) {
    const pending = corp.lagging.get(group.chatId);
    if (pending) pending.push({ visibleAt, before });
    else corp.lagging.set(group.chatId, [{ visibleAt, before }]);
  }
  apply();
  if (members.length > 0) group.memberVersion = world.chance.hex(32);
  corp.reindexGroup(group, { owner: before.owner, members: before.members.map(({ id }) => id) });
  chatEvent(desk, corp, group, {
    changeType: "update",
    fields: () => [
      ["UpdateDetail", detail],
      ...(scene === undefined ? [] : [["JoinScene", joinSceneShown(desk, scene)] as const]),
      ...(quitScene === undefined ? [] : [["QuitScene", quitScene] as const]),
      ...changedMembers(desk, members, { last: before.memberVersion, current: group.memberVersion }),
    ],
  });
}

function joinSceneShown({ world }: Desk, scene: number): number {
  return world.switches.callbacks.joinScene === "always1" ? 1 : scene;
}

function changedMembers(desk: Desk, ids: readonly string[], version: { last: string; current: string }): XmlField[] {
  const form = desk.world.switches.callbacks.memChangeList;
  if (ids.length === 0 || form === "absent") return [];
  return [
    ["MemChangeCnt", ids.length],
    ["MemChangeList", form === "items" ? { items: ids } : ids.join(",")],
    ["LastMemVer", version.last],
    ["CurMemVer", version.current],
  ];
}

function chatEvent(desk: Desk, corp: Corp, group: Group, event: Pick<CorpEvent, "changeType" | "fields">): void {
  desk.deliveries.raise(corp, {
    event: "change_external_chat",
    changeType: event.changeType,
    userid: group.owner,
    fields: (app) => [["ChatId", group.chatId], ...event.fields(app)],
  });
  desk.world.changed();
}

/** The owner attached a template to the group by hand; the platform greets in the group, nobody is called back. */
function greet({ world }: Desk, corp: Corp, group: Group): void {
  const template = group.welcomeTemplateId === null ? undefined : corp.groupWelcomes.get(group.welcomeTemplateId);
  if (!template) return;
  const last = corp.posts.get(group.chatId)?.findLast(({ via }) => via === "welcome");
  if (last && world.now() - last.at < GREETING_MS) return;
  const attachments = template.attachment === null ? [] : [template.attachment];
  const text = template.text.replaceAll("%NICKNAME%", "新朋友");
  const contentId = addContent(world, corp, { text, attachments });
  corp.addPost(group.chatId, {
    id: newId(world, "post"),
    at: world.now(),
    from: group.owner,
    via: "welcome",
    contentId,
    msgid: null,
  });
}
