import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { expect, it } from "vitest";
import { z } from "zod";
import { emptyDatabase } from "#tests/support/pg.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import { migrationsDir } from "./migrate.ts";

const KNOWN = 60_000;
const Journal = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) });

/** The migrations before one, as a house has run them that was not brought up to date since. */
function migrationsBefore(tag: string) {
  const place = tempDir("migrations");
  cpSync(migrationsDir, place.dir, { recursive: true });
  const file = path.join(place.dir, "meta", "_journal.json");
  const journal = Journal.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.filter((entry) => entry.tag < tag) }));
  return place;
}

it(
  "a house with many sign-ups whom WeCom knows is brought up to date in time that grows with them, not with their square",
  { timeout: 90_000 },
  async () => {
    const before = migrationsBefore("0015");
    const database = await emptyDatabase();
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    try {
      await migrate(drizzle(sql), { migrationsFolder: before.dir });
      await sql`insert into report_signups (session_id, n, person_id, signed_up_at, state, state_at, remind_by)
      select 's1', n, 'v_' || md5(n::text), n, 'standing', n, '{}' from generate_series(1, ${KNOWN}::int) n`;
      await sql`insert into wecom_contacts (id, corp_id, external_userid, first_seen_at)
      select 'x_' || md5(n::text), 'c1', 'wm' || n, n from generate_series(1, ${KNOWN}::int) n`;
      await sql`insert into identity_keys (identity_id, kind, scope, value, since)
      select 'i_' || n, 'externalUserid', 'c1', 'wm' || n, n from generate_series(1, ${KNOWN}::int) n
      union all select 'i_' || n, 'person', '', 'v_' || md5(n::text), n from generate_series(1, ${KNOWN}::int) n`;
      await sql`insert into wecom_follows (contact_id, member_id, since)
      select 'x_' || md5(n::text), 'm_' || n % 40, n from generate_series(1, ${KNOWN}::int) n`;
      await sql`insert into wecom_group_members (group_id, who, customer, joined_at, scene)
      select 'g_' || n % 200, 'x_' || md5(n::text), true, n, 'code' from generate_series(1, ${KNOWN}::int) n`;
      await sql`analyze`;
      // The square takes half a minute or more, and the other a second or two.
      await sql`set statement_timeout = '12s'`;
      await migrate(drizzle(sql), { migrationsFolder: migrationsDir });
      const [counted] =
        await sql`select count(*)::int as contacts, count(member_id)::int as members from report_signup_contacts`;
      expect(counted).toEqual({ contacts: KNOWN, members: KNOWN });
    } finally {
      await sql.end();
      await database.drop();
      before.remove();
    }
  },
);
