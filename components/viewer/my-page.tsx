"use client";
import { count } from "../format/money.ts";
import { CouponCode } from "./coupon-card.tsx";
import { worthOf } from "./coupon-state.ts";
import { Card } from "./card.tsx";
import { useInnerWords } from "./inner-words.ts";
import { drawHref } from "./hash-view.ts";
import { DeleteMe } from "./delete-me.tsx";
import { landingOf, signedUp } from "./landing.ts";
import { MyRewards } from "./my-rewards.tsx";
import { useShow, useShowNow, useStore, useViewer } from "./viewer-context.tsx";
import { Friends } from "./warmup/friends.tsx";
import { InviteHead } from "./warmup/my-invites.tsx";
import { CancelSignup } from "./warmup/signed-up.tsx";

/** What this person holds: codes large enough for a counter, prizes, rewards, draws; whom they brought; and the way out. */
export function MyPage() {
  const words = useInnerWords();
  const { me } = useViewer();
  const hasLanding = landingOf(useShow()) !== null;
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{hasLanding ? words.me : words.myPage}</h1>
      <MyWarmup />
      <MyPrizes />
      <MyRewards />
      <MyCoupons />
      <MyDraws />
      <p className="px-1 text-sm text-dim">{words.keepCodes}</p>
      <Privacy />
      {signedUp(me) ? <CancelSignup /> : null}
      <DeleteMe />
    </>
  );
}

/** 预约登记 of this person, and who came by their link. */
function MyWarmup() {
  const words = useInnerWords();
  const { me } = useViewer();
  const { memory } = useStore();
  const mine = signedUp(me);
  const invite = me?.me.invite ?? null;
  const { name } = memory.self();
  if (!mine || !invite) return null;
  return (
    <section className="rounded-2xl bg-card p-4">
      <p className="mb-2 text-sm text-sure">
        ✓ {words.signedUp}
        {name ? <span className="text-dim"> · {name}</span> : null}
      </p>
      <InviteHead mine={invite} place={me?.me.leaderboard ?? null} />
      <Friends mine={invite} />
    </section>
  );
}

/** Who the person is here, and what is kept of them; the team's own words below. */
export function Privacy() {
  const words = useInnerWords();
  const show = useShow();
  const { me } = useViewer();
  const { memory } = useStore();
  const own = landingOf(show)?.settings.privacyText ?? "";
  const isSignedIn = memory.self().name !== "" && me?.anonymous === false;
  return (
    <section className="px-1">
      <h2 className="text-sm font-semibold">{words.privacy}</h2>
      <p className="text-sm text-dim">
        {isSignedIn ? words.privacySignedIn : me && !me.anonymous ? words.privacyLinked : words.privacyAnonymous}
      </p>
      {own ? (
        <details>
          <summary className="flex min-h-11 items-center text-sm text-dim underline underline-offset-4">
            {words.privacyOfTeam}
          </summary>
          <p className="text-sm whitespace-pre-line break-words">{own}</p>
        </details>
      ) : null}
    </section>
  );
}

function MyCoupons() {
  const words = useInnerWords();
  const now = useShowNow();
  const { me } = useViewer();
  const coupons = new Map(useShow().slices.coupons);
  const mine = me?.me.coupon ?? [];
  return (
    <Card title={words.myCoupons}>
      {mine.length === 0 ? <p className="text-sm text-dim">{words.noCoupons}</p> : null}
      <ul className="divide-y divide-line">
        {mine.map((held) => {
          const coupon = coupons.get(held.couponId);
          const worth = coupon ? worthOf(coupon, words) : null;
          return (
            <li key={held.code} className="py-3 first:pt-0">
              <h3 className="text-base font-semibold break-words">{coupon?.title ?? words.coupons}</h3>
              {worth ? (
                <p className="text-sm text-dim">
                  {worth.big} {worth.small}
                </p>
              ) : null}
              <CouponCode held={held} now={now} />
              {coupon?.rules ? <p className="mt-2 text-sm whitespace-pre-line">{coupon.rules}</p> : null}
              <p className="mt-1 text-sm text-dim">{words.howToUseText}</p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function MyPrizes() {
  const words = useInnerWords();
  const { me } = useViewer();
  const lotteries = new Map(useShow().slices.lotteries);
  const won = (me?.me.lottery ?? []).flatMap(({ lotteryId, won: prize }) => (prize ? [{ lotteryId, ...prize }] : []));
  if (won.length === 0) return null;
  return (
    <Card title={words.myPrizes}>
      <ul className="space-y-2">
        {won.map(({ lotteryId, place, prizeId }) => (
          <li key={lotteryId} className="rounded-lg bg-act-soft p-3">
            <p className="text-base font-semibold text-brand break-words">
              {words.wonPrize(
                place,
                lotteries.get(lotteryId)?.prizes.find((prize) => prize.prizeId === prizeId)?.name ?? "",
              )}
            </p>
            <a
              href={drawHref(lotteryId)}
              className="inline-flex min-h-11 items-center text-base text-act underline underline-offset-4"
            >
              {words.seeResult}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function MyDraws() {
  const words = useInnerWords();
  const { me } = useViewer();
  const lotteries = new Map(useShow().slices.lotteries);
  const entered = (me?.me.lottery ?? []).flatMap(({ lotteryId, n }) => (n === null ? [] : [{ lotteryId, n }]));
  return (
    <Card title={words.myDraws}>
      {entered.length === 0 ? <p className="text-sm text-dim">{words.noDraws}</p> : null}
      <ul className="divide-y divide-line">
        {entered.map(({ lotteryId, n }) => (
          <li key={lotteryId}>
            <a href={drawHref(lotteryId)} className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 py-2">
              <span className="min-w-0 break-words underline underline-offset-4">
                {lotteries.get(lotteryId)?.title ?? words.draw}
              </span>
              <span className="text-sm text-sure">{words.entered(count(n))}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
