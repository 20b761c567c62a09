import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Which sign-ups are whom WeCom knows, so that figures which join the two need not look up a million people. All follow from other tables: triggers of those
 * (migrations 0015, 0016) mark whoever something changed of, whatever the way, in the transaction that changes it; the followers' process takes the marks and puts what is
 * so by then. It alone writes all but the marks.
 */

const at = (name: string) => bigint(name, { mode: "number" });

/** Of whom something changed that the others may follow from. Written blindly and often, so nobody waits for anybody. */
export const contactMarks = pgTable("contact_marks", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  personId: text("person_id"),
  contactId: text("contact_id"),
});

/** Persons of ours who are customers of a corp's: `person` and `externalUserid` are keys of one identity, and the customer is there. */
export const personContacts = pgTable(
  "person_contacts",
  {
    personId: text("person_id").notNull(),
    contactId: text("contact_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.contactId] }),
    index("person_contacts_contact").on(table.contactId),
  ],
);

/** One row a sign-up of somebody with a contact; none of merged ones. */
export const reportSignupContacts = pgTable(
  "report_signup_contacts",
  {
    sessionId: text("session_id").notNull(),
    n: integer("n").notNull(),
    personId: text("person_id").notNull(),
    /** Of several the one whom a member had as a contact last. */
    contactId: text("contact_id").notNull(),
    /** Who has them as a contact, of several the last; null: nobody by now. */
    memberId: text("member_id"),
    /** The customer group that they are in, of several the one that they joined first. */
    groupId: text("group_id"),
    signedUpAt: at("signed_up_at").notNull(),
    /** "": by no push. */
    via: text("via").notNull(),
    /** In small letters; "": none stood in the link. */
    sourceCode: text("source_code").notNull(),
    /** Their invite counts. */
    counted: boolean("counted").notNull(),
    /** Stands, and was not greeted. */
    waiting: boolean("waiting").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.n] }),
    index("report_signup_contacts_person").on(table.personId),
    index("report_signup_contacts_at")
      .on(table.sessionId, table.signedUpAt)
      .where(sql`group_id is not null`),
    index("report_signup_contacts_waiting")
      .on(table.sessionId, table.memberId, table.signedUpAt, table.personId)
      .where(sql`waiting and member_id is not null`),
  ],
);

/** Who came to a member or group by a code of one of a show's sources and did not sign up, greeted or not. */
export const reportCameContacts = pgTable(
  "report_came_contacts",
  {
    sessionId: text("session_id").notNull(),
    contactId: text("contact_id").notNull(),
    /** Who has them, else who looks after the source. */
    memberId: text("member_id"),
    /** When they came first by one of the codes. */
    since: at("since").notNull(),
    codeId: text("code_id").notNull(),
    sourceCode: text("source_code").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.contactId] }),
    index("report_came_contacts_contact").on(table.contactId),
    index("report_came_contacts_since").on(table.sessionId, table.since, table.contactId),
    index("report_came_contacts_member").on(table.sessionId, table.memberId, table.since, table.contactId),
  ],
);

/** How many of `report_signup_contacts` are how; a row of zeros says the same as none. */
export const reportContactCounts = pgTable(
  "report_contact_counts",
  {
    sessionId: text("session_id").notNull(),
    /**
     * source (key: code) and group (key: group, more: push), of those in a group by the hour of their sign-up; member (key: member) and link (key: push, more: code
     * of the source), of those who are a member's.
     */
    kind: text("kind").notNull(),
    /** The hour's first ms; 0 for all time. */
    hour: at("hour").notNull(),
    key: text("key").notNull(),
    more: text("more").notNull(),
    signups: integer("signups").notNull().default(0),
    invited: integer("invited").notNull().default(0),
    waiting: integer("waiting").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.kind, table.hour, table.key, table.more] })],
);
