import { z } from "zod";
import type { JoinWay } from "../state/group-rows.ts";
import { cut } from "./byte-limits.ts";
import { type Call, endpoint, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { visibleGroup } from "./groupchat.ts";
import { ById, codesLeft, ownCode, removing } from "./own-code.ts";

const Body = z.object({
  scene: z.union([z.literal(1), z.literal(2)]),
  remark: z.string().default(""),
  auto_create_room: z.union([z.literal(0), z.literal(1)]).default(1),
  room_base_name: z.string().max(40).default(""),
  room_base_id: z.int().min(0).default(1),
  chat_id_list: z.array(z.string()).min(1).max(5),
  state: z.string().max(30).default(""),
  mark_source: z.boolean().default(true),
});

function made(call: Call, configId: string, body: z.infer<typeof Body>): JoinWay | Refusal {
  for (const chatId of body.chat_id_list) {
    const group = visibleGroup(call, chatId);
    if (isRefused(group)) return group;
  }
  return {
    configId,
    agentId: call.app.agentId,
    scene: body.scene,
    remark: cut(body.remark, 30),
    autoCreateRoom: body.auto_create_room === 1,
    roomBaseName: body.room_base_name,
    roomBaseId: body.room_base_id,
    chatIds: [...body.chat_id_list],
    state: body.state,
    markSource: body.mark_source,
  };
}

const add = endpoint({
  path: "/cgi-bin/externalcontact/groupchat/add_join_way",
  methods: ["POST"],
  contact: true,
  empty: { config_id: "" },
  input: Body,
  run(call, body) {
    if (codesLeft(call) <= 0) return refuse(41045, "contact way count out of limit");
    const way = made(call, call.world.chance.hex(32), body);
    if (isRefused(way)) return way;
    call.corp.joinWays.set(way.configId, way);
    call.world.changed();
    return { config_id: way.configId };
  },
});

const get = endpoint({
  path: "/cgi-bin/externalcontact/groupchat/get_join_way",
  methods: ["POST"],
  contact: true,
  empty: { join_way: {} },
  input: ById,
  run(call, { config_id: configId }) {
    const way = ownCode(call.corp.joinWays, call, configId);
    if (isRefused(way)) return way;
    const sampleScene = call.world.switches.joinWaySceneAnswer === "sample" && way.scene === 2 ? 3 : way.scene;
    return {
      join_way: {
        config_id: way.configId,
        scene: sampleScene,
        remark: way.remark,
        auto_create_room: way.autoCreateRoom ? 1 : 0,
        room_base_name: way.roomBaseName,
        room_base_id: way.roomBaseId,
        chat_id_list: way.chatIds,
        // Only here, not in the answer of add (§8).
        ...(way.scene === 2 ? { qr_code: `${call.origin}/qr/join/${way.configId}` } : {}),
        state: way.state,
        mark_source: way.markSource,
      },
    };
  },
});

const update = endpoint({
  path: "/cgi-bin/externalcontact/groupchat/update_join_way",
  methods: ["POST"],
  contact: true,
  input: ById.extend(Body.shape),
  run(call, body) {
    const known = ownCode(call.corp.joinWays, call, body.config_id);
    if (isRefused(known)) return known;
    const way = made(call, body.config_id, body);
    if (isRefused(way)) return way;
    call.corp.joinWays.set(way.configId, way);
    call.world.changed();
    return {};
  },
});

const remove = removing("/cgi-bin/externalcontact/groupchat/del_join_way", ({ corp }) => corp.joinWays);

export const joinWayEndpoints = [add, get, update, remove];
