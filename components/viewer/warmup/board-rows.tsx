"use client";
import { count } from "../../format/money.ts";
import type { MyPlace } from "../viewer-data.ts";
import type { BoardRow } from "./warmup-api.ts";
import { useBelowWords } from "./below-words.ts";

/** Places with masked names; the person's own in its place, or below those that are shown. */
export function BoardRows({ rows, mine }: { readonly rows: readonly BoardRow[]; readonly mine: MyPlace | null }) {
  const words = useBelowWords();
  const rank = mine?.rank ?? null;
  // The two are asked for one after the other: what does not agree is not the same person.
  const isMine = (row: BoardRow) => row.rank === rank && row.count === mine?.count;
  const isShown = rows.some(isMine);
  return (
    <ol className="divide-y divide-line">
      {rows.map((row) => (
        <Row key={row.rank} row={row} isMe={isMine(row)} name={row.name ?? words.noName} />
      ))}
      {mine && rank !== null && !isShown ? (
        <Row row={{ rank, name: null, count: mine.count }} isMe name={words.me} />
      ) : null}
    </ol>
  );
}

type RowParts = { readonly row: BoardRow; readonly isMe: boolean; readonly name: string };

function Row({ row, isMe, name }: RowParts) {
  const words = useBelowWords();
  return (
    <li
      className={`flex items-baseline gap-3 py-2 text-base ${isMe ? "-mx-2 rounded-lg border-t-0 bg-gold-soft px-2" : ""}`}
    >
      <span className="min-w-5 font-bold">{count(row.rank)}</span>
      <span className="min-w-0 flex-1 truncate">{isMe ? words.me : name}</span>
      <span>{count(row.count)}</span>
    </li>
  );
}
