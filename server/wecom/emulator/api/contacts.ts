import { z } from "zod";
import type { Corp } from "../state/corp.ts";
import type { Customer, Follow } from "../state/customer-rows.ts";
import { cut } from "./byte-limits.ts";
import { type Call, endpoint, type Fields, isRefused, refuse } from "./endpoint.ts";
import { sees } from "./request.ts";
import { contactStaff, cursorOf, offsetOf, visibleCustomer } from "./visible.ts";

const FOLLOWERS_PER_PAGE = 500;

const list = endpoint({
  path: "/cgi-bin/externalcontact/list",
  methods: ["GET"],
  contact: true,
  empty: { external_userid: [] },
  input: z.object({ userid: z.string().min(1) }),
  run(call, { userid }) {
    const staff = contactStaff(call, userid);
    if (isRefused(staff)) return staff;
    const ids = [...(call.corp.customersOf.get(userid) ?? [])];
    return ids.length === 0 ? refuse(84061, "not external contact") : { external_userid: ids };
  },
});

function contactCard(customer: Customer): Fields {
  return {
    external_userid: customer.id,
    name: customer.name,
    avatar: "",
    type: customer.type,
    gender: customer.gender,
    ...(customer.type === 1 ? { unionid: customer.unionid } : { corp_name: "示例伙伴企业" }),
  };
}

/** What both forms of a tie have in common. */
function tieCard(tie: Follow): Fields {
  return {
    userid: tie.userid,
    remark: tie.remark,
    description: tie.description,
    createtime: Math.floor(tie.madeAt / 1000),
    ...(tie.company === "" ? {} : { remark_corp_name: tie.company }),
    remark_mobiles: tie.mobiles,
    add_way: tie.addWay,
    oper_userid: tie.userid,
    ...(tie.state === "" ? {} : { state: tie.state }),
    ...(tie.addWay === 10 && tie.channels ? { wechat_channels: tie.channels } : {}),
  };
}

function tagsOf(corp: Corp, tie: Follow): Fields[] {
  const wanted = new Set(tie.tagIds);
  return [...corp.tagGroups.values()].flatMap((group) =>
    group.tags
      .filter(({ id }) => wanted.has(id))
      .map(({ id, name }) => ({ group_name: group.name, tag_name: name, tag_id: id, type: 1 })),
  );
}

const get = endpoint({
  path: "/cgi-bin/externalcontact/get",
  methods: ["GET"],
  contact: true,
  empty: { external_contact: {}, follow_user: [] },
  input: z.object({ external_userid: z.string().min(1), cursor: z.string().optional() }),
  run(call, { external_userid: id, cursor }) {
    const { corp, app } = call;
    const customer = visibleCustomer(call, id);
    if (isRefused(customer)) return customer;
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const ties = customer.follows.filter(({ userid }) => {
      const staff = corp.staff.get(userid);
      return staff !== undefined && sees(app, staff);
    });
    const shown = ties.slice(offset, offset + FOLLOWERS_PER_PAGE);
    const next = offset + FOLLOWERS_PER_PAGE;
    return {
      external_contact: contactCard(customer),
      follow_user: shown.map((tie) => ({ ...tieCard(tie), tags: tagsOf(corp, tie) })),
      ...(next < ties.length ? { next_cursor: cursorOf(next) } : {}),
    };
  },
});

const batch = endpoint({
  path: "/cgi-bin/externalcontact/batch/get_by_user",
  methods: ["POST"],
  contact: true,
  empty: { external_contact_list: [], next_cursor: "" },
  input: z.object({
    userid_list: z.array(z.string()).min(1).max(100),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  run(call, { userid_list: userids, cursor, limit }) {
    for (const userid of userids) {
      const staff = contactStaff(call, userid);
      if (isRefused(staff)) return staff;
    }
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const { shown, isLast } = tiesFrom(call, userids, { offset, limit });
    return {
      external_contact_list: shown.map(({ customer, tie }) => ({
        external_contact: contactCard(customer),
        follow_info: { ...tieCard(tie), tag_id: tie.tagIds },
      })),
      next_cursor: isLast ? "" : cursorOf(offset + limit),
      fail_info: { unlicensed_userid_list: [] },
    };
  },
});

type Row = { readonly customer: Customer; readonly tie: Follow };

/** Skips whole members by their number of customers, so that a late page of many costs no more than a first one. */
function tiesFrom({ corp }: Call, userids: readonly string[], { offset, limit }: { offset: number; limit: number }) {
  const shown: Row[] = [];
  let at = 0;
  for (const userid of userids) {
    const ids = corp.customersOf.get(userid);
    if (!ids) continue;
    if (at + ids.size <= offset) {
      at += ids.size;
      continue;
    }
    for (const id of ids) {
      at += 1;
      if (at <= offset) continue;
      if (shown.length === limit) return { shown, isLast: false };
      const customer = corp.customers.get(id);
      const tie = corp.followOf(userid, id);
      if (customer && tie) shown.push({ customer, tie });
    }
  }
  return { shown, isLast: true };
}

/** Too long is cut; mobiles are replaced as a whole. */
const remark = endpoint({
  path: "/cgi-bin/externalcontact/remark",
  methods: ["POST"],
  contact: true,
  input: z.object({
    userid: z.string().min(1),
    external_userid: z.string().min(1),
    remark: z.string().optional(),
    description: z.string().optional(),
    remark_company: z.string().optional(),
    remark_mobiles: z.array(z.string()).optional(),
    remark_pic_mediaid: z.string().optional(),
  }),
  run(call, input) {
    const staff = contactStaff(call, input.userid);
    if (isRefused(staff)) return staff;
    const tie = call.corp.followOf(input.userid, input.external_userid);
    if (!tie) return refuse(84061, "not external contact");
    if (input.remark !== undefined) tie.remark = cut(input.remark, 20);
    if (input.description !== undefined) tie.description = cut(input.description, 150);
    if (input.remark_company !== undefined) tie.company = cut(input.remark_company, 20);
    if (input.remark_mobiles !== undefined) tie.mobiles = input.remark_mobiles;
    call.world.changed();
    return {};
  },
});

/** Both must belong to the same person: an openid of the same legal entity. */
const byUnionid = endpoint({
  path: "/cgi-bin/externalcontact/unionid_to_external_userid",
  methods: ["POST"],
  contact: true,
  empty: { external_userid: "" },
  input: z.object({ unionid: z.string().min(1), openid: z.string().min(1) }),
  run(call, { unionid, openid }) {
    const customer = [...call.corp.customers.values()].find((candidate) => candidate.unionid === unionid);
    if (!customer) return refuse(84061, "not external contact");
    if (customer.openid !== openid) return refuse(40073, "invalid openid");
    const visible = visibleCustomer(call, customer.id);
    return isRefused(visible) ? visible : { external_userid: customer.id };
  },
});

const unassigned = endpoint({
  path: "/cgi-bin/externalcontact/get_unassigned_list",
  methods: ["POST"],
  contact: true,
  empty: { info: [], is_last: true, next_cursor: "" },
  input: z.object({}),
  run: () => ({ info: [], is_last: true, next_cursor: "" }),
});

export const contactEndpoints = [list, get, batch, remark, byUnionid, unassigned];
