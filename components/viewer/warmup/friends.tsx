"use client";
import { dayTime } from "../../format/time.ts";
import type { MyInvite } from "../viewer-data.ts";
import { useBelowWords } from "./below-words.ts";
import { useWarmupWords } from "./warmup-words.ts";

const colours = {
  counts: "text-sure",
  held: "text-gold",
  rejected: "text-dim",
  not: "text-dim",
  takenBack: "text-dim",
};

/** Who came by the own link, newest first, with masked names. */
export function Friends({ mine: { friends } }: { readonly mine: MyInvite }) {
  const words = { ...useBelowWords(), ...useWarmupWords() };
  return (
    <>
      {friends.length === 0 ? <p className="py-2 text-base">{words.noFriends}</p> : null}
      <ul className="divide-y divide-line">
        {friends.map(({ name, standing, at }, index) => (
          <li key={index} className="flex items-baseline gap-3 py-2 text-base">
            <span className="min-w-0 flex-1 truncate">{name ?? words.noName}</span>
            <span className="text-sm text-dim">{dayTime(at)}</span>
            <span className={`text-sm font-semibold ${colours[standing]}`}>{words.standings[standing]}</span>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-sm text-dim">{words.friendsNote}</p>
    </>
  );
}
