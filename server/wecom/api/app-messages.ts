import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { Joined, MaybeText, Nothing } from "./answers.ts";

/** A message of the app itself to members. 30 a minute and member; what is over that WeCom drops without a word. */
export type AppMessageBody =
  | { readonly msgtype: "text"; readonly text: { readonly content: string } }
  | { readonly msgtype: "markdown"; readonly markdown: { readonly content: string } }
  | {
      readonly msgtype: "textcard";
      readonly textcard: {
        readonly title: string;
        readonly description: string;
        readonly url: string;
        readonly btntxt?: string;
      };
    }
  | {
      readonly msgtype: "news";
      readonly news: {
        readonly articles: readonly {
          readonly title: string;
          readonly url: string;
          readonly description?: string;
          readonly picurl?: string;
        }[];
      };
    }
  | { readonly msgtype: "image"; readonly image: { readonly media_id: string } }
  | { readonly msgtype: "file"; readonly file: { readonly media_id: string } };

export type AppMessageSent = {
  readonly msgid: string | null;
  /** Members whom it does not reach, though WeCom took the rest. */
  readonly invalidUsers: readonly string[];
  readonly unlicensedUsers: readonly string[];
};

const Sent = z.object({ msgid: MaybeText, invaliduser: Joined, unlicenseduser: Joined });
/** Against a second one of the same words to the same members, in seconds. */
const SAME_WITHIN_S = 1_800;

/** At most 1,000 userids. Needs a client with an agentId. */
export async function sendAppMessage(
  client: WecomClient,
  { users, body }: { readonly users: readonly string[]; readonly body: AppMessageBody },
  options: CallOptions = {},
): Promise<AppMessageSent> {
  if (client.agentId === null) throw new TypeError("messages of an app need its agent id");
  const answer = await client.call(
    {
      api: "message/send",
      method: "POST",
      body: jsonBody({
        touser: users.join("|"),
        agentid: client.agentId,
        ...body,
        enable_duplicate_check: 1,
        duplicate_check_interval: SAME_WITHIN_S,
      }),
      answer: Sent,
      repeat: "never",
    },
    options,
  );
  return { msgid: answer.msgid, invalidUsers: answer.invaliduser, unlicensedUsers: answer.unlicenseduser };
}

/** Within 24 hours. */
export async function recallAppMessage(client: WecomClient, msgid: string, options: CallOptions = {}): Promise<void> {
  await client.call(
    { api: "message/recall", method: "POST", body: jsonBody({ msgid }), answer: Nothing, repeat: "always" },
    options,
  );
}
