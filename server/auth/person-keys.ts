import { createHmac } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";

/**
 * What becomes of a sender's own key of a person (openid, buyer id, phone): a hash to find them by. The key itself is kept nowhere, and no id is
 * made from it: who was forgotten and is reported again is somebody new, of whom older logs know nothing.
 */
export type PersonKeys = { hashOf(key: string): string };

export function personKeys(secret: string): PersonKeys {
  const hashKey = derivedHmacKey(secret, "person key v1");
  return { hashOf: (key) => createHmac("sha256", hashKey).update(key).digest("hex") };
}
