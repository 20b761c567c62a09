import { createHmac } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";
import { idFrom } from "./ids.ts";

/**
 * What becomes of a sender's own key of a person (openid, buyer id, phone): a hash to find them by, and the id that they get when nobody knows
 * them yet. The key itself is kept nowhere.
 */
export type PersonKeys = { hashOf(key: string): string; idOf(key: string): string };

export function personKeys(secret: string): PersonKeys {
  const hashKey = derivedHmacKey(secret, "person key v1");
  return {
    hashOf: (key) => createHmac("sha256", hashKey).update(key).digest("hex"),
    idOf: (key) => idFrom("v", secret, key),
  };
}
