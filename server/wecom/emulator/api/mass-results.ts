import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import type { SendTask } from "../state/send-rows.ts";
import { type Call, endpoint, type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { taskOf } from "./mass-send.ts";
import { cursorOf, offsetOf } from "./visible.ts";

const LIST_SPAN_MAX_SECONDS = (31 * DAY_MS) / 1000;

const dispatching = () => refuse(41063, "groupmsg is being dispatched, try again later");

/** §9: right after its creation nothing can be read of an API-made task. */
function isDispatching({ world, now }: Call, task: SendTask): boolean {
  return task.agentId !== null && now - task.madeAt < world.switches.dispatchMs;
}

function page<Row>(rows: readonly Row[], offset: number, limit: number): { shown: Row[]; next: string } {
  const shown = rows.slice(offset, offset + limit);
  return { shown, next: offset + limit < rows.length ? cursorOf(offset + limit) : "" };
}

const list = endpoint({
  path: "/cgi-bin/externalcontact/get_groupmsg_list_v2",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", group_msg_list: [] },
  input: z.object({
    chat_type: z.enum(["single", "group"]),
    start_time: z.int().min(0),
    end_time: z.int().min(0),
    creator: z.string().optional(),
    filter_type: z.int().min(0).max(2).default(2),
    limit: z.int().min(1).max(100).default(50),
    cursor: z.string().optional(),
  }),
  run(call, input) {
    const { start_time: start, end_time: end, creator, filter_type: filter } = input;
    if (end < start || end - start > LIST_SPAN_MAX_SECONDS) {
      return refuse(40058, "invalid Request Parameter: start_time and end_time over one month apart");
    }
    const offset = offsetOf(input.cursor);
    if (isRefused(offset)) return offset;
    const matching = [...call.corp.tasks.values()].filter((task) => {
      const madeAt = Math.floor(task.madeAt / 1000);
      if (task.chatType !== input.chat_type || madeAt < start || madeAt > end) return false;
      if (creator !== undefined && creator !== "" && task.creator !== creator) return false;
      return filter === 2 || filter === createType(task);
    });
    const { listWhileDispatching: rule } = call.world.switches;
    if (rule === "refuse" && matching.some((task) => isDispatching(call, task))) return dispatching();
    const readable = rule === "omit" ? matching.filter((task) => !isDispatching(call, task)) : matching;
    const { shown, next } = page(readable, offset, input.limit);
    return { next_cursor: next, group_msg_list: shown.map((task) => summary(call, task)) };
  },
});

/** 0 enterprise, 1 personal. */
function createType(task: SendTask): number {
  return task.agentId === null ? 1 : 0;
}

function summary({ corp }: Call, task: SendTask): Fields {
  const content = corp.contents.get(task.contentId);
  return {
    msgid: task.msgid,
    // Absent for those made through the API.
    ...(task.creator === null ? {} : { creator: task.creator }),
    create_time: Math.floor(task.madeAt / 1000),
    create_type: createType(task),
    text: { content: content?.text ?? "" },
    attachments: content?.attachments ?? [],
  };
}

function readableTask(call: Call, msgid: string): SendTask | Refusal {
  const task = taskOf(call, msgid);
  if (isRefused(task)) return task;
  return isDispatching(call, task) ? dispatching() : task;
}

const Paged = {
  limit: z.int().min(1).max(1_000).default(500),
  cursor: z.string().optional(),
};

const tasks = endpoint({
  path: "/cgi-bin/externalcontact/get_groupmsg_task",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", task_list: [] },
  input: z.object({ msgid: z.string().default(""), ...Paged }),
  run(call, { msgid, limit, cursor }) {
    const task = readableTask(call, msgid);
    if (isRefused(task)) return task;
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const { shown, next } = page(task.senders, offset, limit);
    const rows = shown.map(({ userid, sentAt }) => ({
      userid,
      status: sentAt === null ? 0 : call.world.switches.taskSentStatus,
      ...(sentAt === null ? {} : { send_time: Math.floor(sentAt / 1000) }),
    }));
    return { next_cursor: next, task_list: rows };
  },
});

const results = endpoint({
  path: "/cgi-bin/externalcontact/get_groupmsg_send_result",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", send_list: [] },
  input: z.object({ msgid: z.string().default(""), userid: z.string().min(1), ...Paged }),
  run(call, { msgid, userid, limit, cursor }) {
    const task = readableTask(call, msgid);
    if (isRefused(task)) return task;
    const sender = task.senders.find((candidate) => candidate.userid === userid);
    if (!sender) return refuse(40003, "invalid userid");
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const { shown, next } = page(sender.targets, offset, limit);
    const rows = shown.map(({ id, status, sentAt }) => ({
      ...(task.chatType === "group" ? { chat_id: id } : { external_userid: id }),
      userid,
      status,
      ...(sentAt === null ? {} : { send_time: Math.floor(sentAt / 1000) }),
    }));
    return { next_cursor: next, send_list: rows };
  },
});

export const massResultEndpoints = [list, tasks, results];
