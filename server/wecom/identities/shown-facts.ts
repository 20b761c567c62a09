import type { Database } from "#db/client.ts";
import type { StoredFact } from "#db/queries/identity-keys.ts";
import { idsOfWecomKeys } from "#db/queries/wecom-ids.ts";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { maskName } from "../../http/personal.ts";
import { keyFromWord, type IdentityKind } from "./identity-key.ts";

const OURS: ReadonlySet<IdentityKind> = new Set(["person", "visitor", "formerPerson", "staff"]);

/** A key as it may be shown: ours by its id, WeCom's and WeChat's by the row that has it, else by its last letters. */
export type ShownKey = {
  readonly kind: IdentityKind;
  readonly id: string | null;
  readonly ends: string;
  /** Of the row that has it; of customers masked. */
  readonly name: string | null;
};
export type ShownFact = {
  readonly id: string;
  readonly a: ShownKey;
  readonly b: ShownKey;
  readonly evidence: string;
  readonly at: number;
  readonly state: "joined" | "conflict" | "undone";
  /** Of a conflict: of which kind of key there would be two. */
  readonly conflictOf: IdentityKind | null;
  readonly undoneAt: number | null;
};

export async function shownFacts(db: Database, facts: readonly StoredFact[]): Promise<ShownFact[]> {
  const keys = facts.flatMap(({ a, b }) => [keyFromWord(a), keyFromWord(b)]);
  const ids = await idsOfWecomKeys(db, keys);
  const { open, toMask } = await namesOfWecom(db, [...ids.values()]);
  const show = (word: string): ShownKey => {
    const { kind, value } = keyFromWord(word);
    const own = OURS.has(kind);
    const id = own ? value : (ids.get(word) ?? null);
    const masked = toMask.get(id ?? "");
    const name = open.get(id ?? "") ?? (masked === undefined ? null : maskName(masked));
    return { kind, id, ends: own ? "" : value.slice(-4), name };
  };
  return facts.map(({ id, a, b, evidence, at, state, conflict, undoneAt }) => ({
    id,
    a: show(a),
    b: show(b),
    evidence,
    at,
    state: state === "conflict" || state === "undone" ? state : "joined",
    conflictOf: slotKind(conflict),
    undoneAt,
  }));
}

function slotKind(conflict: unknown): IdentityKind | null {
  if (typeof conflict !== "object" || conflict === null || !("slot" in conflict)) return null;
  return typeof conflict.slot === "string" ? keyFromWord(conflict.slot).kind : null;
}
