import { z } from "zod";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { Count, listOf, MaybeText, Text } from "./answers.ts";

/** Staff, as far as the app may see them. Newer apps are told no names: then `name` is the userid. */
export type Member = { readonly userid: string; readonly name: string; readonly departments: readonly number[] };

const MemberPart = z
  .object({ userid: z.string().min(1), name: Text, department: listOf(Count), avatar: MaybeText })
  .transform(({ userid, name, department }): Member => ({ userid, name: name || userid, departments: department }));

export function getMember(client: WecomClient, userid: string, options: CallOptions = {}): Promise<Member> {
  return client.call(
    { api: "user/get", method: "GET", query: { userid }, answer: MemberPart, repeat: "always" },
    options,
  );
}

/** Of one department and, unless told otherwise, all below it; 1 is the whole company. */
export async function listMembers(
  client: WecomClient,
  { department = 1, below = true }: { readonly department?: number; readonly below?: boolean } = {},
  options: CallOptions = {},
): Promise<Member[]> {
  const answer = await client.call(
    {
      api: "user/simplelist",
      method: "GET",
      query: { department_id: String(department), ...(below ? { fetch_child: "1" } : {}) },
      answer: z.object({ userlist: listOf(MemberPart) }),
      repeat: "always",
    },
    options,
  );
  return answer.userlist;
}
