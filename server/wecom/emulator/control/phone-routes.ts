import { z } from "zod";
import {
  addContact,
  customerOf,
  customerRemoves,
  editRemark,
  say,
  staffRemoves,
  tap,
} from "../phones/customer-acts.ts";
import { changeGroup, createGroup, dismissGroup, joinByCode, joinGroup, leaveGroup } from "../phones/group-acts.ts";
import { confirmTask, forward, ignoreTask, postMoment, sendPersonally } from "../phones/staff-acts.ts";
import { Follow } from "../state/customer-rows.ts";
import { freshCustomer } from "../state/seed.ts";
import { Nothing, type Route, route } from "./route.ts";

/** What people do with their phones. These raise callbacks; calls of the API do not. */

const Words = z.object({
  text: z.string().default(""),
  attachments: z.array(z.record(z.string(), z.unknown())).default([]),
});

const staffActs: Route[] = [
  route({
    method: "POST",
    path: "/emulator/staff/:userid/tasks/:msgid/send",
    input: z.object({ targets: z.array(z.string()).optional() }),
    run: ({ place, params, input }, corp) =>
      confirmTask(place.desk, corp(), { userid: params["userid"] ?? "", msgid: params["msgid"] ?? "", ...input }),
  }),
  route({
    method: "POST",
    path: "/emulator/staff/:userid/tasks/:msgid/ignore",
    input: Nothing,
    run({ place, params }, corp) {
      ignoreTask(place.desk, corp(), { userid: params["userid"] ?? "", msgid: params["msgid"] ?? "" });
      return {};
    },
  }),
  route({
    method: "POST",
    path: "/emulator/staff/:userid/forward",
    input: z.object({ chatIds: z.array(z.string()).min(1), contentId: z.string().optional(), words: Words.optional() }),
    run: ({ place, params, input }, corp) => ({
      forwarded: forward(place.desk, corp(), { userid: params["userid"] ?? "", ...input }),
    }),
  }),
  route({
    method: "POST",
    path: "/emulator/staff/:userid/personal-send",
    input: z.object({ chatType: z.enum(["single", "group"]), targets: z.array(z.string()).min(1), words: Words }),
    run: ({ place, params, input }, corp) =>
      sendPersonally(place.desk, corp(), { userid: params["userid"] ?? "", ...input }),
  }),
  route({
    method: "POST",
    path: "/emulator/staff/:userid/moments/:jobId/post",
    input: Nothing,
    run({ place, params }, corp) {
      postMoment(place.desk, corp(), { userid: params["userid"] ?? "", jobId: params["jobId"] ?? "" });
      return {};
    },
  }),
];

const groupActs: Route[] = [
  route({
    method: "POST",
    path: "/emulator/groups",
    input: z.object({ name: z.string().max(50), owner: z.string() }),
    run: ({ place, input }, corp) => ({ chatId: createGroup(place.desk, corp(), input).chatId }),
  }),
  route({
    method: "PATCH",
    path: "/emulator/groups/:chatId",
    input: z.strictObject({
      name: z.string().optional(),
      notice: z.string().optional(),
      owner: z.string().optional(),
      status: z.int().min(0).max(3).optional(),
      welcomeTemplateId: z.string().nullable().optional(),
    }),
    run({ place, params, input }, corp) {
      changeGroup(place.desk, corp(), params["chatId"] ?? "", input);
      return {};
    },
  }),
  route({
    method: "DELETE",
    path: "/emulator/groups/:chatId",
    input: Nothing,
    run({ place, params }, corp) {
      dismissGroup(place.desk, corp(), params["chatId"] ?? "");
      return {};
    },
  }),
  route({
    method: "POST",
    path: "/emulator/groups/:chatId/join",
    input: z.object({
      ids: z.array(z.string()).min(1).max(500),
      scene: z.int().min(1).max(3).default(1),
      invitor: z.string().nullable().default(null),
      state: z.string().default(""),
    }),
    run: ({ place, params, input }, corp) => ({
      members: joinGroup(place.desk, corp(), params["chatId"] ?? "", input).members.length,
    }),
  }),
  route({
    method: "POST",
    path: "/emulator/groups/:chatId/leave",
    input: z.object({ id: z.string(), removed: z.boolean().default(false) }),
    run: ({ place, params, input }, corp) => ({
      members: leaveGroup(place.desk, corp(), params["chatId"] ?? "", input).members.length,
    }),
  }),
];

const customerActs: Route[] = [
  route({
    method: "POST",
    path: "/emulator/customers",
    input: z.object({ name: z.string().min(1).max(64).default("示例新客户"), type: z.int().min(1).max(2).default(1) }),
    run({ place: { desk }, input }, corp) {
      const customer = { ...freshCustomer(desk.world, input.name), type: input.type };
      corp().addCustomer(customer);
      desk.world.changed();
      return { id: customer.id, unionid: customer.unionid, openid: customer.openid };
    },
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/scan",
    input: z.object({ code: z.string().min(1) }),
    run({ place, params, input }, corp) {
      const customerId = customerOf(corp(), params["id"] ?? "").id;
      // The address in a code, or only its config_id.
      const [, kind, configId = input.code] = /(join|contact)\/([0-9a-f]+)/.exec(input.code) ?? [];
      if (kind === "join" || (kind === undefined && corp().joinWays.has(configId))) {
        return { chatId: joinByCode(place.desk, corp(), configId, customerId).chatId };
      }
      return addContact(place.desk, corp(), { customerId, configId });
    },
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/add",
    input: z.object({
      userid: z.string(),
      addWay: z.int().default(1),
      channels: Follow.shape.channels.default(null),
      state: z.string().default(""),
      half: z.boolean().default(false),
    }),
    run: ({ place, params, input }, corp) =>
      addContact(place.desk, corp(), { customerId: params["id"] ?? "", ...input }),
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/remove",
    input: z.object({ userid: z.string(), by: z.enum(["customer", "staff", "transfer"]).default("customer") }),
    run({ place, params, input: { userid, by } }, corp) {
      const customerId = params["id"] ?? "";
      if (by === "customer") customerRemoves(place.desk, corp(), customerId, userid);
      else staffRemoves(place.desk, corp(), { customerId, userid, byTransfer: by === "transfer" });
      return {};
    },
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/remark",
    input: z.object({ userid: z.string(), remark: z.string() }),
    run({ place, params, input }, corp) {
      editRemark(place.desk, corp(), { customerId: params["id"] ?? "", ...input });
      return {};
    },
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/say",
    input: z.object({ chatId: z.string(), text: z.string().min(1) }),
    run({ place, params, input }, corp) {
      say(place.desk, corp(), { customerId: params["id"] ?? "", ...input });
      return {};
    },
  }),
  route({
    method: "POST",
    path: "/emulator/customers/:id/tap",
    input: z.object({ chatId: z.string(), url: z.string() }),
    run({ place, params, input }, corp) {
      tap(place.desk, corp(), { customerId: params["id"] ?? "", ...input });
      return {};
    },
  }),
];

export const phoneRoutes: readonly Route[] = [...staffActs, ...groupActs, ...customerActs];
