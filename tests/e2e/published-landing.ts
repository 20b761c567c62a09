import type { CommandInput } from "#domain/ops/index.ts";
import type { StaffApi } from "./staff-api.ts";

/** A landing page of three parts as a team would make it, published. */
export async function publishLanding(
  staff: StaffApi,
  sessionId: string,
  settings: Omit<CommandInput<"landing.setSettings">, "channelsName"> = {},
  pictureUrl: string | null = null,
): Promise<void> {
  await staff.send(sessionId, "landing.setSettings", {
    channelsName: "示例女装旗舰",
    reserve: { by: "card", how: "点群里的直播预告卡片,再点「预约」。", pictureUrl: null },
    consentText: "示例:登记即同意主办方记录你的登记与邀请关系,用于本场活动的名次与提醒。",
    privacyText: "示例:只用于本场活动,活动结束后 30 天删除;可随时在「我的」里删除。",
    showLeaderboard: true,
    showCount: true,
    ...settings,
  });
  await staff.send(sessionId, "landing.setBlocks", {
    blocks: [
      {
        blockId: "hero",
        part: "opening",
        kind: "hero",
        title: "秋冬上新 前三件直降 300",
        subtitle: "示例:羊绒、羽绒、围巾一次看完",
        pictureUrl,
        countdown: true,
      },
      { blockId: "act1", part: "opening", kind: "act", title: "", text: "" },
      {
        blockId: "benefits",
        part: "opening",
        kind: "benefits",
        title: "看直播有什么",
        items: [
          { title: "群友专享券", text: "满 300 减 50" },
          { title: "新款试穿", text: "" },
        ],
      },
      {
        blockId: "quotes",
        part: "proof",
        kind: "quotes",
        title: "老客怎么说",
        items: [{ text: "示例:去年买的羊绒衫,穿了一冬没起球。", who: "示例 · 杭州 李女士" }],
      },
      {
        blockId: "agenda",
        part: "proof",
        kind: "agenda",
        title: "当晚流程",
        items: [
          { offsetMs: 0, text: "开场与新款速览" },
          { offsetMs: 1_800_000, text: "羊绒专场" },
        ],
      },
      { blockId: "rules", part: "proof", kind: "rules", title: "活动规则", text: "示例规则:好友首次登记才计入邀请。" },
      {
        blockId: "faq",
        part: "closing",
        kind: "faq",
        title: "常见问题",
        items: [{ question: "怎么收到提醒?", answer: "先做视频号预约,开播时微信会提醒。" }],
      },
      { blockId: "act2", part: "closing", kind: "act", title: "", text: "" },
    ],
  });
  await staff.send(sessionId, "landing.publish", {});
}
