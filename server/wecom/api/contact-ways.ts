import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { Count, listOf, MaybeText, Nothing, Text, Texts } from "./answers.ts";
import { pagesOf, type Page } from "./pages.ts";

/** 员工活码: a code by which a customer adds one of several members. The console shows none; whoever makes one keeps its config_id. */
export type ContactWayWish = {
  /** At most 100 with those of `parties`; all activated and with their real name. */
  readonly users: readonly string[];
  readonly parties?: readonly number[];
  readonly kind?: "code" | "miniProgramButton";
  /** At most 30 characters. */
  readonly remark?: string;
  /** Without the member's consent first; WeCom's own default. */
  readonly skipVerify?: boolean;
  /** At most 30 characters; comes back with everybody who adds by it. */
  readonly state?: string;
};

export type ContactWay = {
  readonly configId: string;
  readonly users: readonly string[];
  readonly parties: readonly number[];
  readonly remark: string;
  readonly skipVerify: boolean;
  readonly state: string | null;
  readonly qrCode: string | null;
};

const AREA = "externalcontact";

/** Never repeated: see `findContactWays`. */
export async function addContactWay(
  client: WecomClient,
  wish: ContactWayWish,
  options: CallOptions = {},
): Promise<{ readonly configId: string; readonly qrCode: string | null }> {
  const { users, parties, kind = "code", remark, skipVerify = true, state } = wish;
  const single = users.length === 1 && !parties?.length;
  const answer = await client.call(
    {
      api: `${AREA}/add_contact_way`,
      method: "POST",
      body: jsonBody({
        type: single ? 1 : 2,
        scene: kind === "code" ? 2 : 1,
        remark,
        skip_verify: skipVerify,
        state,
        user: users,
        party: parties,
      }),
      answer: z.object({ config_id: z.string().min(1), qr_code: MaybeText }),
      repeat: "never",
    },
    options,
  );
  return { configId: answer.config_id, qrCode: answer.qr_code };
}

const Got = z.object({
  contact_way: z
    .object({
      user: Texts,
      party: listOf(Count),
      remark: Text,
      skip_verify: z.boolean().nullish(),
      state: MaybeText,
      qr_code: MaybeText,
    })
    .transform((way) => ({
      users: way.user,
      parties: way.party,
      remark: way.remark,
      skipVerify: way.skip_verify ?? true,
      state: way.state,
      qrCode: way.qr_code,
    })),
});

export async function getContactWay(
  client: WecomClient,
  configId: string,
  options: CallOptions = {},
): Promise<ContactWay> {
  const answer = await client.call(
    {
      api: `${AREA}/get_contact_way`,
      method: "POST",
      body: jsonBody({ config_id: configId }),
      answer: Got,
      repeat: "always",
    },
    options,
  );
  return { configId, ...answer.contact_way };
}

export type ContactWayChange = Partial<Omit<ContactWayWish, "kind">> & { readonly configId: string };

/** What is named is replaced whole. */
export async function updateContactWay(
  client: WecomClient,
  { configId, users, parties, remark, skipVerify, state }: ContactWayChange,
  options: CallOptions = {},
): Promise<void> {
  const body = { config_id: configId, user: users, party: parties, remark, skip_verify: skipVerify, state };
  await client.call(
    {
      api: `${AREA}/update_contact_way`,
      method: "POST",
      body: jsonBody(body),
      answer: Nothing,
      repeat: "always",
      serial: `contactWay ${configId}`,
    },
    options,
  );
}

export async function deleteContactWay(
  client: WecomClient,
  configId: string,
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: `${AREA}/del_contact_way`,
      method: "POST",
      body: jsonBody({ config_id: configId }),
      answer: Nothing,
      repeat: "always",
      serial: `contactWay ${configId}`,
    },
    options,
  );
}

const Ids = z.object({ contact_way: listOf(z.object({ config_id: z.string().min(1) })), next_cursor: MaybeText });

/** config_ids alone, of the last 90 days unless `since` (ms UTC) says otherwise: to find one whose making had no answer, by its `state`. */
export function findContactWays(
  client: WecomClient,
  { since, until, from = null }: { readonly since?: number; readonly until?: number; readonly from?: string | null },
  options: CallOptions = {},
): AsyncGenerator<Page<string>, void, undefined> {
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.floor(ms / 1_000));
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: `${AREA}/list_contact_way`,
        method: "POST",
        body: jsonBody({ start_time: seconds(since), end_time: seconds(until), cursor, limit: 1_000 }),
        answer: Ids,
        repeat: "always",
      },
      options,
    );
    return { items: answer.contact_way.map(({ config_id }) => config_id), next: answer.next_cursor };
  };
  return pagesOf(read, from);
}
