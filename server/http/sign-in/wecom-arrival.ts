import { personOfMember, noteUnmapped } from "#db/queries/wecom-member-people.ts";
import { membersByUserid } from "#db/queries/wecom-members.ts";
import { newId } from "../../auth/ids.ts";
import type { WayOut } from "../../auth/wecom-state.ts";
import { userOfCode } from "../../wecom/api/sign-in.ts";
import type { Wecom } from "../../wecom/wecom.ts";
import { isWecomFailure, WecomError } from "../../wecom/wecom-error.ts";
import type { ApiContext } from "../context.ts";
import { readPart } from "../forward/forward-list.ts";

/** Whoever came back from WeCom's sign-in, and why they are not let in. Each `refused` has its words on the page it leads to. */

export type Refusal = "refused" | "away" | "outsider" | "unmapped" | "noAccount" | "disabled" | "notMember" | "expired";
export type Arrival =
  | { readonly is: "person"; readonly personId: string }
  | { readonly is: "forwarder"; readonly token: string }
  | { readonly is: "refused"; readonly why: Refusal };

const refused = (why: Refusal): Arrival => ({ is: "refused", why });

export type ArrivalDeps = { readonly context: ApiContext; readonly wecom: Wecom };

/** A code is good for one question, of the corp it was given for alone. */
export async function arrive({ context, wecom }: ArrivalDeps, way: WayOut, code: string): Promise<Arrival> {
  const member = await memberOf({ context, wecom }, way.corpRow, code);
  if (typeof member !== "object") return refused(member);
  return way.purpose === "staff" ? asStaff(context, member.memberId) : asForwarder(context, way.to, member.memberId);
}

async function memberOf(
  { context: { db }, wecom }: ArrivalDeps,
  corpRow: string,
  code: string,
): Promise<{ readonly memberId: string } | Refusal> {
  const client = await wecom.secrets.clientFor(corpRow, "sign_in");
  if (!client) return "refused";
  try {
    const who = await userOfCode(client, code);
    if (who.kind === "outsider") return "outsider";
    const seen = { now: Date.now(), newId: () => newId("m") };
    const memberId = (await membersByUserid(db, corpRow, [who.userid], seen)).get(who.userid);
    return memberId === undefined ? "refused" : { memberId };
  } catch (error) {
    if (!isWecomFailure(error)) throw error;
    return error instanceof WecomError ? "refused" : "away";
  }
}

async function asStaff({ db }: ApiContext, memberId: string): Promise<Arrival> {
  const person = await personOfMember(db, memberId);
  if (!person) {
    await noteUnmapped(db, memberId, Date.now());
    return refused("unmapped");
  }
  if (person.disabled) return refused("disabled");
  return person.hasAccount ? { is: "person", personId: person.personId } : refused("noAccount");
}

async function asForwarder(context: ApiContext, token: string, memberId: string): Promise<Arrival> {
  const link = context.forwardTokens.read(token, Date.now());
  if (!link) return refused("expired");
  const { members } = await readPart(context, link);
  if (!members.some(({ staffId }) => staffId === memberId)) return refused("notMember");
  return { is: "forwarder", token: context.forwardTokens.signMember(link, memberId) };
}
