import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { people } from "./people.ts";
import { wecomMembers } from "./wecom-people.ts";

/** Which members of WeCom are which of our people, as a manager said; and who came to the door without being one yet. */

const at = (name: string) => bigint(name, { mode: "number" });

export const wecomMemberPeople = pgTable(
  "wecom_member_people",
  {
    memberId: text("member_id")
      .primaryKey()
      .references(() => wecomMembers.id, { onDelete: "cascade" }),
    /** null: nobody said yet who this is. */
    personId: text("person_id").references(() => people.id, { onDelete: "cascade" }),
    /** When they last wanted to sign in without being known; null: never. */
    askedAt: at("asked_at"),
    mappedBy: text("mapped_by"),
    mappedAt: at("mapped_at"),
  },
  (table) => [index("wecom_member_people_person").on(table.personId)],
);
