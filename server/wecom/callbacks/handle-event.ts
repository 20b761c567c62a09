import type { Instant } from "#domain/units.ts";
import { WecomError } from "../wecom-error.ts";
import type { CallbackEvent } from "./callback-event.ts";
import type { WecomPeople } from "./people-contract.ts";
import type { WecomCalls } from "./wecom-calls.ts";

export type EventWork = {
  /** Id of the corp's row. */
  readonly corp: string;
  readonly at: Instant;
  readonly people: WecomPeople;
  readonly calls: WecomCalls;
};

/** What became of it, for who looks into the table. `ignored`: nothing here concerns us. `gone`: WeCom shows nobody any more. */
export type EventOutcome = "told" | "tagged" | "tagsRefused" | "gone" | "ignored";

/**
 * Tells the tables of people and groups what an event brings. What can be read from WeCom is read, since events come late and in any order; may be
 * done again at any time.
 */
export async function handleEvent(event: CallbackEvent, work: EventWork): Promise<EventOutcome> {
  const { corp, at, people, calls } = work;
  switch (event.kind) {
    case "contact.added":
      return addContact(event, work);
    case "contact.edited": {
      const read = await calls.readContact(event.externalUserId);
      if (read) await people.contactChanged({ corp, at, read });
      return read ? "told" : "gone";
    }
    case "contact.removed": {
      const { userId, externalUserId, transferred } = event;
      await people.contactRemoved({ corp, userId, externalUserId, at, by: transferred ? "transfer" : "member" });
      return "told";
    }
    case "member.removed": {
      const { userId, externalUserId } = event;
      await people.contactRemoved({ corp, userId, externalUserId, at, by: "customer" });
      return "told";
    }
    case "transfer.failed": {
      const { userId, externalUserId, reason } = event;
      await people.transferFailed({ corp, userId, externalUserId, at, reason });
      return "told";
    }
    case "group.changed": {
      const { chatId, detail, members, from, to } = event;
      await people.groupChanged({ corp, chatId, at, detail, members, from, to });
      return "told";
    }
    case "group.dismissed":
      await people.groupDismissed({ corp, chatId: event.chatId, at });
      return "told";
    case "tags.changed":
      await people.tagsChanged({ corp, at });
      return "told";
    // Its welcome, the only thing that it brings, goes a faster way.
    case "audit.approved":
    case "other":
      return "ignored";
  }
}

type Added = Extract<CallbackEvent, { readonly kind: "contact.added" }>;

async function addContact(event: Added, { corp, at, people, calls }: EventWork): Promise<EventOutcome> {
  const { userId, externalUserId, half, state } = event;
  const read = await calls.readContact(externalUserId);
  const { tagIds } = await people.contactAdded({ corp, userId, externalUserId, at, half, state, read });
  const follow = read?.follows.find((one) => one.userId === userId);
  if (!follow) return "gone";
  const missing = tagIds.filter((tagId) => !follow.tagIds.includes(tagId));
  if (missing.length === 0) return "told";
  try {
    await calls.addTags({ userId, externalUserId }, missing);
    return "tagged";
  } catch (error) {
    // A tag that was deleted, or made by another app: trying again changes nothing, and the contact is there without it.
    if (error instanceof WecomError && (error.class === "target" || error.class === "gone")) return "tagsRefused";
    throw error;
  }
}
