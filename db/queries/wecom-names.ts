import { sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database } from "../client.ts";
import { wecomCodes } from "../schema/wecom-codes.ts";
import { wecomContacts, wecomGroups, wecomMembers } from "../schema/wecom-people.ts";

/** Names of members (`m_`), groups (`g_`), codes (`q_`) and contacts (`x_`, as WeCom has them: to be masked) by id; those without a name are left out. */
export async function namesOfWecom(
  db: Database,
  ids: readonly string[],
): Promise<{ readonly open: Map<string, string>; readonly toMask: Map<string, string> }> {
  const of = (letter: string) => [...new Set(ids.filter((id) => id.startsWith(`${letter}_`)))];
  const [members, groups, codes, contacts] = [of("m"), of("g"), of("q"), of("x")];
  const [memberRows, groupRows, codeRows, contactRows] = await Promise.all([
    members.length === 0
      ? []
      : db
          .select({ id: wecomMembers.id, name: wecomMembers.name, userid: wecomMembers.userid })
          .from(wecomMembers)
          .where(isAmong(wecomMembers.id, members)),
    groups.length === 0
      ? []
      : db
          .select({ id: wecomGroups.id, name: wecomGroups.name })
          .from(wecomGroups)
          .where(isAmong(wecomGroups.id, groups)),
    codes.length === 0
      ? []
      : db.select({ id: wecomCodes.id, name: wecomCodes.name }).from(wecomCodes).where(isAmong(wecomCodes.id, codes)),
    contacts.length === 0
      ? []
      : db
          .select({ id: wecomContacts.id, name: wecomContacts.name })
          .from(wecomContacts)
          .where(isAmong(wecomContacts.id, contacts)),
  ]);
  // Many apps are told no names of staff; the userid is what the admin console shows, and the team knows each other by it.
  const staff = memberRows.map(({ id, name, userid }) => [id, name ?? userid] as const);
  const named = [...groupRows, ...codeRows].flatMap(({ id, name }) => (name === "" ? [] : [[id, name] as const]));
  return {
    open: new Map([...staff, ...named]),
    toMask: new Map(contactRows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const]))),
  };
}

/** All ids travel as one array parameter: PostgreSQL takes at most 65,535 parameters, and a company may have more customers. */
const isAmong = (id: PgColumn, ids: readonly string[]) =>
  sql`${id} = any(array(select json_array_elements_text(${JSON.stringify(ids)}::json)))`;
