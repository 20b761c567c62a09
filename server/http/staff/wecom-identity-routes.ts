import { z } from "zod";
import { buyerOfOrder } from "#db/queries/buyer-of-order.ts";
import { forgetContact } from "#db/queries/forget-wecom.ts";
import { factById, factsInState, factsNaming, keysAmong, keysOfIdentities } from "#db/queries/identity-keys.ts";
import { identityCounts, unresolvedContacts } from "#db/queries/unresolved-contacts.ts";
import { contactById } from "#db/queries/wecom-contacts.ts";
import { Id, PlatformId } from "#domain/units.ts";
import { joinKeys, restoreFact, undoFact } from "../../wecom/identities/identities.ts";
import { IDENTITY_KINDS, keyFromWord, keyOf, type IdentityKey } from "../../wecom/identities/identity-key.ts";
import { shownFacts } from "../../wecom/identities/shown-facts.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError, notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { readPageCursor, writePageCursor } from "../page-cursor.ts";
import { maskName } from "../personal.ts";
import { At, Done, failures, IdParams } from "../shapes.ts";
import { askingFor, roomsWithRight, type Asking } from "../wecom-rights.ts";
import { narrowed } from "./wecom-group-routes.ts";

const KeyShape = z.object({
  kind: z.enum(IDENTITY_KINDS),
  /** Ours, or the row that has it (`m_`, `x_`); null: no row. */
  id: z.string().nullable(),
  /** Last letters of a key that is not ours. */
  ends: z.string(),
  /** Of the row that has it; of customers masked. */
  name: z.string().nullable(),
});
const SaidBy = z.object({ id: z.string(), name: z.string().nullable() }).nullable();
const FactShape = z.object({
  id: z.string(),
  a: KeyShape,
  b: KeyShape,
  evidence: z.string(),
  at: At,
  /** Of what a person said: who; null also where that was not kept yet. */
  saidBy: SaidBy,
  state: z.enum(["joined", "conflict", "undone"]),
  conflictOf: z.enum(IDENTITY_KINDS).nullable(),
  undoneAt: At.nullable(),
  /** Null: nobody, or not by hand. */
  undoneBy: SaidBy,
});
const Unresolved = z.object({
  id: z.string(),
  corpId: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  reason: z.enum(["noUnionid", "noPerson"]),
  addWay: z.int().nullable(),
  channelsName: z.string().nullable(),
  firstSeenAt: At,
});

const tags = ["wecom"];
const FACTS_MAX = 200;

export function serveWecomIdentities(app: ApiInstance, context: ApiContext): void {
  serveUnresolved(app, context);
  serveFacts(app, context);
  serveOneContact(app, context);
}

function serveUnresolved(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/identities",
    {
      schema: {
        tags,
        summary: "Customers of whom it is not known who they are (owner, manager, community)",
        description:
          "Keys are joined by evidence alone, never by name. `noUnionid`: WeCom tells none, mostly because the company is not bound to an Open Platform account. `noPerson`: no viewer or buyer has that unionid yet.",
        querystring: z.object({
          corp: Id.optional(),
          cursor: z.string().max(200).optional(),
          limit: numberInQuery(z.int().min(1).max(200).default(50)),
        }),
        response: {
          200: z.object({
            counts: z.object({ all: z.int(), resolved: z.int(), noUnionid: z.int(), noPerson: z.int() }),
            unresolved: z.array(Unresolved),
            cursor: z.string().nullable(),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { corpIds } = await askingFor(request, "write", context);
      const { corp, cursor, limit } = request.query;
      const corps = narrowed(corpIds, corp);
      const from = readPageCursor(cursor);
      const after = from && { at: from.value, id: from.id };
      const [counts, rows] = await Promise.all([
        identityCounts(db, corps),
        unresolvedContacts(db, corps, { after, limit: limit + 1 }),
      ]);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      void reply.header("cache-control", "no-store");
      return {
        counts,
        unresolved: page.map((row) => ({ ...row, name: row.name === null ? null : maskName(row.name) })),
        cursor: last ? writePageCursor({ value: last.firstSeenAt, id: last.id }) : null,
      };
    },
  );
}

function serveFacts(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/identities/facts",
    {
      schema: {
        tags,
        summary: "Evidence that joins keys, contradicts what is joined, or was taken back (owner, manager)",
        querystring: z.object({ state: z.enum(["joined", "conflict", "undone"]).default("conflict") }),
        response: { 200: z.object({ facts: z.array(FactShape) }), ...failures },
      },
    },
    async (request) => {
      const asking = await askingFor(request, "manage", context);
      const facts = await factsInState(db, request.query.state, FACTS_MAX);
      return {
        facts: await shownFacts(
          db,
          facts.filter((fact) => isOf(fact, asking)),
        ),
      };
    },
  );

  for (const [verb, summary] of [
    ["undo", "Take evidence back: what it joined falls apart again (owner, manager)"],
    ["restore", "Let evidence that was taken back hold again (owner, manager)"],
  ] as const) {
    app.post(
      `/api/v1/wecom/identities/facts/:id/${verb}`,
      { schema: { tags, summary, params: IdParams, response: { 200: Done, ...failures } } },
      async (request) => {
        const asking = await askingFor(request, "manage", context);
        const { id } = request.params;
        const fact = await factById(db, id);
        if (!fact || !isOf(fact, asking)) throw notFound("identityFact");
        const now = Date.now();
        if (verb === "undo") await undoFact(db, id, { by: asking.principal.personId, now });
        else await restoreFact(db, id, now);
        return { status: "ok" as const };
      },
    );
  }
}

function serveOneContact(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/wecom/contacts/:id/identity",
    {
      schema: {
        tags,
        summary: "Who a customer is, and by what evidence (owner, manager)",
        params: IdParams,
        response: { 200: z.object({ personId: z.string().nullable(), facts: z.array(FactShape) }), ...failures },
      },
    },
    async (request) => {
      const contact = await contactFor(request, context);
      const own = keyOf.externalUserid(contact.corpId, contact.externalUserid);
      const [found] = await keysAmong(db, [own]);
      const keys = found ? await keysOfIdentities(db, [found.identityId]) : [own];
      const facts = await factsNaming(
        db,
        keys.map(({ kind, scope, value }) => `${kind}|${scope}|${value}`),
      );
      const personId = keys.find(({ kind }) => kind === "person")?.value ?? null;
      return { personId, facts: await shownFacts(db, facts) };
    },
  );

  app.post(
    "/api/v1/wecom/contacts/:id/same-as",
    {
      schema: {
        tags,
        summary: "Say who a customer is, by an order they placed or by another customer they are (owner, manager)",
        description:
          "Evidence like any other: it may contradict what is known (`conflict`, then nothing is joined), and can be taken back. Taken back once, it is restored and not said anew (`undone`).",
        params: IdParams,
        body: z.union([z.object({ orderId: PlatformId }), z.object({ contactId: Id })]),
        response: { 200: z.object({ outcome: z.enum(["joined", "conflict", "undone"]) }), ...failures },
      },
    },
    async (request) => {
      const contact = await contactFor(request, context);
      const { principal, corpIds } = await askingFor(request, "manage", context);
      const own = keyOf.externalUserid(contact.corpId, contact.externalUserid);
      const told = request.body;
      const other =
        "orderId" in told
          ? await buyerKey(context, told.orderId, roomsWithRight(principal, "manage"))
          : await customerKey(context, told.contactId, corpIds);
      const said = { a: own, b: other, evidence: "said", saidBy: principal.personId } as const;
      return { outcome: await joinKeys(db, said, Date.now()) };
    },
  );

  app.delete(
    "/api/v1/wecom/contacts/:id",
    {
      schema: {
        tags,
        summary: "Forget a customer: ids, name, stays in groups, what joined their keys (owner, manager)",
        description:
          "For good. As long as they are in WeCom the next reading shows them again, as somebody new whom nothing joins to what was.",
        params: IdParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const contact = await contactFor(request, context);
      if (!(await forgetContact(db, contact.id))) throw notFound("wecomContact");
      return { status: "ok" as const };
    },
  );
}

async function buyerKey({ db }: ApiContext, orderId: string, roomIds: readonly string[] | null): Promise<IdentityKey> {
  const personId = await buyerOfOrder(db, orderId, roomIds);
  if (personId === null) throw new HttpError(404, "identity.orderWithoutBuyer");
  return keyOf.person(personId);
}

async function customerKey({ db }: ApiContext, id: string, corpIds: readonly string[]): Promise<IdentityKey> {
  const contact = await contactById(db, id);
  if (!contact || !corpIds.includes(contact.corpId)) throw notFound("wecomContact");
  return keyOf.externalUserid(contact.corpId, contact.externalUserid);
}

async function contactFor(
  request: Parameters<typeof askingFor>[0] & { readonly params: { readonly id: string } },
  context: ApiContext,
) {
  const { corpIds } = await askingFor(request, "manage", context);
  const contact = await contactById(context.db, request.params.id);
  if (!contact || !corpIds.includes(contact.corpId)) throw notFound("wecomContact");
  return contact;
}

/** Evidence about somebody of a corp is for those who have the right there; about nobody of any corp, for owners. */
function isOf({ a, b }: { readonly a: string; readonly b: string }, { principal, corpIds }: Asking): boolean {
  if (principal.owner) return true;
  const scopes = [a, b]
    .map(keyFromWord)
    .flatMap(({ kind, scope }) => (kind === "userid" || kind === "externalUserid" ? [scope] : []));
  return scopes.length > 0 && scopes.every((scope) => corpIds.includes(scope));
}
