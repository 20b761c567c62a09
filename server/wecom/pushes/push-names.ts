import type { Database } from "#db/client.ts";
import { namesOfPersons } from "#db/queries/names.ts";
import type { PushCard } from "#domain/push/shapes.ts";
import { personsIn, withNames } from "#domain/push/named.ts";
import { maskName } from "../../http/personal.ts";

/** Of whom no name is known, or not any more. */
const NOBODY = "一位朋友";

/** Words as people read them: whoever the log names by id stands there by their masked name. */
export async function namedWords<W extends { readonly text: string; readonly card: PushCard | null }>(
  db: Database,
  words: W,
): Promise<W> {
  const ids = personsIn(words);
  if (ids.length === 0) return words;
  const names = new Map((await namesOfPersons(db, ids)).map(({ id, name }) => [id, name]));
  return withNames(words, (id) => {
    const name = names.get(id);
    return name == null || name === "" ? NOBODY : maskName(name);
  });
}
