import type { CommandInput } from "#domain/ops/index.ts";
import type { ShowPort } from "./show-port.ts";

/** The warm-up of the sample show, plainly a sample: a page, where its links hang, what bringing friends earns, and how many are hoped for. */

const SOURCES = [
  { kind: "store", name: "示例 门店立牌", code: "store1", targetSignups: 30 },
  { kind: "poster", name: "示例 海报", code: "poster1", targetSignups: 20 },
  { kind: "officialAccount", name: "示例 公众号推文", code: "article1", targetSignups: 40 },
  { kind: "group", name: "示例 宠粉群", code: "group1", targetSignups: 50 },
  { kind: "moments", name: "示例 员工朋友圈", code: "moments1", targetSignups: 20 },
] as const satisfies readonly CommandInput<"source.planMany">["sources"][number][];

const act = (blockId: string, part: "opening" | "closing") => ({
  blockId,
  part,
  kind: "act" as const,
  title: "预约这场直播",
  text: "先点视频号预约,再在本页登记,开播前来领券。",
});

const BLOCKS: CommandInput<"landing.setBlocks">["blocks"] = [
  {
    blockId: "hero",
    part: "opening",
    kind: "hero",
    title: "示例 · 秋冬上新直播",
    subtitle: "羽绒、羊毛、童装一起上新",
    pictureUrl: null,
    countdown: true,
  },
  {
    blockId: "benefits",
    part: "opening",
    kind: "benefits",
    title: "来了有什么",
    items: [
      { title: "三件新款", text: "示例:开场十分钟内" },
      { title: "满 300 减 50", text: "示例券,每人一张" },
    ],
  },
  act("act1", "opening"),
  {
    blockId: "agenda",
    part: "proof",
    kind: "agenda",
    title: "这一场的安排",
    items: [
      { offsetMs: 0, text: "开场:今晚三件直降" },
      { offsetMs: 20 * 60_000, text: "群内抽奖:羊毛围巾 3 份" },
    ],
  },
  {
    blockId: "rules",
    part: "closing",
    kind: "rules",
    title: "规则",
    text: "示例活动:邀请好友登记即计入邀请榜,榜单为荣誉展示,不设奖品。",
  },
  act("act2", "closing"),
];

export async function planSampleWarmup({ send }: ShowPort): Promise<void> {
  await send("signup.configure", { target: 160 });
  await send("source.planMany", { sources: [...SOURCES] });
  await send("landing.setSettings", {
    channelsName: "示例直播间",
    privacyText: "示例:登记只用于本场直播的提醒与邀请榜;在本页可以随时删除自己的数据。",
  });
  await send("landing.setBlocks", { blocks: BLOCKS });
  await send("landing.publish", {});
  await send("leaderboard.publish", {});
  for (const [threshold, title] of [
    [3, "示例 种草达人"],
    [10, "示例 人气达人"],
  ] as const) {
    await send("reward.plan", {
      threshold,
      title,
      carrier: "honour",
      valueFen: 0,
      stock: null,
      delivery: "staff",
      rules: "示例荣誉称号,不含奖品。",
    });
  }
}
