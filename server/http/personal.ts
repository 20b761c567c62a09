import type { Database } from "#db/client.ts";
import { namesOfPersons, namesOfRoom, namesOfSenders, textsOfComments } from "#db/queries/names.ts";
import { namesOfWecom } from "#db/queries/wecom-names.ts";
import { withoutTurns } from "../lib/bidi.ts";

/**
 * Names and comment texts, joined where a view leaves the server. Logs and views hold ids only; an id's first letters tell what it names
 * (server/auth/ids.ts), so ids are found wherever an operation shows them.
 */

export type Personalia = {
  /** Names of staff, programs, screens, groups, members and codes of WeCom; masked names of viewers and customers. By id. */
  readonly names: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
};

export type Personal = {
  /** Everybody of the room, and whoever else `view` names. */
  ofView(place: { readonly sessionId: string; readonly roomId: string }, view: unknown): Promise<Personalia>;
  /** Only what `ids` name. */
  ofIds(sessionId: string, ids: readonly string[]): Promise<Personalia>;
};

export function createPersonal(db: Database): Personal {
  const ofIds = async (sessionId: string, ids: readonly string[]): Promise<Personalia> => {
    const of = (letter: string) => ids.filter((id) => id.startsWith(`${letter}_`));
    const [senders, viewers, wecom, comments] = await Promise.all([
      namesOfSenders(db, ids),
      namesOfPersons(db, of("v")),
      namesOfWecom(db, ids),
      textsOfComments(db, sessionId, of("c")),
    ]);
    const masked = [
      ...viewers.flatMap(({ id, name }) => (name === null ? [] : [[id, maskName(name)] as const])),
      ...[...wecom.toMask].map(([id, name]) => [id, maskName(name)] as const),
    ];
    return {
      names: Object.fromEntries([...senders.map(({ id, name }) => [id, name] as const), ...wecom.open, ...masked]),
      comments: Object.fromEntries(comments.map(({ id, text }) => [id, text])),
    };
  };
  return {
    ofIds,
    async ofView({ sessionId, roomId }, view) {
      const [room, found] = await Promise.all([namesOfRoom(db, roomId), ofIds(sessionId, idsIn(view))]);
      const names = Object.fromEntries(room.map(({ id, name }) => [id, name]));
      return { names: { ...names, ...found.names }, comments: found.comments };
    },
  };
}

const IDS_MAX = 5_000;
const NAMED = /^(?:(?:staff|program|screen|person|member|forward):)?([ptkvcgmqx]_[0-9A-Za-z]{16,40})$/;

/** Ids of people, programs, screens, viewers, comments, and of WeCom's groups and people in a view or frame, as values or as keys of rows. */
export function idsIn(view: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [view];
  while (open.length > 0 && found.size < IDS_MAX) {
    const value = open.pop();
    if (typeof value === "string") {
      const id = value.length < 60 ? NAMED.exec(value)?.[1] : undefined;
      if (id !== undefined) found.add(id);
    } else if (Array.isArray(value)) {
      for (const item of value) open.push(item);
    } else if (typeof value === "object" && value !== null) {
      for (const item of Object.values(value)) open.push(item);
    }
  }
  return [...found];
}

/** 小明同学 → 小**学, 阿May → 阿**y; a short name keeps its first letter only. */
export function maskName(name: string): string {
  const letters = Array.from(withoutTurns(name).trim());
  const [first = "*"] = letters;
  return letters.length > 2 ? `${first}**${letters.at(-1) ?? ""}` : `${first}*`;
}
