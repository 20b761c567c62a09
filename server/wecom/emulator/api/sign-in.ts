import { z } from "zod";
import type { Corp } from "../state/corp.ts";
import { newId, type World } from "../state/world.ts";
import { endpoint, type Fields, refuse } from "./endpoint.ts";
import { sees } from "./request.ts";

const CODE_MS = 300_000;
const USER_TICKET_MS = 1_800_000;

/** What the sign-in page hands out; single use, 5 min. */
export function issueCode(world: World, corp: Corp, who: { id: string; isPrivate: boolean }): string {
  const code = newId(world, "code");
  world.codes.set(code, { corpId: corp.corpId, id: who.id, isPrivate: who.isPrivate, madeAt: world.now() });
  return code;
}

const info = endpoint({
  path: "/cgi-bin/auth/getuserinfo",
  methods: ["GET"],
  input: z.object({ code: z.string().default("") }),
  run({ world, corp, app, now }, { code }): Fields | ReturnType<typeof refuse> {
    if (code === "") return refuse(41008, "missing code");
    const issued = world.codes.get(code);
    world.codes.delete(code);
    if (!issued || issued.corpId !== corp.corpId || now - issued.madeAt >= CODE_MS)
      return refuse(40029, "invalid code");
    const staff = corp.staff.get(issued.id);
    if (staff) {
      if (!issued.isPrivate) return { userid: staff.userid };
      const ticket = newId(world, "ticket");
      world.userTickets.set(ticket, { corpId: corp.corpId, userid: staff.userid, expiresAt: now + USER_TICKET_MS });
      return { userid: staff.userid, user_ticket: ticket };
    }
    const customer = corp.customers.get(issued.id);
    // A stranger has an openid and nothing else.
    if (!customer) return { openid: issued.id };
    const isOurs = customer.follows.some(({ userid }) => {
      const member = corp.staff.get(userid);
      return member !== undefined && sees(app, member);
    });
    return { openid: customer.openid, ...(isOurs ? { external_userid: customer.id } : {}) };
  },
});

/** Only what the member agreed to; here: the mobile. */
const detail = endpoint({
  path: "/cgi-bin/auth/getuserdetail",
  methods: ["POST"],
  input: z.object({ user_ticket: z.string().min(1) }),
  run({ world, corp, now }, { user_ticket: value }) {
    const ticket = world.userTickets.get(value);
    const staff = ticket?.corpId === corp.corpId ? corp.staff.get(ticket.userid) : undefined;
    if (!ticket || !staff || ticket.expiresAt <= now) return refuse(40029, "invalid user_ticket");
    return {
      userid: staff.userid,
      gender: "0",
      avatar: "",
      qr_code: "",
      mobile: staff.mobile,
      email: "",
      biz_mail: "",
      address: "",
    };
  },
});

export const signInEndpoints = [info, detail];
