import type { CellPlan, WaveChannel } from "./shapes.ts";

/** Beats and cells as the trade begins with them. Texts are a start for the team's own; figures in double braces are filled when it goes out. */

const H = 3_600_000;
const D = 24 * H;
const MIN = 60_000;

export type TemplateCell = Pick<CellPlan, "channel" | "title" | "copy"> & {
  readonly offsetMs: number;
  readonly segment?: string;
};
type TemplateBeat = {
  readonly beatId: string;
  readonly title: string;
  readonly goal: string;
  readonly cells: readonly TemplateCell[];
};

const cell = (channel: WaveChannel, offsetMs: number, title: string, copy: string): TemplateCell => ({
  channel,
  offsetMs,
  title,
  copy,
});

/** 四波 by default; 七步 are those of 浪潮式发售; `reminders` adds the group reminders T-24 h to live now. */
export const WAVE_TEMPLATES = {
  four: [
    {
      beatId: "announce",
      title: "预告",
      goal: "知道有这场、点预约",
      cells: [
        cell("officialAccount", -3 * D, "公众号预告推文", "{{startsAt}} 开播,主题与福利一文看懂,文末可一键预约。"),
        cell("moments", -3 * D + 2 * H, "客户朋友圈预告", "{{startsAt}} 我们开播,先预约不迷路。"),
        cell("customerGroups", -2 * D, "群预告", "各位好,{{startsAt}} 直播,点下面先预约,开播会提醒你。"),
        cell("store", -3 * D, "门店台卡与店员话术", "店员一句话:「直播间有到店可用的券,扫码预约就行。」"),
      ],
    },
    {
      beatId: "benefits",
      title: "内容与利益点",
      goal: "知道来了能得到什么",
      cells: [
        cell("shortVideo", -2 * D - 2 * H, "预热短视频", "主推款亮点与直播间专属机制,挂预约组件。"),
        {
          ...cell("customerGroups", -D, "群福利预告", "直播间的福利先剧透,已有 {{signups}} 人登记,点下面看机制。"),
          segment: "未登记的群",
        },
        {
          ...cell("oneToOne", -D + 2 * H, "1v1 老客告知", "你常买的款这场有专属价,{{startsAt}} 开播,给你留了链接。"),
          segment: "近 90 天买过",
        },
      ],
    },
    {
      beatId: "lastCall",
      title: "最后提醒",
      goal: "已登记的人准时来",
      cells: [
        cell("customerGroups", -H, "开播前 1 小时", "还有 1 小时开播,已登记 {{signups}} 人。"),
        { ...cell("sms", -2 * H, "短信提醒", "您预约的直播今晚开始,回 T 退订。"), segment: "登记时同意短信的人" },
        cell("forward", -10 * MIN, "开播前 10 分钟员工转发", "10 分钟后开播,把直播卡片转到你的群。"),
      ],
    },
    {
      beatId: "live",
      title: "开播",
      goal: "第一时间进直播间",
      cells: [
        cell("robot", 0, "开播通知员工", "已开播,请把直播卡片转到你负责的群。"),
        cell("forward", 0, "开播员工转发", "直播开始了,点开就能看。"),
        cell("moments", 5 * MIN, "开播朋友圈", "正在直播,点开就能看。"),
      ],
    },
  ],
  seven: [
    {
      beatId: "background",
      title: "背景",
      goal: "为什么有这场",
      cells: [cell("customerGroups", -5 * D, "说背景", "这场的由来:为什么做、和你有什么关系。")],
    },
    {
      beatId: "content",
      title: "内容与收获",
      goal: "来了得到什么",
      cells: [cell("officialAccount", -4 * D, "说内容", "这场讲什么、上什么款、你能带走什么。")],
    },
    {
      beatId: "schedule",
      title: "时间流程",
      goal: "什么时候、怎么参加",
      cells: [cell("customerGroups", -3 * D, "说时间", "{{startsAt}} 开播,流程如下,先点预约。")],
    },
    {
      beatId: "opening",
      title: "开始通知",
      goal: "登记开放,气氛热起来",
      cells: [
        cell("moments", -2 * D, "开放登记", "登记开始了,{{startsAt}} 见。"),
        { ...cell("oneToOne", -2 * D + H, "1v1 通知老客", "登记开始了,给你留了入口。"), segment: "老客" },
      ],
    },
    {
      beatId: "echo",
      title: "反响",
      goal: "看见别人都来了",
      cells: [cell("customerGroups", -D - 6 * H, "报反响", "已有 {{signups}} 人登记,邀请榜前三:{{top3}}。")],
    },
    {
      beatId: "scarcity",
      title: "名额催促",
      goal: "现在就登记",
      cells: [cell("customerGroups", -D, "催名额", "到店券只剩 {{couponsLeft}} 张,登记后先到先得。")],
    },
    {
      beatId: "answers",
      title: "答疑补充",
      goal: "最后的疑虑",
      cells: [
        cell("customerGroups", -6 * H, "答疑", "大家问得最多的三个问题,一次说清。"),
        cell("forward", 0, "开播员工转发", "直播开始了,点开就能看。"),
      ],
    },
  ],
  reminders: [
    {
      beatId: "reminders",
      title: "群提醒",
      goal: "T-24 小时、T-1 小时、T-10 分钟、已开播",
      cells: [
        cell("customerGroups", -D, "T-24 小时群提醒", "明天 {{startsAt}} 开播,已登记 {{signups}} 人,点下面预约。"),
        cell("customerGroups", -H, "T-1 小时群提醒", "还有 1 小时开播,已登记 {{signups}} 人。"),
        cell("forward", -10 * MIN, "T-10 分钟员工转发", "10 分钟后开播,把直播卡片转到你的群。"),
        cell("robot", -10 * MIN, "T-10 分钟通知员工", "10 分钟后开播,请准备转发直播卡片。"),
        cell("forward", 0, "已开播员工转发", "直播开始了,点开就能看。"),
        cell("robot", 0, "已开播通知员工", "已开播,请把直播卡片转到你负责的群。"),
      ],
    },
  ],
} as const satisfies Readonly<Record<string, readonly TemplateBeat[]>>;
export type WaveTemplate = keyof typeof WAVE_TEMPLATES;
export const WAVE_TEMPLATE_NAMES = ["four", "seven", "reminders"] as const satisfies readonly WaveTemplate[];
