import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { listOf, MaybeCount, MaybeText, Nothing, Text } from "./answers.ts";

/**
 * 群活码: one code for up to five groups. WeCom's console shows none of them, and an app sees only its own: whoever makes one keeps its config_id.
 */
export type JoinWayWish = {
  readonly kind: "code" | "miniProgramButton";
  /** At most 30 characters; longer ones are cut. */
  readonly remark?: string;
  /** At most 5. */
  readonly chatIds: readonly string[];
  /** When all are full WeCom makes the next one by itself, named `baseName` and a number that counts up from `firstNumber`. */
  readonly nextGroup?: { readonly baseName: string; readonly firstNumber: number } | null;
  /** At most 30 characters; comes back with everybody who joins by it. */
  readonly state?: string;
};

export type JoinWay = {
  readonly configId: string;
  readonly remark: string;
  readonly chatIds: readonly string[];
  readonly autoCreate: boolean;
  readonly baseName: string;
  readonly baseNumber: number | null;
  readonly state: string | null;
  /** The address of the picture; only here, not when it is made. */
  readonly qrCode: string | null;
};

const AREA = "externalcontact/groupchat";

function fieldsOf({ kind, remark, chatIds, nextGroup = null, state }: JoinWayWish): object {
  return {
    scene: kind === "code" ? 2 : 1,
    remark,
    auto_create_room: nextGroup ? 1 : 0,
    room_base_name: nextGroup?.baseName,
    room_base_id: nextGroup?.firstNumber,
    chat_id_list: chatIds,
    state,
  };
}

/** Never repeated: two codes would be made, of which one nobody knows. Gives its config_id. */
export async function addJoinWay(client: WecomClient, wish: JoinWayWish, options: CallOptions = {}): Promise<string> {
  const answer = await client.call(
    {
      api: `${AREA}/add_join_way`,
      method: "POST",
      body: jsonBody(fieldsOf(wish)),
      answer: z.object({ config_id: z.string().min(1) }),
      repeat: "never",
    },
    options,
  );
  return answer.config_id;
}

const Got = z.object({
  join_way: z
    .object({
      config_id: MaybeText,
      remark: Text,
      chat_id_list: listOf(z.string()),
      auto_create_room: MaybeCount,
      room_base_name: Text,
      room_base_id: MaybeCount,
      state: MaybeText,
      qr_code: MaybeText,
    })
    .transform((way) => ({
      remark: way.remark,
      chatIds: way.chat_id_list,
      autoCreate: way.auto_create_room === 1,
      baseName: way.room_base_name,
      baseNumber: way.room_base_id,
      state: way.state,
      qrCode: way.qr_code,
    })),
});

export async function getJoinWay(client: WecomClient, configId: string, options: CallOptions = {}): Promise<JoinWay> {
  const answer = await client.call(
    {
      api: `${AREA}/get_join_way`,
      method: "POST",
      body: jsonBody({ config_id: configId }),
      answer: Got,
      repeat: "always",
    },
    options,
  );
  return { configId, ...answer.join_way };
}

/** Replaces the whole of it. */
export async function updateJoinWay(
  client: WecomClient,
  { configId, ...wish }: JoinWayWish & { readonly configId: string },
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: `${AREA}/update_join_way`,
      method: "POST",
      body: jsonBody({ config_id: configId, ...fieldsOf(wish) }),
      answer: Nothing,
      repeat: "always",
      serial: `joinWay ${configId}`,
    },
    options,
  );
}

export async function deleteJoinWay(client: WecomClient, configId: string, options: CallOptions = {}): Promise<void> {
  await client.call(
    {
      api: `${AREA}/del_join_way`,
      method: "POST",
      body: jsonBody({ config_id: configId }),
      answer: Nothing,
      repeat: "always",
      serial: `joinWay ${configId}`,
    },
    options,
  );
}
