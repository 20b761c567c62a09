import type { CommandInput } from "#domain/ops/index.ts";
import { STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";

type Audience = CommandInput<"wave.planPush">["audience"];

export const samplePeople = (whom: Partial<Audience>): Audience => ({
  groupIds: [],
  ownerIds: [],
  purposes: [],
  tags: [],
  contactTagIds: [],
  staffIds: [],
  robotIds: [],
  ...whom,
});
const plain = { card: null, link: "viewer", format: "text" as const, mentionStaffIds: [], mentionAll: false };

/** What the sample rehearsal sends beside the reminder of its waves: one push of each of the kinds that a team begins with, none to a group twice. */
export function samplePushes(): CommandInput<"push.plan">[] {
  const common = { corpId: null, useBy: null, outlives: false, about: noAbout, copied: false };
  return [
    {
      ...common,
      kind: "robot",
      title: "示例 · 推券后提醒客服",
      copy: { ...plain, link: "none", text: "【示例】券已推出,还剩 {{couponsLeft}} 张,请在群里答疑。" },
      when: { by: "event", on: "couponPushed", subjectId: null, units: 50, once: true },
      audience: samplePeople({ robotIds: [STAND_IN_ROBOT] }),
    },
    {
      ...common,
      kind: "forward",
      title: "示例 · 员工转发",
      copy: { ...plain, text: "【示例】群内抽奖开始了,围巾 3 份,点进来参加:" },
      when: { by: "event", on: "couponPushed", subjectId: null, units: 50, once: true },
      audience: samplePeople({ purposes: ["content", "benefit"], robotIds: [STAND_IN_ROBOT] }),
    },
  ];
}

const noAbout = { productId: null, couponId: null, lotteryId: null };
