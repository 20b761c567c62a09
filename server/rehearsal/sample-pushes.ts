import type { CommandInput } from "#domain/ops/index.ts";
import { STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";

const nobody = {
  groupIds: [],
  ownerIds: [],
  purposes: [],
  tags: [],
  contactTagIds: [],
  staffIds: [],
  robotIds: [],
};
const plain = { card: null, link: "viewer", format: "text" as const, mentionStaffIds: [], mentionAll: false };

/** What the sample rehearsal sends: one push of each of the kinds that a team begins with, none to a group twice. */
export function samplePushes(): CommandInput<"push.plan">[] {
  const common = { corpId: null, useBy: null, outlives: false, about: noAbout, copied: false };
  return [
    {
      ...common,
      kind: "groups",
      title: "示例 · 开播提醒",
      copy: { ...plain, text: "【示例】今晚 {{startsAt}} 开播,前三件直降,先来领券:" },
      when: { by: "start", offsetMs: 0 },
      leadMs: 3 * 60_000,
      audience: { ...nobody, purposes: ["live", "flash", "content", "benefit"] },
    },
    {
      ...common,
      kind: "robot",
      title: "示例 · 推券后提醒客服",
      copy: { ...plain, link: "none", text: "【示例】券已推出,还剩 {{couponsLeft}} 张,请在群里答疑。" },
      when: { by: "event", on: "couponPushed", subjectId: null, units: 50, once: true },
      audience: { ...nobody, robotIds: [STAND_IN_ROBOT] },
    },
    {
      ...common,
      kind: "forward",
      title: "示例 · 员工转发",
      copy: { ...plain, text: "【示例】群内抽奖开始了,围巾 3 份,点进来参加:" },
      when: { by: "event", on: "couponPushed", subjectId: null, units: 50, once: true },
      audience: { ...nobody, purposes: ["content", "benefit"], robotIds: [STAND_IN_ROBOT] },
    },
  ];
}

const noAbout = { productId: null, couponId: null, lotteryId: null };
