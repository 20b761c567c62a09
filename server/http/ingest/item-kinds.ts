import { z } from "zod";
import { looksLikeQuestion, wordsIn } from "#domain/comment-words.ts";
import { linesOf, OrderLine, OrderRefund, OrderReport } from "#domain/order-item.ts";
import { AudienceSample, ProductSample } from "#domain/ops/audience.ts";
import { ToldAt } from "#domain/told-time.ts";
import { Id, PlatformId, text } from "#domain/units.ts";
import type { Json } from "#domain/op.ts";
import { withoutTurns } from "../../lib/bidi.ts";

/**
 * What programs may send, by kind: the sender's item, without what logs must not hold, becomes an item of the kind's command. Persons come
 * as the sender's own key of them (openid, buyer id), which is kept as a hash, or as an id that Kaibo gave.
 */

const Person = {
  /** The sender's id of the person: the same key is the same person in every show. */
  personKey: text(200, 1).optional(),
  /** Shown masked; kept where it can be deleted. */
  personName: text(60).optional(),
  /** Of a viewer's token. */
  personId: z
    .string()
    .regex(/^v_[0-9A-Za-z]{10,40}$/)
    .optional(),
};
export type SentPerson = {
  readonly personKey?: string | undefined;
  readonly personName?: string | undefined;
  readonly personId?: string | undefined;
};

/**
 * Strict, all of them: a misspelt `freightFen` that is passed over is a figure that is quietly wrong, and whoever integrates is there to read the
 * answer.
 */
export const OrderSent = OrderReport.omit({ personId: true })
  .extend({
    ...Person,
    lines: linesOf(OrderLine.strict()).optional(),
    refunds: z
      .array(OrderRefund.extend({ at: ToldAt }).strict())
      .max(100)
      .optional(),
  })
  .strict();
export const AudienceSent = AudienceSample.extend({
  sampleId: Id,
  products: z.array(ProductSample.strict()).max(500).default([]),
}).strict();
export const CommentSent = z.strictObject({
  commentId: PlatformId,
  at: ToldAt,
  text: text(500, 1).transform(withoutTurns).pipe(z.string().min(1)),
  ...Person,
});

/** As many as a comment may carry. */
const WORDS_MAX = 40;

/** What was learned for all items of a request, before they are turned into commands. */
export type Learned = {
  readonly personOf: (sent: SentPerson) => string | null;
  readonly commentIdOf: (sentId: string) => string;
  readonly keywords: readonly string[];
  readonly phrases: readonly string[];
};

export const KINDS = ["orders", "audience", "comments"] as const;
export type Kind = (typeof KINDS)[number];

/** One command takes all items of a request. */
export const commandOf: Readonly<Record<Kind, string>> = {
  orders: "order.recordMany",
  audience: "audience.sampleMany",
  comments: "comment.noteMany",
};

export const sentSchemas = { orders: OrderSent, audience: AudienceSent, comments: CommentSent } as const;
export type Sent =
  | { readonly kind: "orders"; readonly item: z.infer<typeof OrderSent> }
  | { readonly kind: "audience"; readonly item: z.infer<typeof AudienceSent> }
  | { readonly kind: "comments"; readonly item: z.infer<typeof CommentSent> };

export function toCommandItem(sent: Sent, learned: Learned): Json {
  switch (sent.kind) {
    case "orders": {
      const { personKey, personName: _name, personId, ...order } = sent.item;
      // `null` would say that the buyer is not known (ORD4); a report that names none says nothing of it.
      if (personKey === undefined && personId === undefined) return order;
      return { ...order, personId: learned.personOf({ personKey, personId }) };
    }
    case "audience":
      return sent.item;
    case "comments": {
      const { commentId, at, text: said, ...person } = sent.item;
      return {
        commentId: learned.commentIdOf(commentId),
        personId: learned.personOf(person),
        at,
        keywords: wordsIn(said, learned.keywords).slice(0, WORDS_MAX),
        phrases: wordsIn(said, learned.phrases).slice(0, WORDS_MAX),
        question: looksLikeQuestion(said),
      };
    }
  }
}
