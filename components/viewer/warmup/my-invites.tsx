"use client";
import { count } from "../../format/money.ts";
import { signedUp, stageOf, type Landing } from "../landing.ts";
import { useShow, useViewer } from "../viewer-context.tsx";
import type { MyInvite, MyPlace } from "../viewer-data.ts";
import { BoardLink } from "./board.tsx";
import { BoardRows } from "./board-rows.tsx";
import { useBoard } from "./use-board.ts";
import { useOwnAddress } from "./use-own-address.ts";
import type { BelowWords } from "./below-strings.ts";
import { useBelowWords } from "./below-words.ts";

/** How many of the board's places stand above the own one. */
const ABOVE = 2;

/** How many came by the person's link, where that puts them, and what is missing to the next place. */
export function MyInvites({ settings }: { readonly settings: Landing["settings"] }) {
  const words = useBelowWords();
  const { me } = useViewer();
  const code = signedUp(me)?.code;
  useOwnAddress(code);
  const { board } = useBoard();
  const mine = me?.me.invite ?? null;
  const place = me?.me.leaderboard ?? null;
  if (!mine) return null;
  const isPublic = settings.showLeaderboard && board?.published === true;
  const rows = isPublic ? board.top.slice(0, (place?.rank ?? 0) > ABOVE + 1 ? ABOVE : ABOVE + 1) : [];
  return (
    <section className="rounded-2xl bg-card p-4">
      <InviteHead mine={mine} place={place} />
      {rows.length > 0 ? (
        <>
          <BoardRows rows={rows} mine={place} />
          <BoardLink />
        </>
      ) : (
        <p className="mt-1 text-sm text-dim">{words.friendsNote}</p>
      )}
    </section>
  );
}

export function InviteHead({ mine, place }: { readonly mine: MyInvite; readonly place: MyPlace | null }) {
  const words = useBelowWords();
  const { valid, held, disqualified } = mine;
  const rank = place?.rank ?? null;
  const isOver = stageOf(useShow().slices.session) === "ended";
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="text-base font-semibold">{words.myInvites}</h2>
        <p className="text-sm text-dim">
          <strong className="mr-1.5 text-2xl font-bold text-act">{count(valid)}</strong>
          {words.friendsUnit ? `${words.friendsUnit} · ` : ""}
          <span className="whitespace-nowrap">{rank === null ? words.noRank : words.rank(count(rank))}</span>
        </p>
      </div>
      <p className="mb-1 text-sm text-dim">
        {[place ? missingText(words, place, isOver) : "", held > 0 ? words.held(count(held)) : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {disqualified ? (
        <p className="mb-1 rounded-lg bg-gold-soft px-3 py-2 text-sm break-words text-gold">
          {words.disqualified(disqualified.reason)}
        </p>
      ) : null}
    </>
  );
}

/** Nobody can sign up for a show that is over, so nothing is promised for it. */
function missingText(words: BelowWords, { next, rank, metric, frozen }: MyPlace, isOver: boolean): string {
  if (frozen) return words.boardFrozen;
  if (rank === 1) return words.isFirst;
  if (!next || isOver) return "";
  const missing = words.missing[metric](count(next.missing));
  return rank === null ? words.toBeOn(missing) : words.toRank(missing, count(next.rank));
}
