import { z } from "zod";
import type { TagGroup } from "../state/customer-rows.ts";
import type { Corp } from "../state/corp.ts";
import { newId } from "../state/world.ts";
import { type Call, endpoint, type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { contactStaff } from "./visible.ts";

const TAGS_MAX = 10_000;
const TAGS_PER_TIE_MAX = 3_000;
const NAME_MAX = 30;

const NewTag = z.object({ name: z.string().min(1).max(NAME_MAX), order: z.int().min(0).default(0) });

function groupCard(group: TagGroup): Fields {
  const { id, name, madeAt, order, tags } = group;
  return {
    group_id: id,
    group_name: name,
    create_time: Math.floor(madeAt / 1000),
    order,
    deleted: false,
    tag: tags.map((tag) => ({
      id: tag.id,
      name: tag.name,
      create_time: Math.floor(tag.madeAt / 1000),
      order: tag.order,
      deleted: false,
    })),
  };
}

function groupOfTag(corp: Corp, tagId: string): TagGroup | undefined {
  return [...corp.tagGroups.values()].find(({ tags }) => tags.some(({ id }) => id === tagId));
}

const list = endpoint({
  path: "/cgi-bin/externalcontact/get_corp_tag_list",
  methods: ["POST"],
  contact: true,
  empty: { tag_group: [] },
  input: z.object({ tag_id: z.array(z.string()).default([]), group_id: z.array(z.string()).default([]) }),
  run({ corp }, { tag_id: tagIds, group_id: groupIds }) {
    const groups = [...corp.tagGroups.values()];
    // Named tags come before named groups; without either everything is given.
    if (tagIds.length > 0) {
      const some = groups.map((group) => ({ ...group, tags: group.tags.filter(({ id }) => tagIds.includes(id)) }));
      return { tag_group: some.filter(({ tags }) => tags.length > 0).map(groupCard) };
    }
    const wanted = groupIds.length > 0 ? groups.filter(({ id }) => groupIds.includes(id)) : groups;
    return { tag_group: wanted.map(groupCard) };
  },
});

const add = endpoint({
  path: "/cgi-bin/externalcontact/add_corp_tag",
  methods: ["POST"],
  contact: true,
  empty: { tag_group: {} },
  input: z.object({
    group_id: z.string().optional(),
    group_name: z.string().max(NAME_MAX).optional(),
    order: z.int().min(0).default(0),
    tag: z.array(NewTag).min(1),
    agentid: z.int().optional(),
  }),
  run(call, input) {
    const { corp, world, now } = call;
    const group = groupFor(call, input);
    if (isRefused(group)) return group;
    const names = input.tag.map(({ name }) => name);
    const taken = new Set(group.tags.map(({ name }) => name));
    if (new Set(names).size < names.length || names.some((name) => taken.has(name)))
      return refuse(40071, "tag name exists");
    const all = [...corp.tagGroups.values()].reduce((sum, { tags }) => sum + tags.length, 0);
    if (all + names.length > TAGS_MAX) return refuse(81017, "too many tags");
    const made = input.tag.map(({ name, order }) => ({ id: newId(world, "tag"), name, order, madeAt: now }));
    group.tags.push(...made);
    corp.tagGroups.set(group.id, group);
    world.changed();
    return { tag_group: groupCard({ ...group, tags: made }) };
  },
});

/** An existing group by id or by name, else a new one of this app. */
function groupFor(
  call: Call,
  input: { group_id?: string | undefined; group_name?: string | undefined; order: number },
): TagGroup | Refusal {
  const { corp, app, world, now } = call;
  const { group_id: id, group_name: name } = input;
  if (id !== undefined && id !== "") return corp.tagGroups.get(id) ?? refuse(40068, "invalid tag group id");
  if (name === undefined || name === "") return refuse(40063, "some parameters are empty: group_id, group_name");
  const known = [...corp.tagGroups.values()].find((group) => group.name === name);
  return known ?? { id: newId(world, "tag"), name, order: input.order, madeAt: now, agentId: app.agentId, tags: [] };
}

/** 301002: an app changes only what it made. */
function own(call: Call, group: TagGroup): Refusal | null {
  return group.agentId === call.app.agentId ? null : refuse(301002, "not allow operate tags of another app");
}

const edit = endpoint({
  path: "/cgi-bin/externalcontact/edit_corp_tag",
  methods: ["POST"],
  contact: true,
  input: z.object({
    id: z.string().min(1),
    name: z.string().max(NAME_MAX).optional(),
    order: z.int().min(0).optional(),
  }),
  run(call, { id, name, order }) {
    const { corp, world } = call;
    const group = corp.tagGroups.get(id) ?? groupOfTag(corp, id);
    if (!group) return refuse(40068, "invalid tag id");
    const foreign = own(call, group);
    if (foreign) return foreign;
    const edited = group.id === id ? group : group.tags.find((tag) => tag.id === id);
    const siblings = group.id === id ? [...corp.tagGroups.values()] : group.tags;
    if (!edited) return refuse(40068, "invalid tag id");
    if (name !== undefined && siblings.some((sibling) => sibling.id !== id && sibling.name === name)) {
      return refuse(40071, "tag name exists");
    }
    if (name !== undefined) edited.name = name;
    if (order !== undefined) edited.order = order;
    world.changed();
    return {};
  },
});

const remove = endpoint({
  path: "/cgi-bin/externalcontact/del_corp_tag",
  methods: ["POST"],
  contact: true,
  input: z.object({
    tag_id: z.array(z.string()).default([]),
    group_id: z.array(z.string()).default([]),
    agentid: z.int().optional(),
  }),
  run(call, { tag_id: tagIds, group_id: groupIds }) {
    const { corp, world } = call;
    if (tagIds.length + groupIds.length === 0) return refuse(40068, "invalid tag id");
    const touched = [...tagIds.map((id) => groupOfTag(corp, id)), ...groupIds.map((id) => corp.tagGroups.get(id))];
    for (const group of touched) {
      if (!group) return refuse(40068, "invalid tag id");
      const foreign = own(call, group);
      if (foreign) return foreign;
    }
    const gone = new Set(tagIds);
    for (const id of groupIds) {
      for (const tag of corp.tagGroups.get(id)?.tags ?? []) gone.add(tag.id);
      corp.tagGroups.delete(id);
    }
    for (const group of corp.tagGroups.values()) {
      group.tags = group.tags.filter(({ id }) => !gone.has(id));
      // A group without tags goes with its last one.
      if (group.tags.length === 0) corp.tagGroups.delete(group.id);
    }
    for (const { follows } of corp.customers.values()) {
      for (const tie of follows) if (tie.tagIds.length > 0) tie.tagIds = tie.tagIds.filter((id) => !gone.has(id));
    }
    world.changed();
    return {};
  },
});

const mark = endpoint({
  path: "/cgi-bin/externalcontact/mark_tag",
  methods: ["POST"],
  contact: true,
  input: z.object({
    userid: z.string().min(1),
    external_userid: z.string().min(1),
    add_tag: z.array(z.string()).default([]),
    remove_tag: z.array(z.string()).default([]),
  }),
  run(call, input) {
    const { corp, world, rates } = call;
    const staff = contactStaff(call, input.userid);
    if (isRefused(staff)) return staff;
    const tie = corp.followOf(input.userid, input.external_userid);
    if (!tie) return refuse(84061, "not external contact");
    if (input.add_tag.length + input.remove_tag.length === 0)
      return refuse(40063, "some parameters are empty: add_tag, remove_tag");
    if ([...input.add_tag, ...input.remove_tag].some((id) => !groupOfTag(corp, id)))
      return refuse(40068, "invalid tag id");
    const customer = `${corp.corpId}|tags|${input.external_userid}`;
    if (rates.isHeld(customer)) return refuse(45035, "tags of this customer are being edited");
    return rates.hold<Fields | Refusal>(customer, world.switches.tagHoldMs, () => {
      const gone = new Set(input.remove_tag);
      const kept = [...new Set([...tie.tagIds, ...input.add_tag])].filter((id) => !gone.has(id));
      if (kept.length > TAGS_PER_TIE_MAX) return refuse(81017, "too many tags on one customer");
      tie.tagIds = kept;
      world.changed();
      return {};
    });
  },
});

export const tagEndpoints = [list, add, edit, remove, mark];
