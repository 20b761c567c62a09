import { z } from "zod";
import {
  changeLinkDomain,
  deleteLinkDomain,
  insertLinkDomain,
  moveLinkDomain,
  type LinkDomainRow,
} from "#db/queries/link-domains.ts";
import { newId } from "../../auth/ids.ts";
import { inUse, stateOf, type LinkDomains } from "../../links/link-domains.ts";
import { isOwner, managedRooms } from "../access.ts";
import { staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound, rejected } from "../failures.ts";
import { At, Done, failures, IdParams, RejectedBody } from "../shapes.ts";

export type LinkDomainRoutes = { readonly context: ApiContext; readonly domains: LinkDomains };

const tags = ["links"];
const State = z.enum(["unchecked", "ok", "failing", "blocked"]);
const DomainShape = z.object({
  id: z.string(),
  origin: z.string(),
  main: z.boolean(),
  position: z.int(),
  state: State,
  checkedAt: At.nullable(),
  okAt: At.nullable(),
  failingSince: At.nullable(),
  failure: z.string().nullable(),
});
const WAIT_MS = 20_000;
const DOMAINS_MAX = 20;

/** Spare domains (备用域名): which there are, which one links use, what is wrong with the others. */
export function serveLinkDomains(app: ApiInstance, routes: LinkDomainRoutes): void {
  serveList(app, routes);
  serveChanges(app, routes);
  serveNotice(app, routes);
}

const thisMachine = ["127.0.0.1", "localhost", "[::1]"];
/** A host may be typed alone. In the clear they stay on this machine. */
const Origin = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .transform((given) => (given.includes("://") ? given : `https://${given}`))
  .refine((given) => URL.canParse(given))
  .transform((given) => new URL(given))
  .refine(({ protocol, hostname }) => protocol === "https:" || (protocol === "http:" && thisMachine.includes(hostname)))
  .refine(({ pathname, search, username }) => pathname === "/" && search === "" && username === "")
  .transform(({ origin }) => origin);

function serveList(app: ApiInstance, { context, domains }: LinkDomainRoutes): void {
  const { db } = context;
  app.get(
    "/api/v1/link-domains",
    {
      schema: {
        tags,
        summary: "Domains that links may use (owner, managers)",
        response: { 200: z.object({ domains: z.array(DomainShape), using: z.string().nullable() }), ...failures },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      if (managedRooms(asking)?.length === 0) throw denied();
      const rows = await domains.list();
      return {
        domains: rows.map((row) => shown(row, domains.mainOrigin)),
        using: inUse(rows, domains.mainOrigin)?.id ?? null,
      };
    },
  );

  app.post(
    "/api/v1/link-domains",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "Add a spare domain, and look at it (owner)",
        body: z.object({ origin: Origin }),
        response: { 201: DomainShape, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const asking = await staffOf(request, context);
      if (!isOwner(asking)) throw denied();
      // The main one has the first place, unless somebody moves it.
      if ((await domains.list()).length >= DOMAINS_MAX) throw rejected("linkDomain.tooMany", { max: DOMAINS_MAX });
      const row = await insertLinkDomain(db, { id: newId("d"), origin: request.body.origin, now: Date.now() });
      if (!row) throw rejected("linkDomain.exists");
      const seen = (await domains.check(row.id)) ?? row;
      return reply.code(201).send(shown(seen, domains.mainOrigin));
    },
  );
}

function serveChanges(app: ApiInstance, { context, domains }: LinkDomainRoutes): void {
  const { db } = context;
  app.patch(
    "/api/v1/link-domains/:id",
    {
      schema: {
        tags,
        summary: "Move a domain, or say that WeChat stops it (owner, managers)",
        params: IdParams,
        body: z.object({ position: z.int().min(0).max(DOMAINS_MAX).optional(), blocked: z.boolean().optional() }),
        response: { 200: DomainShape, ...failures },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      if (managedRooms(asking)?.length === 0) throw denied();
      const { id } = request.params;
      const { position, blocked } = request.body;
      await known(domains, id);
      if (position !== undefined) await moveLinkDomain(db, id, position);
      if (blocked !== undefined) {
        await changeLinkDomain(db, id, { blocked, failingSince: blocked ? Date.now() : null, failures: 0 });
      }
      return shown(await known(domains, id), domains.mainOrigin);
    },
  );

  app.delete(
    "/api/v1/link-domains/:id",
    {
      schema: {
        tags,
        summary: "Remove a spare domain (owner): links that are out stop being ours",
        params: IdParams,
        response: { 200: Done, ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      if (!isOwner(asking)) throw denied();
      const row = await known(domains, request.params.id);
      if (row.origin === domains.mainOrigin) throw rejected("linkDomain.main");
      await deleteLinkDomain(db, row.id);
      await domains.refresh();
      return { status: "ok" as const };
    },
  );

  app.post(
    "/api/v1/link-domains/:id/check",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "Look now whether it opens (owner, managers)",
        params: IdParams,
        response: { 200: DomainShape, ...failures },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      if (managedRooms(asking)?.length === 0) throw denied();
      const row = await domains.check(request.params.id);
      if (!row) throw notFound("linkDomain");
      return shown(row, domains.mainOrigin);
    },
  );
}

/** For whoever works at a show: links of it that may be out there do not open. */
function serveNotice(app: ApiInstance, { context, domains }: LinkDomainRoutes): void {
  app.get(
    "/api/v1/link-domains/notice",
    {
      schema: {
        tags,
        summary: "Which domains do not open, and which one links use instead (all staff)",
        response: {
          200: z.object({
            using: z.string(),
            down: z.array(z.object({ origin: z.string(), state: State, since: At.nullable() })),
          }),
          ...failures,
        },
      },
    },
    async (request) => {
      await staffOf(request, context);
      const rows = await domains.list();
      const down = rows.filter((row) => stateOf(row) === "failing" || stateOf(row) === "blocked");
      return {
        using: inUse(rows, domains.mainOrigin)?.origin ?? domains.mainOrigin,
        down: down.map((row) => ({ origin: row.origin, state: stateOf(row), since: row.failingSince })),
      };
    },
  );
}

async function known(domains: LinkDomains, id: string): Promise<LinkDomainRow> {
  const row = (await domains.list()).find((one) => one.id === id);
  if (!row) throw notFound("linkDomain");
  return row;
}

function shown(row: LinkDomainRow, mainOrigin: string): z.infer<typeof DomainShape> {
  const { id, origin, position, checkedAt, okAt, failingSince, failure } = row;
  return {
    id,
    origin,
    main: origin === mainOrigin,
    position,
    state: stateOf(row),
    checkedAt,
    okAt,
    failingSince,
    failure,
  };
}
