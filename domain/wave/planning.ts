import { z } from "zod";
import { reject, type Ctx, type Rejection } from "../op.ts";
import { isMass, PushPlan, type PushAudience, type PushKind, type PushWhen } from "../push/shapes.ts";
import type { PushState } from "../push/state.ts";
import { same } from "../same.ts";
import { Id } from "../units.ts";
import {
  BEATS_MAX,
  CellPlan,
  CELLS_MAX,
  PUSH_KIND_OF,
  WAKING,
  type Beat,
  type Cell,
  type WaveChannel,
} from "./shapes.ts";
import { startOf, type WaveState } from "./state.ts";
import { TEMPLATE_LANGUAGES, templateWords } from "./template-words.ts";
import { WAVE_TEMPLATE_NAMES, WAVE_TEMPLATES, type TemplateCell } from "./templates.ts";
import { dueAtOf, isQuiet } from "./times.ts";

/** Planning of cells, from templates and by hand (WAV1–WAV5). */

export const Template = z.enum(WAVE_TEMPLATE_NAMES);
/** `language`: in which staff read beats and titles; the copy is the customers'. */
export const TemplateInput = z.object({ template: Template, language: z.enum(TEMPLATE_LANGUAGES).optional() });

export const PlanCellInput = CellPlan.partial().required({ beatId: true, channel: true, title: true, when: true });

const blank = { segment: "", copy: "", mediaKey: null, ownerId: null, sourceId: null, note: "" };
const Row = CellPlan.extend({ cellId: Id });

type Placed = Pick<CellPlan, "beatId" | "channel" | "when">;

/** `before`: a cell that a moved start has put into the night may be changed in its words all the same. */
export function refuseCell(own: WaveState, cell: Placed, before?: Placed): Rejection | undefined {
  const { beatId, channel, when } = cell;
  if (!own.beats.some((beat) => beat.beatId === beatId)) return reject("wave.beatNotFound", { beatId });
  if (before && before.channel === channel && same(before.when, when)) return undefined;
  return refuseNight(own, channel, dueAtOf(when, startOf(own)));
}

/** WAV5: what reaches customers is not for the night, where the show refuses that. */
function refuseNight({ quietHours }: WaveState, channel: WaveChannel, at: number): Rejection | undefined {
  const { from, to, mode } = quietHours;
  if (mode !== "refuse" || !WAKING.has(channel) || !isQuiet(quietHours, at)) return undefined;
  return reject("wave.quietHours", { at, from, to });
}

/** What a hand sent at night is told all the same, with why. */
export function refuseTick(own: WaveState, { channel, cellId }: Cell, happenedAt: number, note: string) {
  if (note.trim() !== "" || !refuseNight(own, channel, happenedAt)) return undefined;
  const { from, to } = own.quietHours;
  return reject("wave.sentAtNight", { cellId, from, to });
}

export function decidePlan(own: WaveState, input: z.infer<typeof PlanCellInput>, ctx: Ctx) {
  if (own.cells.size >= CELLS_MAX) return reject("wave.tooMany", { max: CELLS_MAX });
  const data = Row.parse({ ...blank, ...withoutUndefined(input), cellId: ctx.newId() });
  return refuseCell(own, data) ?? [{ type: "wave.planned.v1" as const, data }];
}

const withoutUndefined = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** A beat that is there already is not made again: its cells join it. */
export function decideTemplate(own: WaveState, { template, language = "zh" }: z.infer<typeof TemplateInput>, ctx: Ctx) {
  const said = (text: string) => templateWords(text, language);
  const known = new Set(own.beats.map(({ beatId }) => beatId));
  const wanted = WAVE_TEMPLATES[template];
  const beats: Beat[] = wanted.flatMap(({ beatId, title, goal }) =>
    known.has(beatId) ? [] : [{ beatId, title: said(title), goal: said(goal) }],
  );
  if (own.beats.length + beats.length > BEATS_MAX) return reject("wave.tooManyBeats", { max: BEATS_MAX });
  const planned = [...own.cells.values()];
  const cells = wanted.flatMap(({ beatId, cells: inBeat }) =>
    inBeat
      .filter(
        ({ channel, title }) =>
          !planned.some(
            (cell) =>
              cell.beatId === beatId &&
              cell.channel === channel &&
              // In whichever language it was laid out.
              TEMPLATE_LANGUAGES.some((one) => cell.title === templateWords(title, one)),
          ),
      )
      .map(({ offsetMs, title, segment = "", ...cell }: TemplateCell) =>
        Row.parse({
          ...blank,
          ...cell,
          title: said(title),
          segment: said(segment),
          beatId,
          when: { by: "start", offsetMs },
          cellId: ctx.newId(),
        }),
      ),
  );
  if (own.cells.size + cells.length > CELLS_MAX) return reject("wave.tooMany", { max: CELLS_MAX });
  if (beats.length + cells.length === 0) return reject("wave.templateThere", { template });
  return [{ type: "wave.templateUsed.v1" as const, data: { template, beats, cells } }];
}

/** The push that a cell asks for. */
export function pushOfCell(cell: Cell, audience: PushAudience, leadMs: number | undefined) {
  const { cellId, channel, title, copy, mediaKey, when } = cell;
  const card = mediaKey === null ? null : { kind: "image" as const, mediaKey };
  return {
    cellId,
    kind: PUSH_KIND_OF[channel],
    title,
    copy: { text: copy, card },
    when,
    audience,
    ...(leadMs === undefined ? {} : { leadMs }),
  };
}

const Planned = z.object({ kind: PushPlan.shape.kind, when: PushPlan.shape.when.optional() });
type Going = { readonly own: WaveState; readonly push: PushState };
const Target = z.object({ pushId: Id });
const Edited = z.object({ pushId: Id, to: z.object({ when: PushPlan.shape.when.optional() }) });

/** WAV5: no 群发 is planned into the night where the show refuses it, from whichever screen. */
export function refuseQuietPush({ own }: { readonly own: WaveState }, input: unknown): Rejection | undefined {
  const { kind, when = { by: "start" as const, offsetMs: 0 } } = Planned.parse(input);
  return refuseQuiet(own, kind, when);
}

export function refuseQuietMove({ own, push }: Going, input: unknown): Rejection | undefined {
  const { pushId, to } = Edited.parse(input);
  const kind = push.pushes.get(pushId)?.kind;
  return kind && to.when && refuseQuiet(own, kind, to.when);
}

/**
 * What was planned into the day may stand in the night by now: the show's start has moved, or the quiet hours have. It is held, and a hand can't send it
 * at night either.
 */
export function refuseQuietGoing({ own, push }: Going, input: unknown, { by, now }: Ctx): Rejection | undefined {
  const found = push.pushes.get(Target.parse(input).pushId);
  return found && refuseQuiet(own, found.kind, by === "system" ? found.when : { by: "time", at: now });
}

function refuseQuiet(own: WaveState, kind: PushKind, when: PushWhen): Rejection | undefined {
  if (own.quietHours.mode !== "refuse" || !isMass(kind)) return undefined;
  if (when.by !== "time" && when.by !== "start") return undefined;
  const at = dueAtOf(when, startOf(own));
  const { from, to } = own.quietHours;
  return isQuiet(own.quietHours, at) ? reject("wave.quietHours", { at, from, to }) : undefined;
}
