import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import type { MomentTask } from "../state/send-rows.ts";
import { newId } from "../state/world.ts";
import { addContent, Attachments, MEDIA_TTL_MS, Text } from "./attachments.ts";
import { tooLong } from "./byte-limits.ts";
import { type Call, endpoint, type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { rateRules } from "./rates.ts";
import { sees } from "./request.ts";
import { cursorOf, offsetOf } from "./visible.ts";

const IMAGES_MAX = 9;
const CHARACTERS_MAX = 2_000;
const LIST_SPAN_MAX_SECONDS = (30 * DAY_MS) / 1000;

const Body = z.object({
  text: Text.optional(),
  attachments: Attachments.default([]),
  visible_range: z
    .object({
      sender_list: z
        .object({
          user_list: z.array(z.string()).max(100_000).default([]),
          department_list: z.array(z.int()).default([]),
        })
        .optional(),
      external_contact_list: z.object({ tag_list: z.array(z.string()).default([]) }).optional(),
    })
    .optional(),
});
type Body = z.infer<typeof Body>;

/** Up to nine images, or one video, or one link; media from upload_attachment for Moments only. */
function checkedMoment(call: Call, { text, attachments }: Body): Refusal | null {
  const words = text?.content ?? "";
  if (words === "" && attachments.length === 0) return refuse(40063, "some parameters are empty: text and attachments");
  if (Array.from(words).length > CHARACTERS_MAX) return refuse(45002, "content size out of limit: 2000 characters");
  const kinds = new Set(attachments.map(({ msgtype }) => msgtype));
  if (attachments.some(({ msgtype }) => !["image", "video", "link"].includes(msgtype)))
    return refuse(41065, "invalid attachment type");
  if (kinds.size > 1 || attachments.length > (kinds.has("image") ? IMAGES_MAX : 1))
    return refuse(41064, "attachments exceed limit");
  for (const { msgtype, ...rest } of attachments) {
    const body = z
      .object({ media_id: z.string().optional(), title: z.string().optional(), url: z.string().optional() })
      .safeParse(rest[msgtype]);
    if (!body.success) return refuse(40063, `some parameters are empty: ${msgtype}`);
    const medium = body.data.media_id === undefined ? undefined : call.corp.media.get(body.data.media_id);
    if (!medium || call.now - medium.madeAt >= MEDIA_TTL_MS) return refuse(40007, "invalid media_id");
    if (medium.kind !== "attachment" || medium.scene !== 1) return refuse(41072, "attachment scene mismatch");
    if (msgtype === "link" && !body.data.url) return refuse(40063, "some parameters are empty: link.url");
    const long = tooLong([["link.title", body.data.title, 64]]);
    if (long) return long;
  }
  return null;
}

const add = endpoint({
  path: "/cgi-bin/externalcontact/add_moment_task",
  methods: ["POST"],
  contact: true,
  empty: { jobid: "" },
  input: Body,
  run(call, body) {
    const { corp, app, world, rates, now } = call;
    if (!rates.take(rateRules.momentMinute, corp.corpId) || !rates.take(rateRules.momentMonth, corp.corpId)) {
      return refuse(45009, "api freq out of limit");
    }
    const wrong = checkedMoment(call, body);
    if (wrong) return wrong;
    const { user_list: users = [], department_list: parties = [] } = body.visible_range?.sender_list ?? {};
    const tags = body.visible_range?.external_contact_list?.tag_list ?? [];
    const isNamed = users.length + parties.length > 0;
    const senders = [...corp.staff.values()].filter((staff) => {
      const isMeant =
        !isNamed || users.includes(staff.userid) || staff.departments.some((one) => parties.includes(one));
      return isMeant && staff.externalContact && sees(app, staff);
    });
    const good = new Set(senders.map(({ userid }) => userid));
    const task: MomentTask = {
      jobId: newId(world, "job"),
      momentId: newId(world, "moment"),
      agentId: app.agentId,
      madeAt: now,
      contentId: addContent(world, corp, { text: body.text?.content ?? "", attachments: body.attachments }),
      cancelled: false,
      invalidSenders: users.filter((userid) => !good.has(userid)),
      senders: senders.map(({ userid }) => ({ userid, postedAt: null, customers: readersOf(call, userid, tags) })),
    };
    corp.moments.set(task.jobId, task);
    world.changed();
    return { jobid: task.jobId };
  },
});

function readersOf({ corp }: Call, userid: string, tags: readonly string[]): string[] {
  return [...(corp.customersOf.get(userid) ?? [])].filter((id) => {
    if (tags.length === 0) return true;
    return corp.followOf(userid, id)?.tagIds.some((tag) => tags.includes(tag)) === true;
  });
}

/** Sources disagree on GET or POST (§15.5): both are taken. */
const jobResult = endpoint({
  path: "/cgi-bin/externalcontact/get_moment_task_result",
  methods: ["GET", "POST"],
  contact: true,
  empty: { status: 0, type: "", result: {} },
  input: z.object({ jobid: z.string().min(1) }),
  run({ corp, world, now }, { jobid }) {
    const task = corp.moments.get(jobid);
    if (!task || now - task.madeAt > DAY_MS) return refuse(40058, "invalid Request Parameter: jobid");
    if (now - task.madeAt < world.switches.dispatchMs) return { status: 2, type: "add_moment_task", result: {} };
    return {
      status: 3,
      type: "add_moment_task",
      result: {
        errcode: 0,
        errmsg: "ok",
        moment_id: task.momentId,
        invalid_sender_list: { user_list: task.invalidSenders, department_list: [] },
        invalid_external_contact_list: { tag_list: [] },
      },
    };
  },
});

const Paged = { cursor: z.string().optional(), limit: z.int().min(1).max(1_000).optional() };

function paged<Row>(
  rows: readonly Row[],
  { cursor, limit = 500 }: { cursor?: string | undefined; limit?: number | undefined },
) {
  const offset = offsetOf(cursor);
  if (isRefused(offset)) return offset;
  const next = offset + limit;
  return { rows: rows.slice(offset, next), next: next < rows.length ? cursorOf(next) : "" };
}

const list = endpoint({
  path: "/cgi-bin/externalcontact/get_moment_list",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", moment_list: [] },
  input: z.object({
    start_time: z.int(),
    end_time: z.int(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(20).default(20),
  }),
  run({ corp }, input) {
    const { start_time: start, end_time: end } = input;
    if (end < start || end - start > LIST_SPAN_MAX_SECONDS)
      return refuse(40058, "invalid Request Parameter: over 30 days");
    const inside = [...corp.moments.values()].filter(
      ({ madeAt, cancelled }) => !cancelled && madeAt >= start * 1000 && madeAt <= end * 1000 + 999,
    );
    const page = paged(inside, input);
    if (isRefused(page)) return page;
    const rows = page.rows.map(({ momentId, madeAt, contentId }) => ({
      moment_id: momentId,
      create_time: Math.floor(madeAt / 1000),
      create_type: 0,
      visible_type: 1,
      text: { content: corp.contents.get(contentId)?.text ?? "" },
    }));
    return { next_cursor: page.next, moment_list: rows };
  },
});

function momentOf({ corp }: Call, momentId: string): MomentTask | Refusal {
  if (momentId === "") return refuse(41059, "missing moment_id");
  return [...corp.moments.values()].find((task) => task.momentId === momentId) ?? refuse(41060, "invalid moment_id");
}

const ByMoment = { moment_id: z.string().default("") };

const tasks = endpoint({
  path: "/cgi-bin/externalcontact/get_moment_task",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", task_list: [] },
  input: z.object({ ...ByMoment, ...Paged }),
  run(call, input) {
    const task = momentOf(call, input.moment_id);
    if (isRefused(task)) return task;
    const page = paged(task.senders, input);
    if (isRefused(page)) return page;
    const rows = page.rows.map(({ userid, postedAt }) => ({ userid, publish_status: postedAt === null ? 0 : 1 }));
    return { next_cursor: page.next, task_list: rows };
  },
});

/** Before it is posted: who may see it. */
const readers = endpoint({
  path: "/cgi-bin/externalcontact/get_moment_customer_list",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", customer_list: [] },
  input: z.object({ ...ByMoment, userid: z.string().min(1), ...Paged }),
  run: (call, input) => customersOf(call, input, (userid, id) => ({ userid, external_userid: id })),
});

const results = endpoint({
  path: "/cgi-bin/externalcontact/get_moment_send_result",
  methods: ["POST"],
  contact: true,
  empty: { next_cursor: "", customer_list: [] },
  input: z.object({ ...ByMoment, userid: z.string().min(1), ...Paged }),
  run: (call, input) => customersOf(call, input, (_userid, id) => ({ external_userid: id })),
});

type Wanted = { moment_id: string; userid: string; cursor?: string | undefined; limit?: number | undefined };

function customersOf(call: Call, input: Wanted, row: (userid: string, id: string) => Fields): Fields | Refusal {
  const task = momentOf(call, input.moment_id);
  if (isRefused(task)) return task;
  const sender = task.senders.find(({ userid }) => userid === input.userid);
  if (!sender) return refuse(41061, "moment is not of this user");
  if (sender.postedAt === null) return refuse(41062, "moment is not posted yet");
  const page = paged(sender.customers, input);
  if (isRefused(page)) return page;
  return { next_cursor: page.next, customer_list: page.rows.map((id) => row(input.userid, id)) };
}

const cancel = endpoint({
  path: "/cgi-bin/externalcontact/cancel_moment_task",
  methods: ["POST"],
  contact: true,
  input: z.object(ByMoment),
  run(call, input) {
    const task = momentOf(call, input.moment_id);
    if (isRefused(task)) return task;
    task.cancelled = true;
    call.world.changed();
    return {};
  },
});

export const momentEndpoints = [add, jobResult, list, tasks, readers, results, cancel];
