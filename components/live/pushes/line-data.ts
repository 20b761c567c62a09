import * as z from "zod/mini";
import type { CommandInput } from "#domain/ops/index.ts";
import { request, type Reply } from "../../http/request.ts";

/** Through whom a line to the staff can go, and whose groups can be forwarded to. */

const Rooms = z.object({
  rooms: z.array(z.object({ roomId: z.string(), use: z.enum(["show", "rehearsal"]), corpId: z.string() })),
});
const InternalGroups = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      robots: z.array(z.object({ id: z.string(), name: z.string(), purpose: z.string() })),
    }),
  ),
});
const Word = z.object({ word: z.nullable(z.string()), name: z.nullable(z.string()), groups: z.number() });
const Words = z.object({ owners: z.array(Word), purposes: z.array(Word), tags: z.array(Word) });

export type Robot = {
  readonly id: string;
  readonly label: string;
  readonly forReports: boolean;
  readonly forReminders: boolean;
};
/** Groups by what they have in common: `purpose:live`, `tag:老客`. */
export type GroupChoice = {
  readonly value: string;
  readonly by: "purpose" | "tag" | "owner";
  readonly word: string;
  readonly name: string | null;
  readonly groups: number;
};
export type LineChoices =
  | { readonly robots: readonly Robot[]; readonly groups: readonly GroupChoice[] }
  | "notConnected";

export async function loadLineChoices(
  { roomId, rehearsal }: { readonly roomId: string; readonly rehearsal: boolean },
  signal: AbortSignal,
): Promise<Reply<LineChoices>> {
  const rooms = await request("/api/v1/wecom/rooms", { shape: Rooms, signal });
  if (!rooms.ok) return rooms;
  const use = rehearsal ? "rehearsal" : "show";
  const corpId = rooms.value.rooms.find((room) => room.roomId === roomId && room.use === use)?.corpId;
  if (corpId === undefined) return { ok: true, value: "notConnected" };
  const [internal, words] = await Promise.all([
    request(`/api/v1/wecom/internal-groups?corp=${corpId}`, { shape: InternalGroups, signal }),
    request(`/api/v1/wecom/groups/words?corp=${corpId}`, { shape: Words, signal }),
  ]);
  if (!internal.ok) return internal;
  if (!words.ok) return words;
  const { owners, purposes, tags } = words.value;
  return {
    ok: true,
    value: {
      robots: internal.value.groups.flatMap(({ name, robots }) =>
        robots.map((robot) => ({
          id: robot.id,
          label: robots.length > 1 ? `${name} · ${robot.name}` : name,
          forReports: robot.purpose === "report",
          forReminders: robot.purpose === "reminders",
        })),
      ),
      groups: [...choices("purpose", purposes), ...choices("tag", tags), ...choices("owner", owners)],
    },
  };
}

type ByPurpose = Pick<Robot, "id" | "forReports" | "forReminders">;

/** Where 战报 go, and where who has not sent is named: to the robots that were meant for it, else to those that were meant for nothing else. */
export const forReports = (robots: readonly ByPurpose[]): string[] =>
  meantFor(
    robots,
    (robot) => robot.forReports,
    (robot) => !robot.forReminders,
  );
export const forReminders = (robots: readonly ByPurpose[]): string[] =>
  meantFor(
    robots,
    (robot) => robot.forReminders,
    (robot) => !robot.forReports,
  );

function meantFor(
  robots: readonly ByPurpose[],
  wanted: (robot: ByPurpose) => boolean,
  fits: (robot: ByPurpose) => boolean,
): string[] {
  const meant = robots.filter(wanted);
  return (meant.length > 0 ? meant : robots.filter(fits)).map(({ id }) => id);
}

const choices = (by: GroupChoice["by"], words: readonly z.infer<typeof Word>[]): GroupChoice[] =>
  words.flatMap(({ word, name, groups }) =>
    word === null ? [] : [{ value: `${by}:${word}`, by, word, name, groups }],
  );

const TITLE_LETTERS = 24;

/** The first words of what was written: how it is called in lists. */
export function titleOf(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  const letters = Array.from(line);
  return letters.length > TITLE_LETTERS ? `${letters.slice(0, TITLE_LETTERS).join("")}…` : line;
}

export type Line = {
  readonly kind: "robot" | "forward";
  readonly text: string;
  readonly robotIds: readonly string[];
  /** Of `GroupChoice`. */
  readonly groups: readonly GroupChoice[];
};

export function planOf({ kind, text, robotIds, groups }: Line): CommandInput<"push.plan"> {
  const words = (by: GroupChoice["by"]) => groups.filter((choice) => choice.by === by).map(({ word }) => word);
  const whom =
    kind === "robot"
      ? { ownerIds: [], purposes: [], tags: [] }
      : { ownerIds: words("owner"), purposes: words("purpose"), tags: words("tag") };
  return {
    kind,
    title: titleOf(text),
    when: { by: "hand" },
    copy: {
      text: text.trim(),
      card: null,
      link: kind === "robot" ? "none" : "viewer",
      format: "text",
      mentionStaffIds: [],
      mentionAll: false,
    },
    audience: { groupIds: [], contactTagIds: [], staffIds: [], robotIds: [...robotIds], ...whom },
  };
}
