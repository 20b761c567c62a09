import type { PushCard } from "./shapes.ts";

/**
 * Persons in the words of a push (PSH28). A log holds no names, so the filled words name persons by id in `{{@id}}`; the masked name is written in
 * where the words leave the server.
 */

const TOKEN = /\{\{@([A-Za-z0-9][A-Za-z0-9_.:~-]{0,79})\}\}/g;

export const personToken = (personId: string): string => `{{@${personId}}}`;

type Worded = { readonly text: string; readonly card: PushCard | null };

const textsOf = ({ text, card }: Worded): string[] => {
  if (card?.kind === "link") return [text, card.title, card.desc];
  return card?.kind === "miniprogram" ? [text, card.title] : [text];
};

/** Whom the words name. */
export const personsIn = (words: Worded): string[] => [
  ...new Set(textsOf(words).flatMap((text) => [...text.matchAll(TOKEN)].map(([, personId = ""]) => personId))),
];

export const namedText = (text: string, nameOf: (personId: string) => string): string =>
  text.replaceAll(TOKEN, (_all, personId: string) => nameOf(personId));

export function withNames<W extends Worded>(words: W, nameOf: (personId: string) => string): W {
  const { text, card } = words;
  const named = (part: string) => namedText(part, nameOf);
  if (card?.kind === "link") {
    return { ...words, text: named(text), card: { ...card, title: named(card.title), desc: named(card.desc) } };
  }
  if (card?.kind === "miniprogram") return { ...words, text: named(text), card: { ...card, title: named(card.title) } };
  return { ...words, text: named(text) };
}

/** A masked name at its longest: two letters of four bytes, two asterisks. For measuring what will be sent. */
const LONGEST_NAME = "𠮷**𠮷";
export const sizedAsNamed = <W extends Worded>(words: W): W => withNames(words, () => LONGEST_NAME);
