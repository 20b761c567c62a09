"use client";
import { useRef } from "react";
import { clockTime } from "../format/time.ts";
import { byName } from "./by-name.ts";
import { CopyWords } from "./copy-words.tsx";
import type { ForwardList, MemberPart } from "./forward-api.ts";
import type { ForwardState, ForwardStore } from "./forward-store.ts";
import { fill, useWords } from "./forward-words.ts";
import { HowTo } from "./how-to.tsx";
import { Bar, Card, PlainButton } from "./parts.tsx";
import { shownGroup } from "./tick-queue.ts";

type Props = {
  readonly list: ForwardList;
  readonly part: MemberPart;
  readonly state: ForwardState;
  readonly store: ForwardStore;
};

/** One member's own: how far, what to say, how to forward, and whom to. */
export function MyList({ list, part, state, store }: Props) {
  const words = useWords();
  const groups = part.groups.map((group) => shownGroup(group, state.waiting)).toSorted(byName);
  const done = groups.filter(({ tickedAt }) => tickedAt !== null).length;
  const open = list.push.closed === null;
  const member = list.members.find(({ memberId }) => memberId === state.memberId);
  const you = state.proven ? words.youProven : words.youChosen;
  return (
    <>
      <section className="rounded-xl bg-card p-4">
        <p className="flex items-center gap-2 text-sm text-dim">
          <span className="min-w-0 flex-1 break-words">{fill(you, { name: member?.name ?? "" })}</span>
          {state.proven ? null : <PlainButton onPress={store.leave}>{words.notMe}</PlainButton>}
        </p>
        <p className="pb-2 text-lg font-semibold" role="status">
          {groups.length === 0 ? words.noGroups : fill(words.progress, { done, all: groups.length })}
        </p>
        {groups.length > 0 ? <Bar done={done} all={groups.length} /> : null}
        {open && groups.length > 0 ? <Deadline list={list} through={done === groups.length} /> : null}
      </section>
      {groups.length > 0 && open ? (
        <>
          <CopyWords text={part.words} />
          <HowTo />
        </>
      ) : null}
      {groups.length > 0 ? (
        <Card title={words.groupsTitle}>
          <ul className="mt-1 divide-y">
            {groups.map((group) => (
              <GroupRow key={group.groupId} group={group} onTick={store.tick} />
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function Deadline({ list: { push, now }, through }: { readonly list: ForwardList; readonly through: boolean }) {
  const words = useWords();
  if (through) return <p className="pt-2 font-semibold text-sure">✓ {words.allDone}</p>;
  if (push.lateAt === null) return null;
  if (now <= push.lateAt)
    return <p className="pt-2 text-sm text-dim">{fill(words.lateIn, { at: clockTime(push.lateAt) })}</p>;
  const minutes = Math.max(1, Math.floor((now - push.lateAt) / 60_000));
  return <p className="pt-2 font-semibold text-wait">! {fill(words.lateNow, { n: minutes })}</p>;
}

/** A second tap of a hurried thumb is not the other act. */
const SECOND_TAP_MS = 700;

type RowProps = { readonly group: ReturnType<typeof shownGroup>; readonly onTick: ForwardStore["tick"] };

function GroupRow({ group, onTick }: RowProps) {
  const words = useWords();
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const name = group.name || words.unnamed;
  const press = (ticked: boolean) => {
    const now = performance.now();
    if (now - pressedAt.current < SECOND_TAP_MS) return;
    pressedAt.current = now;
    onTick(group.groupId, ticked);
  };
  const { tickedAt, waits } = group;
  return (
    <li className="flex min-h-16 items-center gap-3 py-2">
      <span className="min-w-0 flex-1">
        <span className="block break-words">{name}</span>
        {tickedAt === null ? null : (
          <span className={`block text-sm ${waits ? "text-wait" : "text-sure"}`}>
            {waits ? words.waiting : `✓ ${fill(words.ticked, { at: clockTime(tickedAt) })}`}
          </span>
        )}
      </span>
      {tickedAt === null ? (
        <button
          type="button"
          aria-label={fill(words.tickOf, { name })}
          onClick={() => press(true)}
          className="min-h-12 w-24 shrink-0 rounded-xl border border-act bg-act-soft text-base font-semibold text-act active:opacity-70"
        >
          {words.tick}
        </button>
      ) : (
        <PlainButton label={fill(words.undoOf, { name })} onPress={() => press(false)}>
          {words.undo}
        </PlainButton>
      )}
    </li>
  );
}
