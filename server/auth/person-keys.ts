import { createHmac } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";

/**
 * What becomes of a sender's own key of a person (openid, buyer id, phone): a hash to find them by. The key itself is kept nowhere, and no id is
 * made from it: who was forgotten and is reported again is somebody new, of whom older logs know nothing.
 */
export type PersonKeys = {
  hashOf(key: string): string;
  /** For who is known by a nickname alone. It means one person within one show; no sender's key hashes to the same. */
  hashOfName(sessionId: string, name: string): string;
};

export function personKeys(secret: string): PersonKeys {
  const hashKey = derivedHmacKey(secret, "person key v1");
  const nameKey = derivedHmacKey(secret, "person name in show v1");
  return {
    hashOf: (key) => createHmac("sha256", hashKey).update(key).digest("hex"),
    hashOfName: (sessionId, name) =>
      createHmac("sha256", nameKey)
        .update(JSON.stringify([sessionId, name]))
        .digest("hex"),
  };
}
