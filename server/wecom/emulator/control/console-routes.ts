import { z } from "zod";
import { verifyCallbackUrl } from "../callbacks/verify-url.ts";
import { NotPossible } from "../desk.ts";
import { Fault } from "../faults.ts";
import type { Corp } from "../state/corp.ts";
import { App, Robot, Staff } from "../state/corp-rows.ts";
import { addApp, addInternalChat, CorpSeed, seedCorp } from "../state/seed.ts";
import { changedSwitches, SwitchChange } from "../state/switches.ts";
import { BadInput, Nothing, type Route, route } from "./route.ts";

/** What an admin sets in the console of the real platform, and what only a tester can. */

const setApp = App.omit({ agentId: true, token: true }).partial();
const setStaff = Staff.omit({ userid: true }).partial();

export function corpCard(corp: Corp): object {
  return {
    corpId: corp.corpId,
    name: corp.name,
    apps: [...corp.apps.values()].map(({ token: _token, ...app }) => app),
    robots: [...corp.robots.values()],
    internalChats: [...corp.internalChats.values()],
    counts: {
      staff: corp.staff.size,
      groups: corp.groups.size,
      customers: corp.customers.size,
      tasks: corp.tasks.size,
    },
  };
}

function appOf(corp: Corp, agentId: string | undefined): App {
  const app = corp.apps.get(Number(agentId));
  if (!app) throw new NotPossible(`there is no app ${agentId}`);
  return app;
}

const corps: Route[] = [
  route({
    method: "POST",
    path: "/emulator/reset",
    input: z.object({ seed: z.int().optional() }),
    run({ place: { desk, faults, calls }, input }) {
      desk.deliveries.reset();
      desk.rates.reset();
      faults.remove(null);
      calls.reset();
      desk.world.reset(input.seed ?? desk.world.seed);
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/emulator/corps",
    input: Nothing,
    run: ({ place }) => ({ corps: [...place.desk.world.corps.values()].map(corpCard) }),
  }),
  route({
    method: "POST",
    path: "/emulator/corps",
    input: CorpSeed,
    run({ place: { desk }, input }) {
      if (input.corpId !== undefined && desk.world.corps.has(input.corpId))
        throw new NotPossible("this corp is there already");
      return corpCard(seedCorp(desk.world, input));
    },
  }),
];

const apps: Route[] = [
  route({
    method: "POST",
    path: "/emulator/apps",
    input: setApp.extend({ agentId: z.int().min(1) }),
    run({ place: { desk }, input }, corp) {
      const app = addApp(desk.world, corp(), input.agentId, input.callbackUrl ?? null);
      Object.assign(app, input);
      desk.world.changed();
      return app;
    },
  }),
  route({
    method: "PATCH",
    path: "/emulator/apps/:agentId",
    input: setApp.strict(),
    run({ place: { desk }, params, input }, corp) {
      const app = Object.assign(appOf(corp(), params["agentId"]), input);
      desk.world.changed();
      return app;
    },
  }),
  route({
    method: "POST",
    path: "/emulator/apps/:agentId/verify-callback",
    input: Nothing,
    run: ({ place: { desk }, params }, corp) => verifyCallbackUrl(desk.world, corp(), appOf(corp(), params["agentId"])),
  }),
  route({
    method: "POST",
    path: "/emulator/tokens/revoke",
    input: z.object({ agentId: z.int().nullable().default(null) }),
    run: ({ place: { desk }, input }) => ({ revoked: desk.world.revokeTokens(input.agentId) }),
  }),
  route({
    method: "PATCH",
    path: "/emulator/staff/:userid",
    input: setStaff.strict(),
    run({ place: { desk }, params, input }, corp) {
      const staff = corp().staff.get(params["userid"] ?? "");
      if (!staff) throw new NotPossible("there is no such member");
      Object.assign(staff, input);
      desk.world.changed();
      return staff;
    },
  }),
  route({
    method: "POST",
    path: "/emulator/internal-chats",
    input: z.object({
      name: z.string().min(1).max(50),
      members: z.array(z.string()).min(1),
      robot: z.string().default("开播助手"),
    }),
    run({ place: { desk }, input: { name, members, robot } }, corp) {
      if (members.some((userid) => !corp().staff.has(userid))) throw new NotPossible("there is no such member");
      const made = addInternalChat(desk.world, corp(), { name, members, robot });
      desk.world.changed();
      return made;
    },
  }),
  route({
    method: "PATCH",
    path: "/emulator/robots/:key",
    input: Robot.pick({ state: true, name: true }).partial().strict(),
    run({ place: { desk }, params, input }, corp) {
      const robot = corp().robots.get(params["key"] ?? "");
      if (!robot) throw new NotPossible("there is no such robot");
      Object.assign(robot, input);
      desk.world.changed();
      return robot;
    },
  }),
];

const conditions: Route[] = [
  route({ method: "GET", path: "/emulator/switches", input: Nothing, run: ({ place }) => place.desk.world.switches }),
  route({
    method: "PATCH",
    path: "/emulator/switches",
    input: SwitchChange,
    run({ place: { desk }, input }) {
      const changed = changedSwitches(desk.world.switches, input);
      if (changed instanceof z.ZodError) throw new BadInput(z.prettifyError(changed));
      desk.world.switches = changed;
      desk.world.changed();
      return changed;
    },
  }),
  route({
    method: "GET",
    path: "/emulator/faults",
    input: Nothing,
    run: ({ place }) => ({ faults: place.faults.planned }),
  }),
  route({
    method: "POST",
    path: "/emulator/faults",
    input: Fault,
    run({ place: { desk, faults }, input }) {
      const planned = faults.add(input);
      desk.world.changed();
      return planned;
    },
  }),
  route({
    method: "DELETE",
    path: "/emulator/faults",
    input: z.object({ id: z.coerce.number().int().optional() }),
    run({ place: { desk, faults }, input }) {
      faults.remove(input.id ?? null);
      desk.world.changed();
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/emulator/clock",
    input: Nothing,
    run: ({ place: { desk } }) => ({ now: desk.world.now(), offsetMs: desk.world.clock.offsetMs }),
  }),
  route({
    method: "POST",
    path: "/emulator/clock",
    input: z.union([z.object({ advanceMs: z.int().min(0) }), z.object({ offsetMs: z.int() })]),
    run({ place: { desk }, input }) {
      const { clock } = desk.world;
      clock.offsetMs = "advanceMs" in input ? clock.offsetMs + input.advanceMs : input.offsetMs;
      desk.world.changed();
      return { now: clock.now(), offsetMs: clock.offsetMs };
    },
  }),
];

const happened: Route[] = [
  route({
    method: "POST",
    path: "/emulator/events",
    input: z.object({
      event: z.enum(["change_external_contact", "change_external_chat", "change_external_tag"]),
      changeType: z.string(),
      userid: z.string().nullable().default(null),
      fields: z
        .record(z.string(), z.union([z.string(), z.number(), z.object({ items: z.array(z.string()) })]))
        .default({}),
    }),
    run({ place: { desk }, input: { fields, ...event } }, corp) {
      desk.deliveries.raise(corp(), { ...event, fields: () => Object.entries(fields) });
      desk.world.changed();
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/emulator/deliveries",
    input: z.object({ limit: z.coerce.number().int().min(1).max(2_000).default(100) }),
    run: ({ place: { desk }, input }) => ({
      open: desk.deliveries.open,
      deliveries: desk.deliveries.log.slice(-input.limit).toReversed(),
    }),
  }),
  route({
    method: "POST",
    path: "/emulator/deliveries/:id/repeat",
    input: Nothing,
    run({ place: { desk }, params }) {
      if (!desk.deliveries.repeat(Number(params["id"]))) throw new NotPossible("this delivery is no longer known");
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/emulator/calls",
    input: z.object({ limit: z.coerce.number().int().min(1).max(2_000).default(100), path: z.string().default("") }),
    run: ({ place: { calls }, input }) => ({
      counts: Object.fromEntries(calls.counts),
      calls: calls.recent
        .filter(({ path }) => path.includes(input.path))
        .slice(-input.limit)
        .toReversed(),
    }),
  }),
];

export const consoleRoutes: readonly Route[] = [...corps, ...apps, ...conditions, ...happened];
