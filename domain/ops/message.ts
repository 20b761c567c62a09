import { z } from "zod";
import { controlRow } from "../bag/rows.ts";
import { fillPreset, loudest } from "../message-text.ts";
import { headlineOf } from "../metrics/show-figures.ts";
import { defineOp, reject, type AnyEvent, type EventMeta } from "../op.ts";
import { presetValues } from "../preset-values.ts";
import { MESSAGE_PRESETS } from "../presets.ts";
import { same } from "../same.ts";
import { Id, Instant, PlatformId, text, type Instant as At } from "../units.ts";
import { audience, gaugeOf } from "./audience.ts";
import { bag } from "./bag.ts";
import { comment, isNoted } from "./comment.ts";
import { coupon } from "./coupon.ts";
import { figures } from "./figures.ts";

/** How many messages a show keeps in its state; older ones stand in the log only (MSG1). */
export const MESSAGES_KEPT = 200;

const TEXT_MAX = 200;
/** As many as stand on a phone at a glance. */
const ASSISTANT_LINES = 4;

export const RECIPIENTS = ["host", "assistant"] as const;
const Recipient = z.enum(RECIPIENTS);
const PresetKey = z.string().regex(/^([1-9]|1[0-2])$/);

const Preset = z.object({ presetKey: PresetKey, to: Recipient, text: text(120, 1), blink: z.boolean() });
export type Preset = z.infer<typeof Preset>;
const Presets = z.array(Preset).max(12);

const Sent = z.object({
  messageId: Id,
  to: Recipient,
  /** As it was read: placeholders were filled in by the sender's screen. */
  text: text(TEXT_MAX, 1),
  presetKey: PresetKey.nullable(),
  blink: z.boolean(),
});

/** A viewer's comment passed on. Its words stay where they can be deleted, and are joined where the view leaves the server. */
const Asked = Sent.pick({ messageId: true, to: true, blink: true }).extend({ commentId: PlatformId });

export type Message = z.infer<typeof Sent> & {
  /** The comment that it passes on; `text` is empty then. */
  readonly commentId: string | null;
  readonly by: string;
  readonly at: At;
  readonly seen: { readonly by: string; readonly at: At } | null;
  readonly clearedAt: At | null;
};

/** `hiddenAt`: its comment is hidden, and while it is nobody sees the message either. */
type Kept = Message & { readonly hiddenAt: At | null };

export type MessageState = {
  readonly presets: readonly Preset[];
  /** Counts the changes of the presets, for `expect`. */
  readonly presetsVersion: number;
  /** In order of sending. */
  readonly messages: ReadonlyMap<string, Kept>;
};

const senders = ["owner", "manager", "operator", "floor", "assistant"] as const;

/** Rules MSG1–MSG9 in SPEC.md: short lines to host and assistant, and whether they were seen. */
export const message = defineOp({
  name: "message",
  reads: { bag, coupon, audience, comment, figures },
  initial: (): MessageState => ({ presets: MESSAGE_PRESETS, presetsVersion: 0, messages: new Map() }),
  events: {
    "message.presetsSet.v1": z.object({ from: Presets, to: Presets }),
    "message.sent.v1": Sent,
    "message.asked.v1": Asked,
    "message.seen.v1": z.object({ messageId: Id, happenedAt: Instant }),
    "message.cleared.v1": z.object({ messageIds: z.array(Id) }),
  },
  expects: { setPresets: z.object({ version: z.int() }) },
  commands: {
    setPresets: {
      by: ["owner", "manager", "operator"],
      risk: "reversible",
      input: z.object({ presets: Presets }),
      decide(see, { presets }, _ctx, expect) {
        const { presets: from, presetsVersion: version } = see.own;
        if (expect && expect.version !== version) return reject("state.changed", { version });
        const keys = new Set(presets.map(({ presetKey }) => presetKey));
        if (keys.size < presets.length) return reject("message.presetKeyTwice");
        if (same(from, presets)) return [];
        return [{ type: "message.presetsSet.v1", data: { from: [...from], to: presets } }];
      },
    },
    send: {
      by: senders,
      risk: "compensable",
      input: Sent.omit({ messageId: true }).extend({
        presetKey: PresetKey.nullable().default(null),
        blink: z.boolean().default(false),
      }),
      /** A screen may have filled placeholders in; those of a cue or a program are filled here, at the second they are read. */
      decide(see, input, ctx) {
        const { paidFen } = headlineOf(
          see.figures.show,
          gaugeOf(see.audience, "paidFen"),
          gaugeOf(see.audience, "orders"),
        );
        const { explained, products } = see.bag;
        const product = explained && products.get(explained.productId);
        const coupons = see.coupon.coupons.values();
        const values = presetValues({ product: product && controlRow(product), coupons, paidFen });
        const filled = fillPreset(input.text, values).text.slice(0, TEXT_MAX).toWellFormed();
        return [{ type: "message.sent.v1", data: { ...input, text: filled, messageId: ctx.newId() } }];
      },
      result: (events) => ({ messageId: messageIdOf(events) }),
    },
    /** Passes a viewer's question on. */
    ask: {
      by: senders,
      risk: "compensable",
      input: z.object({ commentId: PlatformId, to: Recipient.default("host"), blink: z.boolean().default(false) }),
      decide(see, input, ctx) {
        const { commentId, to } = input;
        if (!isNoted(see.comment, commentId)) return reject("comment.notFound");
        if (see.comment.hidden.has(commentId)) return reject("message.commentHidden");
        const waits = waiting(see.own, to).some((row) => row.commentId === commentId);
        return waits ? [] : [{ type: "message.asked.v1", data: { ...input, messageId: ctx.newId() } }];
      },
      result: (events) => ({ messageId: messageIdOf(events) }),
    },
    /** A second 已看 changes nothing: two screens may answer for one host. */
    seen: {
      by: ["screen", "host", "floor", "assistant"],
      risk: "compensable",
      input: z.object({ messageId: Id }),
      decide(see, { messageId }, ctx) {
        const found = see.own.messages.get(messageId);
        if (!found) return reject("message.notFound", { messageId });
        if (found.seen) return [];
        return [{ type: "message.seen.v1", data: { messageId, happenedAt: ctx.now } }];
      },
    },
    /** Takes a message off the screens; without an id all that still stand there. */
    clear: {
      by: senders,
      risk: "compensable",
      input: z.object({ messageId: Id.optional() }),
      decide(see, { messageId }) {
        if (messageId !== undefined && !see.own.messages.has(messageId))
          return reject("message.notFound", { messageId });
        const messageIds = [...see.own.messages.values()]
          .filter((own) => own.clearedAt === null && (messageId === undefined || own.messageId === messageId))
          .map((own) => own.messageId);
        return messageIds.length === 0 ? [] : [{ type: "message.cleared.v1", data: { messageIds } }];
      },
    },
  },
  apply: {
    "message.presetsSet.v1": (own, { to }) => ({ ...own, presets: to, presetsVersion: own.presetsVersion + 1 }),
    "message.sent.v1": (own, sent, meta) => added(own, { ...sent, commentId: null }, meta),
    "message.asked.v1": (own, asked, meta) => added(own, { ...asked, text: "", presetKey: null }, meta),
    "message.seen.v1": (own, { messageId, happenedAt }, { by }) =>
      changed(own, [messageId], (row) => ({ ...row, seen: { by, at: happenedAt } })),
    "message.cleared.v1": (own, { messageIds }, { at }) =>
      changed(own, messageIds, (row) => ({ ...row, clearedAt: at })),
  },
  on: {
    // What nobody is to see does not stay on the host's screen.
    "comment.hidden.v1": (own, { commentId }, { at }) => hideAsked(own, commentId, at),
    "comment.shown.v1": (own, { commentId }) => hideAsked(own, commentId, null),
  },
  undo: {
    "message.presetsSet.v1": (see, { from, to }) =>
      same(see.own.presets, to)
        ? [{ type: "message.presetsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "presets" }),
  },
  slices: {
    messages: {
      kind: "keyed",
      rows: (see) => see.own.messages,
      show: { control: shownRow, review: shownRow },
    },
    messagePresets: {
      kind: "value",
      show: {
        control: ({ own }) => ({ presets: own.presets, version: own.presetsVersion }),
        review: ({ own }) => ({ presets: own.presets, version: own.presetsVersion }),
      },
    },
    hostMessage: {
      kind: "value",
      show: {
        host({ own }) {
          const found = loudest(waiting(own, "host"));
          if (!found) return null;
          return shownLine(found);
        },
      },
    },
    assistantMessages: {
      kind: "value",
      show: { host: ({ own }) => waiting(own, "assistant").slice(-ASSISTANT_LINES).toReversed().map(shownLine) },
    },
  },
});

/** Neither seen nor cleared nor hidden, in order of sending. */
function waiting(own: MessageState, to: Message["to"]): Kept[] {
  const waits = (row: Kept) => row.to === to && !row.seen && row.clearedAt === null && row.hiddenAt === null;
  return [...own.messages.values()].filter(waits);
}

/** One whose comment is hidden looks cleared. */
function shownRow({ hiddenAt, ...row }: Kept): Message {
  return { ...row, clearedAt: row.clearedAt ?? hiddenAt };
}

const shownLine = ({ messageId, text: words, commentId, blink, at }: Message) => ({
  messageId,
  text: words,
  commentId,
  blink,
  at,
});

type NewMessage = Omit<Kept, "by" | "at" | "seen" | "clearedAt" | "hiddenAt">;

function added(own: MessageState, sent: NewMessage, { by, at }: EventMeta): MessageState {
  const messages = new Map(own.messages).set(sent.messageId, {
    ...sent,
    by,
    at,
    seen: null,
    clearedAt: null,
    hiddenAt: null,
  });
  for (const messageId of messages.keys()) {
    if (messages.size <= MESSAGES_KEPT) break;
    messages.delete(messageId);
  }
  return { ...own, messages };
}

function hideAsked(own: MessageState, commentId: string, hiddenAt: At | null): MessageState {
  const asked = [...own.messages.values()].filter((row) => row.commentId === commentId);
  const ids = asked.map(({ messageId }) => messageId);
  return ids.length === 0 ? own : changed(own, ids, (row) => ({ ...row, hiddenAt }));
}

function changed(own: MessageState, messageIds: readonly string[], change: (row: Kept) => Kept): MessageState {
  const messages = new Map(own.messages);
  for (const messageId of messageIds) {
    const row = messages.get(messageId);
    if (row) messages.set(messageId, change(row));
  }
  return { ...own, messages };
}

function messageIdOf(events: readonly AnyEvent[]): string | null {
  const sent = events.find(({ type }) => type === "message.sent.v1" || type === "message.asked.v1");
  return Sent.pick({ messageId: true }).safeParse(sent?.data).data?.messageId ?? null;
}
