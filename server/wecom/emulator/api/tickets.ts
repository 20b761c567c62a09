import { z } from "zod";
import { endpoint, type Call, type Fields, refuse, type Refusal } from "./endpoint.ts";
import { rateRules } from "./rates.ts";
import { newId } from "../state/world.ts";

const TICKET_MS = 7_200_000;

/** §13: the same ticket inside its validity; 400 an hour and corp, 100 an hour and app. */
function ticketOf(call: Call, key: string): Fields | Refusal {
  const { world, rates, corp, app, now } = call;
  const withinApp = rates.take(rateRules.ticketAppHour, `${corp.corpId}|${app.agentId}`);
  if (!withinApp || !rates.take(rateRules.ticketCorpHour, corp.corpId)) return refuse(45009, "api freq out of limit");
  const known = world.tickets.get(key);
  const ticket = known && known.expiresAt > now ? known : { value: newId(world, "ticket"), expiresAt: now + TICKET_MS };
  world.tickets.set(key, ticket);
  return { ticket: ticket.value, expires_in: Math.floor((ticket.expiresAt - now) / 1000) };
}

const corpTicket = endpoint({
  path: "/cgi-bin/get_jsapi_ticket",
  methods: ["GET"],
  empty: { ticket: "", expires_in: 0 },
  input: z.object({}),
  run: (call) => ticketOf(call, call.corp.corpId),
});

const appTicket = endpoint({
  path: "/cgi-bin/ticket/get",
  methods: ["GET"],
  empty: { ticket: "", expires_in: 0 },
  input: z.object({ type: z.string().default("") }),
  run: (call, { type }) =>
    type === "agent_config"
      ? ticketOf(call, `${call.corp.corpId}|${call.app.agentId}`)
      : refuse(40058, "invalid Request Parameter: type"),
});

export const ticketEndpoints = [corpTicket, appTicket];
