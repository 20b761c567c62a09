import "#server/lib/no-pretenuring.ts";
import Fastify from "fastify";
import postgres from "postgres";

/**
 * What claims and sign-ups are measured against, on the same Fastify and the same PostgreSQL: the plain way (lock the coupon's row, count, insert, in one
 * transaction; take a number, insert, count for the inviter, in one transaction), and a POST and a GET that do nothing. Usage: node plain-server.ts <database url>
 */

const [url = ""] = process.argv.slice(2);
const COUPON = "coupon";
const sql = postgres(url, { max: 10, onnotice: () => undefined });
await sql`create table if not exists plain_coupons (id text primary key, total int not null, claimed int not null)`;
await sql`create table if not exists plain_claims (coupon_id text, person_id text, n int, primary key (coupon_id, person_id))`;
await sql`insert into plain_coupons values (${COUPON}, 100000000, 0) on conflict do nothing`;

await sql`create table if not exists plain_shows (id text primary key, signups int not null)`;
await sql`create table if not exists plain_signups (person_id text primary key, n int not null, inviter_n int)`;
await sql`create table if not exists plain_inviters (n int primary key, brought int not null)`;
await sql`insert into plain_shows values ('show', 0) on conflict do nothing`;

const app = Fastify({ logger: false });
app.post("/empty", () => ({ status: "ok" }));
app.get("/empty", () => ({ status: "ok" }));
app.post<{ Params: { person: string; inviter: string } }>("/plain-signup/:person/:inviter", async ({ params }) => {
  const inviterN = Number(params.inviter);
  const n = await sql.begin(async (tx) => {
    const [show] = await tx<{ signups: number }[]>`
      update plain_shows set signups = signups + 1 where id = 'show' returning signups`;
    const number = show?.signups ?? 0;
    await tx`insert into plain_signups values (${params.person}, ${number}, ${inviterN === 0 ? null : inviterN})`;
    if (inviterN > 0) {
      await tx`insert into plain_inviters as i values (${inviterN}, 1) on conflict (n) do update set brought = i.brought + 1`;
    }
    return number;
  });
  return { status: "ok", n };
});
app.post<{ Params: { person: string } }>("/plain/:person", async ({ params }, reply) => {
  const n = await sql.begin(async (tx) => {
    const [row] = await tx<{ total: number; claimed: number }[]>`
      select total, claimed from plain_coupons where id = ${COUPON} for update`;
    if (!row || row.claimed >= row.total) return undefined;
    await tx`insert into plain_claims values (${COUPON}, ${params.person}, ${row.claimed + 1})`;
    await tx`update plain_coupons set claimed = claimed + 1 where id = ${COUPON}`;
    return row.claimed + 1;
  });
  return n === undefined ? reply.code(409).send({ status: "rejected" }) : { status: "ok", n };
});
await app.listen({ port: 0, host: "127.0.0.1" });
const address = app.server.address();
process.send?.(typeof address === "object" && address ? address.port : 0);
process.once("disconnect", () => process.exit(0));
