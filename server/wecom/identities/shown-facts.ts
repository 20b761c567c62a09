import type { Database } from "#db/client.ts";
import type { StoredFact } from "#db/queries/identity-keys.ts";
import { namesOfSenders } from "#db/queries/names.ts";
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
/** Somebody who may manage people; the name is gone when they are. */
export type ShownPerson = { readonly id: string; readonly name: string | null };
export type ShownFact = {
  readonly id: string;
  readonly a: ShownKey;
  readonly b: ShownKey;
  readonly evidence: string;
  readonly at: number;
  /** Of what a person said: who did; null also where that was not kept yet. */
  readonly saidBy: ShownPerson | null;
  readonly state: "joined" | "conflict" | "undone";
  /** Of a conflict: of which kind of key there would be two. */
  readonly conflictOf: IdentityKind | null;
  readonly undoneAt: number | null;
  /** Null: it was not a person who took it back, or nobody did. */
  readonly undoneBy: ShownPerson | null;
};

export async function shownFacts(db: Database, facts: readonly StoredFact[]): Promise<ShownFact[]> {
  const keys = facts.flatMap(({ a, b }) => [keyFromWord(a), keyFromWord(b)]);
  const ids = await idsOfWecomKeys(db, keys);
  const staffIds = facts.flatMap(({ saidBy, undoneBy }) => [saidBy, undoneBy]).filter((id) => id !== null);
  const [{ open, toMask }, staff] = await Promise.all([
    namesOfWecom(db, [...ids.values()]),
    namesOfSenders(db, [...new Set(staffIds)]),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const person = (id: string | null): ShownPerson | null =>
    id === null || id === "system" ? null : { id, name: names.get(id) ?? null };
  const show = (word: string): ShownKey => {
    const { kind, value } = keyFromWord(word);
    const own = OURS.has(kind);
    const id = own ? value : (ids.get(word) ?? null);
    const masked = toMask.get(id ?? "");
    const name = open.get(id ?? "") ?? (masked === undefined ? null : maskName(masked));
    return { kind, id, ends: own ? "" : value.slice(-4), name };
  };
  return facts.map(({ id, a, b, evidence, at, saidBy, state, conflict, undoneAt, undoneBy }) => ({
    id,
    a: show(a),
    b: show(b),
    evidence,
    at,
    saidBy: person(saidBy),
    state: state === "conflict" || state === "undone" ? state : "joined",
    conflictOf: slotKind(conflict),
    undoneAt,
    undoneBy: person(undoneBy),
  }));
}

function slotKind(conflict: unknown): IdentityKind | null {
  if (typeof conflict !== "object" || conflict === null || !("slot" in conflict)) return null;
  return typeof conflict.slot === "string" ? keyFromWord(conflict.slot).kind : null;
}
