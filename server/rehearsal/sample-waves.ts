import { z } from "zod";
import type { CommandInput } from "#domain/ops/index.ts";
import { rowsIn } from "#domain/snapshot-parts.ts";
import { emptyWaves } from "#domain/wave/state.ts";
import { isQuiet } from "#domain/wave/times.ts";
import type { Snapshot } from "#domain/wire.ts";
import { samplePeople } from "./sample-pushes.ts";
import type { ShowPort } from "./show-port.ts";

/** The waves of the sample show, plainly a sample, spread over the time that is left before its start. */

export type WaveTime = {
  readonly startAt: number;
  /** How long before the start it is planned, ms. */
  readonly leadMs: number;
  /** Who is to do the tasks: an id of staff. */
  readonly ownerId: string;
  /** Has its tasks done by its first minute, as a rehearsal has nobody who would do them. */
  readonly isDone: boolean;
};

type Wave = Pick<CommandInput<"wave.plan">, "beatId" | "channel" | "title" | "copy"> & {
  /** Of the lead. */
  readonly before: number;
  /** Code of the source whose link it holds. */
  readonly source?: string;
};

const BEATS: CommandInput<"wave.setBeats">["beats"] = [
  { beatId: "announce", title: "预告", goal: "知道有这场、点预约" },
  { beatId: "benefits", title: "内容与利益点", goal: "知道来了能得到什么" },
  { beatId: "lastCall", title: "最后提醒", goal: "已登记的人准时来" },
  { beatId: "live", title: "开播", goal: "第一时间进直播间" },
];

const WAVES: readonly Wave[] = [
  {
    beatId: "announce",
    channel: "officialAccount",
    title: "示例 公众号预告",
    copy: "{{startsAt}} 开播,文末可一键预约。",
    before: 0.95,
    source: "article1",
  },
  {
    beatId: "announce",
    channel: "store",
    title: "示例 台卡与店员话术",
    copy: "「直播间有到店可用的券,扫码预约就行。」",
    before: 0.9,
    source: "store1",
  },
  {
    beatId: "benefits",
    channel: "moments",
    title: "示例 朋友圈剧透",
    copy: "今晚有群内抽奖和满减券,先预约不迷路。",
    before: 0.6,
    source: "moments1",
  },
  {
    beatId: "benefits",
    channel: "shortVideo",
    title: "示例 主推款短视频",
    copy: "轻暖羽绒服上身实拍,挂预约组件。",
    before: 0.5,
  },
  {
    beatId: "lastCall",
    channel: "sms",
    title: "示例 短信提醒",
    copy: "您预约的直播今晚开始,回 T 退订。",
    before: 0.1,
  },
  {
    beatId: "live",
    channel: "customerGroups",
    title: "示例 · 开播提醒",
    copy: "【示例】今晚 {{startsAt}} 开播,群内抽奖和满减券都在,先来领券:",
    before: 0,
  },
  { beatId: "live", channel: "forward", title: "示例 开播转发", copy: "直播开始了,点开就能看。", before: 0 },
];

const REMINDER = "customerGroups";
const CellMade = z.object({ cellId: z.string() });
const Cell = CellMade.extend({ channel: z.string() });
const Source = z.object({ sourceId: z.string(), code: z.string() });

const rowsOf = <T>(snapshot: Snapshot, name: string, schema: z.ZodType<T>): T[] =>
  rowsIn(snapshot, name).map((row) => schema.parse(row));

const MINUTE_MS = 60_000;
const { quietHours } = emptyWaves();

/** Where a share of the lead falls into the night, the first minute after it: nobody plans a 示例 for four in the morning. */
function offsetOf(before: number, { startAt, leadMs }: WaveTime): number {
  let at = startAt - Math.round((before * leadMs) / MINUTE_MS) * MINUTE_MS;
  while (at < startAt && isQuiet(quietHours, at)) at += MINUTE_MS;
  return at - startAt;
}

export async function planSampleWaves(port: ShowPort, time: WaveTime): Promise<void> {
  const { ownerId, isDone } = time;
  const { send } = port;
  const sources = rowsOf(await port.snapshot(), "sources", Source);
  await send("wave.setBeats", { beats: BEATS });
  for (const { before, source, ...wave } of WAVES) {
    // Played by Kaibo itself, forwarding has a push of its own.
    if (isDone && wave.channel === "forward") continue;
    const when = { by: "start" as const, offsetMs: offsetOf(before, time) };
    const sourceId = sources.find(({ code }) => code === source)?.sourceId ?? null;
    const { cellId } = CellMade.parse(await send("wave.plan", { ...wave, when, sourceId, ownerId }));
    if (isDone && wave.channel !== REMINDER) await send("wave.tick", { cellId, note: "示例" });
  }
}

/** Its 群发 is planned once there are groups: minutes before the start, as the sample's people take their time. */
export async function planSampleReminder({ send, snapshot }: ShowPort): Promise<void> {
  const cell = rowsOf(await snapshot(), "waveCells", Cell).find(({ channel }) => channel === REMINDER);
  if (!cell) throw new Error("the sample show has no wave for groups");
  const audience = samplePeople({ purposes: ["live", "flash", "content", "benefit"] });
  await send("wave.planPush", { cellId: cell.cellId, audience, leadMs: 3 * 60_000 });
}
