import type { Staff } from "../state/corp-rows.ts";
import type { Customer } from "../state/customer-rows.ts";
import type { Group } from "../state/group-rows.ts";
import { type Call, refuse, type Refusal } from "./endpoint.ts";
import { sees } from "./request.ts";

/** A member the app may ask about in customer contact: known (40003), in its visible range (60011), allowed to have customers (84074). */
export function contactStaff(call: Call, userid: string): Staff | Refusal {
  const staff = call.corp.staff.get(userid);
  if (!staff) return refuse(40003, "invalid userid");
  if (!sees(call.app, staff)) return refuse(60011, "no privilege to access/modify contact/party/agent");
  if (!staff.externalContact) return refuse(84074, "no external contact permission");
  return staff;
}

export function visibleStaff({ corp, app }: Call): Staff[] {
  return [...corp.staff.values()].filter((staff) => sees(app, staff));
}

/** A customer of at least one member whom the app sees; 84061 else, 40096 when there is no such id. */
export function visibleCustomer({ corp, app }: Call, id: string): Customer | Refusal {
  const customer = corp.customers.get(id);
  if (!customer) return refuse(40096, "invalid external userid");
  const isTied = customer.follows.some(({ userid }) => {
    const staff = corp.staff.get(userid);
    return staff !== undefined && sees(app, staff);
  });
  return isTied ? customer : refuse(84061, "not external contact");
}

/** Through its owner; a group whose owner left is seen by an app that sees everybody. */
export function seesGroup({ corp, app }: Call, group: Group): boolean {
  const owner = corp.staff.get(group.owner);
  return owner === undefined ? app.seesAll : sees(app, owner);
}

/** Page tokens are opaque: a caller that counts on their look is found out. */
export function cursorOf(offset: number): string {
  return Buffer.from(`page:${offset}`).toString("base64url");
}

export function offsetOf(cursor: string | undefined): number | Refusal {
  if (cursor === undefined || cursor === "") return 0;
  const [, digits] = /^page:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  return digits === undefined ? refuse(40058, "invalid Request Parameter: cursor") : Number(digits);
}
