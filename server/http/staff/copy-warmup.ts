import { z } from "zod";
import { Block, LandingSettings } from "#domain/landing/blocks.ts";
import type { Json } from "#domain/op.ts";
import { MethodPlan } from "#domain/ops/method.ts";
import { StepPlan } from "#domain/reward/state.ts";
import { SourcePlan } from "#domain/source/state.ts";
import { Id } from "#domain/units.ts";
import { Beat, CellPlan, QuietHours } from "#domain/wave/shapes.ts";
import { type Copy, learn, read, shiftOf } from "./copy-reading.ts";

/** What a copy takes over of a warm-up: its plan. Who came, what was earned and what was ticked stay with the past show. */

const Planned = SourcePlan.extend({ sourceId: Id, archived: z.boolean() });

/** With their codes: links and posters carry the show beside them. Archived ones stay behind. */
export async function copySources(copy: Copy): Promise<void> {
  for (const { sourceId, archived, ...plan } of read(copy.source, "sources", z.array(Planned)) ?? []) {
    if (!archived) learn(copy, sourceId, await copy.send("source.plan", plan), "sourceId");
  }
}

export async function copyRewards(copy: Copy): Promise<void> {
  for (const step of read(copy.source, "rewardSteps", z.array(StepPlan)) ?? []) await copy.send("reward.plan", step);
}

export async function copyMethods(copy: Copy): Promise<void> {
  for (const method of read(copy.source, "methods", z.array(MethodPlan)) ?? []) await copy.send("method.add", method);
}

const Placed = z.intersection(Block, z.object({ position: z.int() }));
const Page = z.object({ is: z.enum(["draft", "published"]), settings: LandingSettings });

/** As a draft: somebody looks at it before viewers do. Links of the past show's evening lead nowhere now. */
export async function copyLanding(copy: Copy): Promise<void> {
  const rows = read(copy.source, "landingBlocks", z.array(Placed)) ?? [];
  const blocks = rows
    .toSorted((a, b) => a.position - b.position)
    .flatMap(({ position: _position, ...block }) => movedBlock(Block.parse(block), copy.newIds) ?? []);
  if (blocks.length > 0) await copy.send("landing.setBlocks", { blocks: z.json().parse(blocks) });
  const draft = (read(copy.source, "landingPage", z.array(Page)) ?? []).find(({ is }) => is === "draft");
  if (draft) await copy.send("landing.setSettings", { ...draft.settings, liveLink: null, replayLink: null });
}

/** Without products and coupons that were not copied; `null`: nothing is left of it. */
function movedBlock(block: Block, newIds: ReadonlyMap<string, string>): Block | null {
  if (block.kind === "products") {
    const productIds = block.productIds.flatMap((id) => newIds.get(id) ?? []);
    return productIds.length === 0 ? null : { ...block, productIds };
  }
  if (block.kind === "coupons") {
    const couponIds = block.couponIds.flatMap((id) => newIds.get(id) ?? []);
    return couponIds.length === 0 ? null : { ...block, couponIds };
  }
  return block;
}

const Waves = z.object({ beats: z.array(Beat), quietHours: QuietHours });

/** At the same distance from the start. Their pushes follow with the others, and find their cells again. */
export async function copyWaves(copy: Copy): Promise<void> {
  const found = read(copy.source, "waves", Waves);
  if (!found || found.beats.length === 0) return;
  const beats = found.beats.map(({ beatId, title, goal }) => ({ beatId, title, goal }));
  await copy.send("wave.setBeats", { beats });
  const by = shiftOf(copy);
  for (const { cellId, ...plan } of read(copy.source, "waveCells", z.array(CellPlan.extend({ cellId: Id }))) ?? []) {
    const when: Json = plan.when.by === "time" ? { ...plan.when, at: plan.when.at + by } : plan.when;
    const sourceId = plan.sourceId === null ? null : (copy.newIds.get(plan.sourceId) ?? null);
    learn(copy, cellId, await copy.send("wave.plan", { ...plan, when, sourceId }), "cellId");
  }
}

/** Last: where they are refused, what was planned into them before would be left out without a word. */
export async function copyQuietHours(copy: Copy): Promise<void> {
  const found = read(copy.source, "waves", Waves);
  if (found) await copy.send("wave.setQuietHours", found.quietHours);
}
