/**
 * What a human is known by. `userid` and `externalUserid` mean somebody within one corp, `openid` within one app id, `unionid` within the Open Platform
 * account that corp and shop are bound to. `person` is a viewer or buyer of ours, `staff` who signs in here. `visitor` is a person without a name who turned
 * out to be that one, `formerPerson` one who was known by another key: any number of both can be one human, so each is a slot of its own.
 */
export const IDENTITY_KINDS = [
  "userid",
  "externalUserid",
  "unionid",
  "openid",
  "person",
  "visitor",
  "formerPerson",
  "staff",
] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

export type IdentityKey = { readonly kind: IdentityKind; readonly scope: string; readonly value: string };

export const keyOf = {
  userid: (corpId: string, value: string): IdentityKey => ({ kind: "userid", scope: corpId, value }),
  externalUserid: (corpId: string, value: string): IdentityKey => ({ kind: "externalUserid", scope: corpId, value }),
  unionid: (value: string): IdentityKey => ({ kind: "unionid", scope: "", value }),
  openid: (appId: string, value: string): IdentityKey => ({ kind: "openid", scope: appId, value }),
  person: (personId: string): IdentityKey => ({ kind: "person", scope: "", value: personId }),
  visitor: (personId: string): IdentityKey => ({ kind: "visitor", scope: personId, value: personId }),
  formerPerson: (personId: string): IdentityKey => ({ kind: "formerPerson", scope: personId, value: personId }),
  staff: (personId: string): IdentityKey => ({ kind: "staff", scope: "", value: personId }),
} as const;

/** One text for one key: kinds and scopes hold no `|`, values may. */
export const wordOf = ({ kind, scope, value }: IdentityKey): string => `${kind}|${scope}|${value}`;

export function keyFromWord(word: string): IdentityKey {
  const [kindWord = "", scope = "", ...value] = word.split("|");
  const kind = IDENTITY_KINDS.find((known) => known === kindWord);
  if (kind === undefined) throw new Error(`no key of a human: ${kindWord}`);
  return { kind, scope, value: value.join("|") };
}

/** Of keys that share a slot an identity may have one only. */
export const slotOf = (word: string): string => word.split("|", 2).join("|");
