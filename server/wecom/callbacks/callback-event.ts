import { hash } from "node:crypto";
import { instant, type Instant } from "#domain/units.ts";
import type { XmlNode } from "../callback-xml.ts";

/**
 * What a callback says, once decrypted. Both forms are read: that of the corp's own apps (`FromUserName`, `CreateTime`, `Event`) and that of third parties
 * (`AuthCorpId`, `TimeStamp`, `InfoType`). An event says that something changed and never proves what is: handlers read it again.
 */

type OfContact = { readonly userId: string; readonly externalUserId: string };

export type CallbackEvent =
  | (OfContact & {
      readonly kind: "contact.added";
      /** The customer added the member, who has not added back yet. */
      readonly half: boolean;
      readonly state: string | null;
      readonly welcomeCode: string | null;
    })
  | (OfContact & { readonly kind: "contact.edited" })
  /** By the member. */
  | (OfContact & { readonly kind: "contact.removed"; readonly transferred: boolean })
  /** By the customer. */
  | (OfContact & { readonly kind: "member.removed" })
  | (OfContact & { readonly kind: "transfer.failed"; readonly reason: string })
  /** The customer agreed to the archive of chats; such contacts get their welcome only now. */
  | (OfContact & { readonly kind: "audit.approved"; readonly welcomeCode: string | null })
  | { readonly kind: "group.dismissed"; readonly chatId: string }
  | GroupChanged
  | { readonly kind: "tags.changed" }
  | { readonly kind: "other" };

export type GroupChanged = {
  readonly kind: "group.changed";
  readonly chatId: string;
  /** null: made, or a form without it. */
  readonly detail: string | null;
  readonly members: readonly string[];
  /** Versions of the list of members before and after; null where the form has none. */
  readonly from: string | null;
  readonly to: string | null;
};

export type Callback = {
  /** The same for every delivery of one event to one app, and for no other event. */
  readonly dedupeKey: string;
  /** For reading by people: `change_external_chat.update`. */
  readonly name: string;
  /** What is to be worked in order: `chat:…`, `contact:…`, `tags`; each `other` stands alone. */
  readonly object: string;
  readonly happenedAt: Instant;
  readonly event: CallbackEvent;
};

/** null: no callback of WeCom. */
export function readCallback(message: XmlNode): Callback | null {
  const field = fieldsOf(message);
  const seconds = field("CreateTime") ?? field("TimeStamp");
  const event = field("Event") ?? field("InfoType") ?? field("MsgType");
  if (message.name !== "xml" || seconds === null || event === null || !/^\d{1,11}$/.test(seconds)) return null;
  const dedupeKey = dedupeKeyOf(message, field("MsgId"));
  const read = eventOf(event, message, field);
  return {
    dedupeKey,
    name: [event, field("ChangeType")].filter((part) => part !== null).join("."),
    object: objectOf(read, dedupeKey),
    happenedAt: instant(Number(seconds) * 1_000),
    event: read,
  };
}

type Field = (name: string) => string | null;

/** The first of that name; an empty one is none. */
function fieldsOf({ children }: XmlNode): Field {
  const texts = new Map<string, string>();
  for (const { name, text } of children) if (text !== "" && !texts.has(name)) texts.set(name, text);
  return (name) => texts.get(name) ?? null;
}

function eventOf(event: string, message: XmlNode, field: Field): CallbackEvent {
  switch (event) {
    case "change_external_contact":
      return contactEvent(field);
    case "change_external_chat":
      return groupEvent(message, field);
    case "change_external_tag":
      return { kind: "tags.changed" };
    default:
      return { kind: "other" };
  }
}

function contactEvent(field: Field): CallbackEvent {
  const userId = field("UserID");
  const externalUserId = field("ExternalUserID");
  if (userId === null || externalUserId === null) return { kind: "other" };
  const of = { userId, externalUserId };
  const change = field("ChangeType") ?? "";
  switch (change) {
    case "add_external_contact":
    case "add_half_external_contact": {
      const half = change === "add_half_external_contact";
      return { kind: "contact.added", ...of, half, state: field("State"), welcomeCode: field("WelcomeCode") };
    }
    case "edit_external_contact":
      return { kind: "contact.edited", ...of };
    case "del_external_contact":
      return { kind: "contact.removed", ...of, transferred: field("Source") === "DELETE_BY_TRANSFER" };
    case "del_follow_user":
      return { kind: "member.removed", ...of };
    case "transfer_fail":
      return { kind: "transfer.failed", ...of, reason: field("FailReason") ?? "unknown" };
    case "msg_audit_approved":
      return { kind: "audit.approved", ...of, welcomeCode: field("WelcomeCode") };
    default:
      return { kind: "other" };
  }
}

function groupEvent(message: XmlNode, field: Field): CallbackEvent {
  const chatId = field("ChatId");
  if (chatId === null) return { kind: "other" };
  if (field("ChangeType") === "dismiss") return { kind: "group.dismissed", chatId };
  // JoinScene and QuitScene mean different things in different deliveries: what is true stands in the group itself.
  return {
    kind: "group.changed",
    chatId,
    detail: field("UpdateDetail"),
    members: membersOf(message),
    from: field("LastMemVer"),
    to: field("CurMemVer"),
  };
}

/** `<Item>` by `<Item>`; older deliveries have one text with commas. */
function membersOf(message: XmlNode): string[] {
  const list = message.children.find(({ name }) => name === "MemChangeList");
  if (!list) return [];
  const items = list.children.filter(({ name }) => name === "Item").map(({ text }) => text);
  const ids = items.length > 0 ? items : list.text.split(",");
  return ids.map((id) => id.trim()).filter((id) => id !== "");
}

/**
 * Messages have an id. Events have none: everything they say counts, whatever its order, with their second in it. Two events of one second that say the
 * very same are taken for one, which costs nothing where what they are about is read again.
 */
function dedupeKeyOf(message: XmlNode, msgId: string | null): string {
  const told: string[] = [];
  if (msgId === null) collectLeaves(message, "", told);
  else told.push(`MsgId=${msgId}`);
  // NUL stands in no message.
  return hash("sha256", told.sort().join("\0"), "base64url");
}

function collectLeaves({ name, text, children }: XmlNode, path: string, into: string[]): void {
  if (children.length === 0) into.push(`${path}${name}=${text}`);
  else for (const child of children) collectLeaves(child, `${path}${name}/`, into);
}

function objectOf(event: CallbackEvent, dedupeKey: string): string {
  switch (event.kind) {
    case "group.changed":
    case "group.dismissed":
      return `chat:${event.chatId}`;
    case "tags.changed":
      return "tags";
    case "other":
      return `other:${dedupeKey}`;
    case "contact.added":
    case "contact.edited":
    case "contact.removed":
    case "member.removed":
    case "transfer.failed":
    case "audit.approved":
      return `contact:${event.externalUserId}`;
  }
}
