import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { expect } from "@playwright/test";
import postgres from "postgres";
import { createForwardTokens } from "#server/auth/forward-token.ts";
import type { StaffApi } from "./staff-api.ts";

/** A company with groups in the server's own tables, and 员工转发 to them: no WeCom is needed where people forward by hand. */

const dataDir = () => process.env["KAIBO_E2E_DATA_DIR"] ?? "";

async function inDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const address = await readFile(path.join(dataDir(), "postgres.url"), "utf8");
  const sql = postgres(address.trim(), { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

const made: string[] = [];

/** Leaves the house as it was: other tests begin without a company. */
export async function removeCompanies(): Promise<void> {
  const ids = made.splice(0);
  if (ids.length === 0) return;
  await inDatabase(async (sql) => {
    await sql`delete from wecom_room_corp where corp_id in ${sql(ids)}`;
    await sql`delete from wecom_groups where corp_id in ${sql(ids)}`;
    await sql`delete from wecom_members where corp_id in ${sql(ids)}`;
    await sql`delete from wecom_corps where id in ${sql(ids)}`;
  });
}

export type ForwardingCompany = { readonly corpId: string; readonly groupIds: readonly string[] };

/** Two members; the first owns all groups but the last. The rooms' shows use it from now on. */
export async function forwardingCompany(groups: readonly string[]): Promise<ForwardingCompany> {
  const mark = randomUUID().replaceAll("-", "").slice(0, 20);
  const corpId = `w_${mark}`;
  const rows = groups.map((name, at) => ({
    id: `g_${mark}${at}`,
    corp_id: corpId,
    chat_id: `chat-${mark}-${at}`,
    name,
    owner_id: `m_${mark}${at === groups.length - 1 ? 1 : 0}`,
    purpose: "live",
    first_seen_at: 1,
  }));
  const members = ["示例员工甲", "示例员工乙"].map((name, at) => ({
    id: `m_${mark}${at}`,
    corp_id: corpId,
    userid: `staff-${mark}-${at}`,
    name,
    active: true,
    first_seen_at: 1,
  }));
  await inDatabase(async (sql) => {
    const corp = { id: corpId, corp_id: `ww${mark}`, name: "示例企业", created_by: "p", created_at: 1 };
    await sql`insert into wecom_corps ${sql(corp)}`;
    await sql`insert into wecom_members ${sql(members)}`;
    await sql`insert into wecom_groups ${sql(rows)}`;
    await sql`insert into wecom_room_corp (room_id, use, corp_id, by, changed_at)
      select id, 'show', ${corpId}, 'p', 1 from rooms
      on conflict (room_id, use) do update set corp_id = excluded.corp_id`;
  });
  made.push(corpId);
  return { corpId, groupIds: rows.map(({ id }) => id) };
}

type Rows = readonly (readonly [string, Readonly<Record<string, unknown>>])[];

/** Rows of a slice as the control room sees them, by id. */
export async function rowsOf(request: APIRequestContext, sessionId: string, slice: string): Promise<Rows> {
  const answer = await request.get(`/api/v1/sessions/${sessionId}/view?audience=control`);
  return (await answer.json()).slices[slice].rows;
}

export type Forwarded = { readonly pushId: string; readonly path: string };

/** Plans and hands over; `path` is that of the page in the robot's message. */
export async function handOverForward(
  staff: StaffApi,
  request: APIRequestContext,
  { sessionId, groupIds, text }: { sessionId: string; groupIds: readonly string[]; text: string },
): Promise<Forwarded> {
  const { pushId = "" } = await staff.send(sessionId, "push.plan", {
    kind: "forward",
    title: "开播转发",
    copy: { text },
    when: { by: "hand" },
    audience: { groupIds: [...groupIds] },
  });
  const push = async () => (await rowsOf(request, sessionId, "pushes")).find(([id]) => id === pushId)?.[1];
  await expect.poll(async () => (await push())?.["resolved"] !== null).toBe(true);
  await staff.send(sessionId, "push.handOver", { pushId });
  await expect.poll(async () => (await push())?.["handedOverAt"] !== null).toBe(true);
  const secret = (await readFile(path.join(dataDir(), "secret"), "utf8")).trim();
  return { pushId, path: `/forward/${createForwardTokens(secret).sign({ sessionId, pushId }, Date.now())}` };
}
