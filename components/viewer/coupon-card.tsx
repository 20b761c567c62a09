"use client";
import { count } from "../format/money.ts";
import { clockTime, dayTime } from "../format/time.ts";
import { ActButton } from "./act-button.tsx";
import { Card } from "./card.tsx";
import { CopyButton } from "./copy-button.tsx";
import { couponStand, worthOf, type CouponStand } from "./coupon-state.ts";
import { OutcomeNote } from "./outcome-note.tsx";
import { useMayAct } from "./standing.ts";
import { useShow, useShowNow, useStore, useViewer, useWords } from "./viewer-context.tsx";
import type { MyCoupon, ViewerCoupon } from "./viewer-data.ts";
import type { Words } from "./viewer-strings.ts";

/** `except`: coupons that the landing page shows at a place of its own. */
export function CouponCards({ except = NONE }: { readonly except?: ReadonlySet<string> }) {
  const coupons = useShow().slices.coupons.flatMap(([id, coupon]) => (except.has(id) ? [] : [coupon]));
  const words = useWords();
  if (coupons.length === 0) return null;
  return (
    <Card title={words.coupons}>
      <CouponList coupons={coupons} />
    </Card>
  );
}

const NONE: ReadonlySet<string> = new Set();

export function CouponList({ coupons }: { readonly coupons: readonly ViewerCoupon[] }) {
  return (
    <ul className="space-y-3">
      {coupons.map((coupon) => (
        <li key={coupon.couponId}>
          {coupon.carrier === "own" ? <OwnCoupon coupon={coupon} /> : <ShopCoupon coupon={coupon} />}
        </li>
      ))}
    </ul>
  );
}

const frame = "rounded-xl border border-dashed border-gold-edge p-3";

function OwnCoupon({ coupon }: { readonly coupon: ViewerCoupon }) {
  const words = useWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const now = useShowNow();
  const mayAct = useMayAct();
  const mine = (me?.me.coupon ?? []).filter(({ couponId }) => couponId === coupon.couponId);
  const stand = couponStand(coupon, mine, now);
  const busy = acting === coupon.couponId;
  return (
    <div className={frame}>
      <div className="flex flex-wrap items-center justify-end gap-3">
        <CouponFacts coupon={coupon} />
        {stand === "claimable" ? (
          <ActButton
            busy={busy}
            disabled={!mayAct || (acting !== null && !busy)}
            label={busy ? words.claiming : words.claimNamed(coupon.title)}
            onPress={() => void store.act({ kind: "claim", id: coupon.couponId })}
          >
            {busy ? words.claiming : mine.length > 0 ? words.claimAgain : words.claim}
          </ActButton>
        ) : (
          <p className={`shrink-0 text-sm font-semibold ${stand === "held" ? "text-sure" : "text-dim"}`}>
            {stand === "held" ? "✓ " : ""}
            {standWords(words, stand, coupon)}
          </p>
        )}
      </div>
      <OutcomeNote id={coupon.couponId} />
      {mine.map((held) => (
        <CouponCode key={held.code} held={held} now={now} />
      ))}
      <HowToUse coupon={coupon} />
    </div>
  );
}

function CouponFacts({ coupon }: { readonly coupon: ViewerCoupon }) {
  const words = useWords();
  const { title, discount, perPerson, claimTo, useUntil } = coupon;
  const { big, small } = worthOf(coupon, words);
  const scope = discount.productIds === null ? words.scopeAll : words.scopeSome(discount.productIds.length);
  const facts = [
    "left" in coupon && coupon.left !== null ? words.left(count(coupon.left), count(coupon.total)) : null,
    perPerson > 1 ? words.perPerson(perPerson) : null,
    scope,
    claimTo === null ? null : words.claimUntil(dayTime(claimTo)),
    useUntil === null ? null : words.useUntil(dayTime(useUntil)),
  ];
  return (
    <div className="min-w-44 flex-1">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-2xl font-bold text-act">{big}</span>
        <span className="text-sm text-dim">{small}</span>
      </p>
      <h3 className="text-base break-words">{title}</h3>
      <p className="flex flex-wrap gap-x-3 text-sm text-dim">
        {facts
          .filter((fact) => fact !== null)
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </p>
    </div>
  );
}

/** A code as it is shown at a counter: large, alone on its line, selectable by a long press. */
export function CouponCode({ held, now }: { readonly held: MyCoupon; readonly now: number }) {
  const words = useWords();
  const expired = held.useUntil !== null && now > held.useUntil;
  const stand = held.used ? words.used : expired ? words.expired : words.valid;
  const gone = held.used || expired;
  return (
    <div className="mt-3 rounded-lg bg-gold-soft p-3">
      <p className="text-sm text-gold">
        {words.code} · {stand}
        {held.useUntil === null ? "" : ` · ${words.useUntil(dayTime(held.useUntil))}`}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <p
          className={`font-mono text-xl font-bold break-all select-all ${gone ? "text-dim line-through" : "text-ink"}`}
        >
          {held.code}
        </p>
        {gone ? null : <CopyButton text={held.code}>{words.copy}</CopyButton>}
      </div>
    </div>
  );
}

function HowToUse({ coupon: { rules } }: { readonly coupon: ViewerCoupon }) {
  const words = useWords();
  return (
    <details className="mt-1">
      <summary className="flex min-h-11 items-center text-sm text-dim underline underline-offset-4">
        {words.howToUse}
      </summary>
      <p className="text-sm whitespace-pre-line text-ink">{rules}</p>
      <p className="mt-1 text-sm text-dim">{words.howToUseText}</p>
    </details>
  );
}

/** Claimed in the shop, not here. Outside WeChat its own links open nothing. */
function ShopCoupon({ coupon }: { readonly coupon: ViewerCoupon }) {
  const words = useWords();
  const { link, state } = coupon;
  return (
    <div className={frame}>
      <div className="flex flex-wrap items-center justify-end gap-3">
        <CouponFacts coupon={coupon} />
        <p className="shrink-0 text-sm text-dim">{words.shopCoupon}</p>
      </div>
      {coupon.rules ? <p className="mt-1 text-sm whitespace-pre-line">{coupon.rules}</p> : null}
      <p className="mt-2 text-sm text-dim">
        {state === "running" ? words.shopCouponHow : standWords(words, "over", coupon)}
      </p>
      {state !== "running" || !link ? null : link.startsWith("https:") ? (
        <a
          href={link}
          className="mt-2 inline-flex min-h-11 items-center rounded-full border border-act px-5 font-semibold text-act"
        >
          {words.shopCouponGo}
        </a>
      ) : (
        <div className="mt-2 flex flex-wrap items-center gap-3">
          <p className="text-sm text-dim">{words.shopCouponWeixin}</p>
          <CopyButton text={link}>{words.copy}</CopyButton>
        </div>
      )}
    </div>
  );
}

function standWords(words: Words, stand: CouponStand, { claimFrom }: ViewerCoupon): string {
  switch (stand) {
    case "held":
      return words.claimed;
    case "gone":
      return words.allClaimed;
    case "notYet":
      return words.claimNotYet(claimFrom === null ? "" : clockTime(claimFrom));
    case "stopped":
      return words.claimStopped;
    case "over":
      return words.claimOver;
    case "claimable":
      return words.claim;
    default:
      return stand satisfies never;
  }
}
