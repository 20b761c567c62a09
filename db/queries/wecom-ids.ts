import { and, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts, wecomMembers } from "../schema/wecom-people.ts";

type Key = { readonly kind: string; readonly scope: string; readonly value: string };

/** Our ids of members and contacts, by `kind|scope|value` of the WeCom key. */
export async function idsOfWecomKeys(db: Database, keys: readonly Key[]): Promise<Map<string, string>> {
  const byCorp = (kind: string) =>
    Map.groupBy(
      keys.filter((key) => key.kind === kind),
      ({ scope }) => scope,
    );
  const [members, contacts] = [byCorp("userid"), byCorp("externalUserid")];
  const found = new Map<string, string>();
  const memberParts: SQL[] = [...members].flatMap(
    ([corp, list]) => and(eq(wecomMembers.corpId, corp), inArray(wecomMembers.userid, valuesOf(list))) ?? [],
  );
  const contactParts: SQL[] = [...contacts].flatMap(
    ([corp, list]) => and(eq(wecomContacts.corpId, corp), inArray(wecomContacts.externalUserid, valuesOf(list))) ?? [],
  );
  if (memberParts.length > 0) {
    const rows = await db
      .select({ id: wecomMembers.id, corpId: wecomMembers.corpId, userid: wecomMembers.userid })
      .from(wecomMembers)
      .where(or(...memberParts));
    for (const { id, corpId, userid } of rows) found.set(`userid|${corpId}|${userid}`, id);
  }
  if (contactParts.length > 0) {
    const rows = await db
      .select({ id: wecomContacts.id, corpId: wecomContacts.corpId, external: wecomContacts.externalUserid })
      .from(wecomContacts)
      .where(or(...contactParts));
    for (const { id, corpId, external } of rows) found.set(`externalUserid|${corpId}|${external}`, id);
  }
  return found;
}

const valuesOf = (keys: readonly Key[]) => keys.map(({ value }) => value);
