import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { MaybeText } from "./answers.ts";

/** Who came back from WeCom's sign-in: a member, or somebody from outside. */
export type SignedInAs =
  | {
      readonly kind: "member";
      readonly userid: string;
      /** For what the member agreed to show; half an hour. */
      readonly userTicket: string | null;
    }
  | {
      readonly kind: "outsider";
      readonly openid: string | null;
      /** Only of customers of members whom the app may see. */
      readonly externalUserId: string | null;
    };

const Who = z
  .object({ userid: MaybeText, user_ticket: MaybeText, openid: MaybeText, external_userid: MaybeText })
  .transform((who): SignedInAs =>
    who.userid === null
      ? { kind: "outsider", openid: who.openid, externalUserId: who.external_userid }
      : { kind: "member", userid: who.userid, userTicket: who.user_ticket },
  );

/** A code serves once, for five minutes: after a lost answer the sign-in begins anew (40029). */
export function userOfCode(client: WecomClient, code: string, options: CallOptions = {}): Promise<SignedInAs> {
  return client.call(
    { api: "auth/getuserinfo", method: "GET", query: { code }, answer: Who, repeat: "never" },
    options,
  );
}

export type MemberDetail = {
  readonly userid: string | null;
  readonly avatar: string | null;
  readonly mobile: string | null;
  readonly email: string | null;
};

const Detail = z
  .object({ userid: MaybeText, avatar: MaybeText, mobile: MaybeText, email: MaybeText })
  .transform((detail): MemberDetail => detail);

/** As much as the member agreed to. */
export function memberDetail(
  client: WecomClient,
  userTicket: string,
  options: CallOptions = {},
): Promise<MemberDetail> {
  return client.call(
    {
      api: "auth/getuserdetail",
      method: "POST",
      body: jsonBody({ user_ticket: userTicket }),
      answer: Detail,
      repeat: "always",
    },
    options,
  );
}
