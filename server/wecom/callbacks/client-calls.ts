import { getContact } from "../api/contacts.ts";
import { markTags } from "../api/tags.ts";
import { sendWelcome } from "../api/welcome.ts";
import type { WecomClient } from "../client.ts";
import { contactsRead } from "../sync/contacts-read.ts";
import { WecomError } from "../wecom-error.ts";
import type { AppKeys } from "./app-keys.ts";
import type { CallsOf, WecomCalls } from "./wecom-calls.ts";

/** What callbacks ask for, asked as the corp's app for customers: the one with the rights, whichever app the event came to. */
export function callsOfCorp(appKeys: AppKeys, clientFor: (corpRow: string) => Promise<WecomClient | null>): CallsOf {
  return async (appKey) => {
    const app = await appKeys.find(appKey);
    const client = app && (await clientFor(app.corpRow));
    return client && clientCalls(client);
  };
}

function clientCalls(client: WecomClient): WecomCalls {
  return {
    async readContact(externalUserId) {
      try {
        const { contact, follows } = await getContact(client, externalUserId);
        const [read] = contactsRead(follows.map((follow) => ({ contact, follow })));
        return read ?? null;
      } catch (error) {
        if (error instanceof WecomError && error.class === "target") return null;
        throw error;
      }
    },
    sendWelcome: (welcomeCode, { text, attachments }, options) =>
      sendWelcome(client, { welcomeCode, message: { text: text ?? "", attachments } }, options),
    addTags: ({ userId, externalUserId }, add) => markTags(client, { userid: userId, externalUserId, add }),
  };
}
