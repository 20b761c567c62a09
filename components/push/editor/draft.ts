import { copyFaults, internalIn } from "#domain/push/copy.ts";
import { DEFAULT_LEAD_MS, isMass, type PushAudience, type PushKind, type PushPlan } from "#domain/push/shapes.ts";
import type { PushRow } from "#domain/push/rows.ts";
import { durationMs } from "#domain/units.ts";

/** A push as its form has it. Pure. */

export type PushDraft = Omit<PushPlan, "corpId">;

const nobody: PushAudience = {
  groupIds: [],
  ownerIds: [],
  purposes: [],
  tags: [],
  contactTagIds: [],
  staffIds: [],
  robotIds: [],
};

const NO_LEAD = durationMs(0);
const START = { by: "start", offsetMs: 0 } as const;

export function freshDraft(kind: PushKind): PushDraft {
  const mass = isMass(kind);
  return {
    kind,
    title: "",
    copy: {
      text: "",
      card: null,
      link: kind === "robot" ? "none" : "viewer",
      format: "text",
      mentionStaffIds: [],
      mentionAll: false,
    },
    when: mass ? START : { by: "hand" },
    leadMs: durationMs(mass ? DEFAULT_LEAD_MS : 0),
    useBy: null,
    outlives: false,
    audience: nobody,
    about: { productId: null, couponId: null, lotteryId: null },
  };
}

export function draftOf(row: Pick<PushRow, keyof PushDraft>): PushDraft {
  const { kind, title, copy, when, leadMs, useBy, outlives, audience, about } = row;
  return { kind, title, copy, when, leadMs, useBy, outlives, audience, about };
}

/** The same under another kind: what that kind does not know goes, words and title stay. */
export function ofKind(draft: PushDraft, kind: PushKind): PushDraft {
  if (kind === draft.kind) return draft;
  const fresh = freshDraft(kind);
  const { audience, copy, when } = draft;
  const byGroups = kind === "groups" || kind === "forward";
  const wasByGroups = draft.kind === "groups" || draft.kind === "forward";
  const timed = when.by === "time" || when.by === "start";
  const mass = isMass(kind);
  return {
    ...draft,
    kind,
    when: timed || !mass ? when : fresh.when,
    leadMs: mass && draft.leadMs === 0 ? fresh.leadMs : !mass && isMass(draft.kind) ? NO_LEAD : draft.leadMs,
    audience: {
      ...(byGroups && wasByGroups ? audience : nobody),
      robotIds: kind === "robot" || kind === "forward" ? audience.robotIds : [],
      staffIds: [],
    },
    copy: {
      ...copy,
      card: mass || copy.card?.kind !== "miniprogram" ? copy.card : null,
      format: kind === "robot" ? copy.format : "text",
      ...(mass ? { mentionAll: false, mentionStaffIds: [] } : {}),
    },
  };
}

export const DRAFT_PROBLEMS = [
  "title",
  "audience",
  "robots",
  "copyEmpty",
  "copyTooLong",
  "cardIncomplete",
  "cardTooLong",
  "cardNeedsLink",
  "link",
  "lead",
  "internal",
] as const;
export type DraftProblem = (typeof DRAFT_PROBLEMS)[number];

/** What keeps it from being saved; the rules look again. */
export function problemsOf(draft: PushDraft): DraftProblem[] {
  const { kind, title, audience, copy, when, leadMs } = draft;
  const { card, link } = copy;
  const problems: DraftProblem[] = [];
  if (title.trim() === "") problems.push("title");
  if (kind === "robot" && audience.robotIds.length === 0) problems.push("robots");
  if (kind !== "robot" && !isAnybody(draft)) problems.push("audience");
  const faults = copyFaults(kind, copy);
  if (faults.some(({ path, code }) => path === "text" && code === "empty")) problems.push("copyEmpty");
  if (faults.some(({ path, code }) => path === "text" && code === "tooLong")) problems.push("copyTooLong");
  if (faults.some(({ path, code }) => path !== "text" && code === "tooLong")) problems.push("cardTooLong");
  if (card && !isWhole(card)) problems.push("cardIncomplete");
  if (card?.kind === "link" && link === "none") problems.push("cardNeedsLink");
  if (link !== "viewer" && link !== "none" && link !== "report" && !/^https:\/\/[^\s"'<>]+$/.test(link))
    problems.push("link");
  if (leadMs > 0 && (when.by === "event" || when.by === "hand")) problems.push("lead");
  if (internalIn(kind, copy).length > 0) problems.push("internal");
  return problems;
}

const isAnybody = ({ kind, audience }: PushDraft): boolean => {
  const { groupIds, ownerIds, purposes, tags, contactTagIds, staffIds } = audience;
  const chosen =
    kind === "customers" ? [ownerIds, staffIds, contactTagIds] : [groupIds, ownerIds, purposes, tags, staffIds];
  return chosen.some((list) => list.length > 0);
};

function isWhole(card: NonNullable<PushDraft["copy"]["card"]>): boolean {
  if (card.kind === "link")
    return card.title.trim() !== "" && (card.picUrl === null || /^https:\/\/\S+$/.test(card.picUrl));
  if (card.mediaKey === "") return false;
  return (
    card.kind === "image" || (card.title.trim() !== "" && /^[A-Za-z0-9]{1,40}$/.test(card.appId) && card.page !== "")
  );
}
