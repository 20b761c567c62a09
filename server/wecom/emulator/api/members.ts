import { z } from "zod";
import { endpoint, isRefused, refuse } from "./endpoint.ts";
import { sees } from "./request.ts";
import { cursorOf, offsetOf, visibleStaff } from "./visible.ts";

/** General contact endpoints, from general knowledge: the facts this stand-in follows only name them. */

const get = endpoint({
  path: "/cgi-bin/user/get",
  methods: ["GET"],
  input: z.object({ userid: z.string().min(1) }),
  run({ corp, app }, { userid }) {
    const staff = corp.staff.get(userid);
    if (!staff) return refuse(60111, "userid not found");
    if (!sees(app, staff)) return refuse(60011, "no privilege to access/modify contact/party/agent");
    const { name, position, departments } = staff;
    // 1 active, 4 not yet. Mobile and e-mail are no longer given to new apps.
    return { userid, name, department: departments, position, status: staff.active ? 1 : 4, isleader: 0, enable: 1 };
  },
});

const simpleList = endpoint({
  path: "/cgi-bin/user/simplelist",
  methods: ["GET"],
  empty: { userlist: [] },
  input: z.object({ department_id: z.coerce.number().int(), fetch_child: z.coerce.number().int().default(0) }),
  run(call, { department_id: id, fetch_child: withChildren }) {
    const { corp } = call;
    if (!corp.departments.has(id)) return refuse(60003, "department not found");
    const wanted = new Set([id]);
    if (withChildren === 1) {
      for (const department of corp.departments.values())
        if (wanted.has(department.parentId)) wanted.add(department.id);
    }
    const staff = visibleStaff(call).filter(({ departments }) => departments.some((one) => wanted.has(one)));
    const open = (userid: string) => `open_${userid}`;
    return {
      userlist: staff.map(({ userid, name, departments }) => ({
        userid,
        name,
        department: departments,
        open_userid: open(userid),
      })),
    };
  },
});

const listIds = endpoint({
  path: "/cgi-bin/user/list_id",
  methods: ["POST"],
  empty: { next_cursor: "", dept_user: [] },
  input: z.object({ cursor: z.string().optional(), limit: z.int().min(1).max(10_000).default(10_000) }),
  run(call, { cursor, limit }) {
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const rows = visibleStaff(call).flatMap(({ userid, departments }) =>
      departments.map((department) => ({ userid, department })),
    );
    const isLast = offset + limit >= rows.length;
    return { next_cursor: isLast ? "" : cursorOf(offset + limit), dept_user: rows.slice(offset, offset + limit) };
  },
});

const departments = endpoint({
  path: "/cgi-bin/department/list",
  methods: ["GET"],
  empty: { department: [] },
  input: z.object({ id: z.coerce.number().int().optional() }),
  run: ({ corp }) => ({
    department: [...corp.departments.values()].map(({ id, name, parentId }) => ({
      id,
      name,
      parentid: parentId,
      order: id,
    })),
  }),
});

const agent = endpoint({
  path: "/cgi-bin/agent/get",
  methods: ["GET"],
  input: z.object({ agentid: z.coerce.number().int() }),
  run({ app, origin }, { agentid: agentId }) {
    if (agentId !== app.agentId) return refuse(301002, "not allow operate another agent with this accesstoken");
    return {
      agentid: app.agentId,
      name: app.name,
      square_logo_url: `${origin}/logo.png`,
      description: "",
      allow_userinfos: { user: app.seesUsers.map((userid) => ({ userid })) },
      allow_partys: { partyid: app.seesAll ? [1] : app.seesDepartments },
      allow_tags: { tagid: [] },
      close: 0,
      redirect_domain: app.redirectDomains[0] ?? "",
      report_location_flag: 0,
      isreportenter: 0,
      home_url: "",
    };
  },
});

/** Members with the right to have customers. */
const followUsers = endpoint({
  path: "/cgi-bin/externalcontact/get_follow_user_list",
  methods: ["GET"],
  contact: true,
  empty: { follow_user: [] },
  input: z.object({}),
  run: (call) => ({
    follow_user: visibleStaff(call)
      .filter(({ externalContact }) => externalContact)
      .map(({ userid }) => userid),
  }),
});

const callbackIps = endpoint({
  path: "/cgi-bin/getcallbackip",
  methods: ["GET"],
  empty: { ip_list: [] },
  input: z.object({}),
  run: () => ({ ip_list: ["127.0.0.1"] }),
});

export const memberEndpoints = [get, simpleList, listIds, departments, agent, followUsers, callbackIps];
