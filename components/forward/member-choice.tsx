"use client";
import { useState } from "react";
import { byName } from "./by-name.ts";
import type { ForwardList, Member } from "./forward-api.ts";
import type { ForwardState } from "./forward-store.ts";
import { fill, useWords } from "./forward-words.ts";
import { Card, Notice } from "./parts.tsx";

/** More than this are found by name. */
const FIND_FROM = 12;

type Props = {
  readonly list: ForwardList;
  readonly note: ForwardState["note"];
  readonly onChoose: (memberId: string) => void;
};

export function MemberChoice({ list: { members }, note, onChoose }: Props) {
  const words = useWords();
  const [sought, setSought] = useState("");
  const found = members.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase())).toSorted(byName);
  return (
    <>
      {note ? <Notice tone="wait">{note === "notMember" ? words.signInNotMember : words.signInFailed}</Notice> : null}
      <Card title={words.whoTitle}>
        <p className="text-sm text-dim">{words.whoHint}</p>
        {members.length > FIND_FROM ? (
          <input
            type="search"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
            aria-label={words.findName}
            placeholder={words.findName}
            className="mt-2 min-h-11 w-full rounded-lg border border-edge px-3"
          />
        ) : null}
        {found.length === 0 ? (
          <p className="py-4 text-center text-dim">{fill(words.nobodyFound, { name: sought.trim() })}</p>
        ) : null}
        <ul className="mt-2 divide-y">
          {found.map((member) => (
            <li key={member.memberId}>
              <button
                type="button"
                onClick={() => onChoose(member.memberId)}
                className="flex min-h-13 w-full items-center gap-3 py-2 text-left active:bg-ground"
              >
                <span className="min-w-0 flex-1 break-words">{member.name}</span>
                <span className="shrink-0 text-sm text-dim">{standing(member, words)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function standing({ ticks, targets, late }: Member, words: ReturnType<typeof useWords>): string {
  if (ticks >= targets) return words.whoDone;
  const groups = fill(words.whoGroups, { n: targets });
  return late ? `${groups} · ${words.whoLate}` : groups;
}
