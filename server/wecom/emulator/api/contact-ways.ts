import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import type { ContactWay } from "../state/customer-rows.ts";
import { cut } from "./byte-limits.ts";
import { type Call, endpoint, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { ById, codesLeft, ownCode, removing } from "./own-code.ts";
import { sees } from "./request.ts";
import { cursorOf, offsetOf } from "./visible.ts";

const MEMBERS_MAX = 100;

const Changeable = {
  style: z.int().default(1),
  remark: z.string().default(""),
  skip_verify: z.boolean().default(true),
  state: z.string().max(30).default(""),
  user: z.array(z.string()).default([]),
  party: z.array(z.int()).default([]),
  is_temp: z.boolean().default(false),
  expires_in: z.int().optional(),
  chat_expires_in: z.int().optional(),
  unionid: z.string().optional(),
  is_exclusive: z.boolean().default(false),
  mark_source: z.boolean().default(true),
  conclusions: z.unknown().optional(),
};
const Body = z.object({ type: z.int(), scene: z.int(), ...Changeable });

/** Everybody the code leads to, departments spread out: at most 100, active, real-named, in the visible range. */
function checkedMembers({ corp, app }: Call, users: readonly string[], parties: readonly number[]): Refusal | null {
  const named = users.map((userid) => corp.staff.get(userid));
  if (named.some((staff) => staff === undefined)) return refuse(40003, "invalid userid");
  const inParties = [...corp.staff.values()].filter(({ departments }) =>
    departments.some((one) => parties.includes(one)),
  );
  const all = new Map([...named, ...inParties].flatMap((staff) => (staff ? [[staff.userid, staff] as const] : [])));
  if (all.size > MEMBERS_MAX) return refuse(41041, "contact way users exceed limit");
  for (const staff of all.values()) {
    if (!sees(app, staff)) return refuse(60011, "no privilege to access/modify contact/party/agent");
    if (!staff.externalContact) return refuse(84074, "no external contact permission");
    if (!staff.active || !staff.realName) return refuse(41054, "user not active");
  }
  return null;
}

const add = endpoint({
  path: "/cgi-bin/externalcontact/add_contact_way",
  methods: ["POST"],
  contact: true,
  empty: { config_id: "" },
  input: Body,
  run(call, body) {
    const { corp, world, app, now, origin } = call;
    if (body.type !== 1 && body.type !== 2) return refuse(40058, "invalid Request Parameter: type");
    if (body.scene !== 1 && body.scene !== 2) return refuse(41040, "invalid scene");
    if (body.is_temp) return refuse(40058, "invalid Request Parameter: is_temp is for the medical trade only");
    if (body.type === 1 && (body.user.length !== 1 || body.party.length > 0)) {
      return refuse(40058, "invalid Request Parameter: type 1 takes exactly one user");
    }
    if (body.user.length + body.party.length === 0) return refuse(40063, "some parameters are empty: user, party");
    const wrong = checkedMembers(call, body.user, body.party);
    if (wrong) return wrong;
    if (codesLeft(call) <= 0) return refuse(41045, "contact way count out of limit");
    const way: ContactWay = {
      configId: world.chance.hex(32),
      agentId: app.agentId,
      type: body.type,
      scene: body.scene,
      style: body.style,
      remark: cut(body.remark, 30),
      skipVerify: body.skip_verify,
      state: body.state,
      users: body.user,
      parties: body.party,
      isExclusive: body.is_exclusive,
      markSource: body.mark_source,
      conclusions: body.conclusions ?? null,
      madeAt: now,
      turn: 0,
    };
    corp.contactWays.set(way.configId, way);
    world.changed();
    return { config_id: way.configId, ...(way.scene === 2 ? { qr_code: qrOf(origin, way) } : {}) };
  },
});

function qrOf(origin: string, { configId }: ContactWay): string {
  return `${origin}/qr/contact/${configId}`;
}

const get = endpoint({
  path: "/cgi-bin/externalcontact/get_contact_way",
  methods: ["POST"],
  contact: true,
  empty: { contact_way: {} },
  input: ById,
  run(call, { config_id: configId }) {
    const way = ownCode(call.corp.contactWays, call, configId);
    if (isRefused(way)) return way;
    return {
      contact_way: {
        config_id: way.configId,
        type: way.type,
        scene: way.scene,
        style: way.style,
        remark: way.remark,
        skip_verify: way.skipVerify,
        state: way.state,
        ...(way.scene === 2 ? { qr_code: qrOf(call.origin, way) } : {}),
        user: way.users,
        party: way.parties,
        is_temp: false,
        is_exclusive: way.isExclusive,
        mark_source: way.markSource,
        ...(way.conclusions === null ? {} : { conclusions: way.conclusions }),
      },
    };
  },
});

/** What is named replaces the old value as a whole; type and scene stay. */
const update = endpoint({
  path: "/cgi-bin/externalcontact/update_contact_way",
  methods: ["POST"],
  contact: true,
  input: ById.extend({
    remark: z.string().optional(),
    skip_verify: z.boolean().optional(),
    style: z.int().optional(),
    state: z.string().max(30).optional(),
    user: z.array(z.string()).optional(),
    party: z.array(z.int()).optional(),
    mark_source: z.boolean().optional(),
    conclusions: z.unknown().optional(),
  }),
  run(call, body) {
    const way = ownCode(call.corp.contactWays, call, body.config_id);
    if (isRefused(way)) return way;
    const users = body.user ?? way.users;
    const parties = body.party ?? way.parties;
    if (way.type === 1 && (users.length !== 1 || parties.length > 0)) {
      return refuse(40058, "invalid Request Parameter: type 1 takes exactly one user");
    }
    const wrong = checkedMembers(call, users, parties);
    if (wrong) return wrong;
    way.users = users;
    way.parties = parties;
    way.remark = body.remark === undefined ? way.remark : cut(body.remark, 30);
    way.skipVerify = body.skip_verify ?? way.skipVerify;
    way.style = body.style ?? way.style;
    way.state = body.state ?? way.state;
    way.markSource = body.mark_source ?? way.markSource;
    way.conclusions = body.conclusions ?? way.conclusions;
    call.world.changed();
    return {};
  },
});

const remove = removing("/cgi-bin/externalcontact/del_contact_way", ({ corp }) => corp.contactWays);

const list = endpoint({
  path: "/cgi-bin/externalcontact/list_contact_way",
  methods: ["POST"],
  contact: true,
  empty: { contact_way: [], next_cursor: "" },
  input: z.object({
    start_time: z.int().optional(),
    end_time: z.int().optional(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(1_000).default(100),
  }),
  run(call, input) {
    const { corp, app, now } = call;
    const offset = offsetOf(input.cursor);
    if (isRefused(offset)) return offset;
    const from = input.start_time === undefined ? now - 90 * DAY_MS : input.start_time * 1000;
    const to = input.end_time === undefined ? now : input.end_time * 1000 + 999;
    const mine = [...corp.contactWays.values()].filter(
      ({ agentId, madeAt }) => agentId === app.agentId && madeAt >= from && madeAt <= to,
    );
    const shown = mine.slice(offset, offset + input.limit).map(({ configId }) => ({ config_id: configId }));
    const next = offset + input.limit;
    return { contact_way: shown, next_cursor: next < mine.length ? cursorOf(next) : "" };
  },
});

/** Temporary codes cannot be made here, so there is none to close. */
const closeTemporary = endpoint({
  path: "/cgi-bin/externalcontact/close_temp_chat",
  methods: ["POST"],
  contact: true,
  input: z.object({ userid: z.string().min(1), external_userid: z.string().min(1) }),
  run: ({ corp }, { userid, external_userid: id }) =>
    corp.followOf(userid, id) ? {} : refuse(84061, "not external contact"),
});

export const contactWayEndpoints = [add, get, update, remove, list, closeTemporary];
