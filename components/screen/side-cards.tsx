"use client";
import { useLocale, useTranslations } from "next-intl";
import { sayKey, sayLinesAt, type SayLine } from "#domain/say-lines.ts";
import { count, yuanShort } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { useDiscountWords } from "../plan/discount-words.ts";
import { useNames } from "../session/session-provider.tsx";
import css from "./boards.module.css";
import { useHost, type HostCoupon, type HostLottery } from "./host-slices.ts";
import { useScreenState } from "./screen-state.tsx";

/** Coupons and draws that run, each with what is left of it. */
export function OffersCard() {
  const words = useTranslations("screen.offers");
  const coupons = useHost((show) => [...show.coupons.values()].filter(({ state }) => state === "running"), sameRows);
  const draws = useHost(
    (show) => [...show.lotteries.values()].filter(({ state }) => state === "open" || state === "closed"),
    sameRows,
  );
  if (coupons.length + draws.length === 0) return null;
  return (
    <section className={css["card"]} aria-label={words("title")}>
      {draws.map((draw) => (
        <DrawRow key={draw.lotteryId} draw={draw} />
      ))}
      {coupons.map((coupon) => (
        <CouponRow key={coupon.couponId} coupon={coupon} />
      ))}
    </section>
  );
}

function CouponRow({ coupon }: { coupon: HostCoupon }) {
  const words = useTranslations("screen.offers");
  const discount = useDiscountWords();
  const { title, left, claimTo } = coupon;
  const saying = discount(coupon.discount);
  const isSaid = plain(title) === plain(saying);
  return (
    <OfferRow
      kind={words("coupon")}
      title={isSaid ? title : `${title} · ${saying}`}
      figure={left === null ? null : words("couponsLeft", { count: count(left) })}
      closesAt={claimTo}
    />
  );
}

/** "满 300 减 50" says what "满 ¥300 减 ¥50" does. */
const plain = (words: string) => words.replace(/[\s¥,,]/g, "");

function DrawRow({ draw }: { draw: HostLottery }) {
  const words = useTranslations("screen.offers");
  const { title, entries, state, closesAt, carrier } = draw;
  return (
    <OfferRow
      kind={words(carrier)}
      title={title}
      figure={entries === 0 ? null : words("entries", { count: count(entries) })}
      closesAt={state === "open" ? closesAt : null}
      word={state === "closed" ? words("toDraw") : null}
    />
  );
}

function OfferRow({
  kind,
  title,
  figure,
  closesAt,
  word = null,
}: {
  kind: string;
  title: string;
  figure: string | null;
  closesAt: number | null;
  word?: string | null;
}) {
  const words = useTranslations("screen.offers");
  const now = useShowNow();
  const left = closesAt === null ? null : closesAt - now;
  return (
    <div className={css["offer"]}>
      <span className={css["offerText"]}>
        <span className={css["twoLines"]}>
          {title.startsWith(kind) ? null : <span className={css["kind"]}>{kind}</span>}
          <b>{title}</b>
        </span>
        {figure === null ? null : <span className={css["dim"]}>{figure}</span>}
      </span>
      {left === null ? (
        word === null ? null : (
          <b className={css["offerWord"]}>{word}</b>
        )
      ) : (
        <b className={css["offerTime"]} data-soon={left <= 60_000} data-clock>
          {left <= 0 ? words("closed") : duration(left)}
        </b>
      )}
    </div>
  );
}

const NO_LINES: readonly SayLine[] = [];

/** What is worth saying now, each with the figure behind it. */
export function SayCard() {
  const words = useTranslations("screen.say");
  const { moneyHidden } = useScreenState();
  const lines = useHost((show) => show.saying ?? NO_LINES);
  const now = useShowNow();
  const shown = sayLinesAt(lines, now).filter(({ kind }) => !(moneyHidden && kind === "target"));
  if (shown.length === 0) return null;
  return (
    <section className={css["card"]} data-testid="say">
      <ul className={css["lines"]}>
        {shown.map((line, index) => (
          <li key={sayKey(line)} className={css["unbroken"]}>
            {/* In one piece with the first line: where none has room, the heading has none either. */}
            {index === 0 ? <h2 className={css["label"]}>{words("title")}</h2> : null}
            <SayRow line={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SayRow({ line }: { line: SayLine }) {
  const words = useTranslations("screen.say");
  const locale = useLocale();
  const names = useNames();
  const { kind, value, of, linkNo, signupN } = line;
  const riser = useHost(({ leaderboard }) => leaderboard?.top.find(({ n }) => n === signupN)?.personId);
  const name = line.name ?? (riser === undefined ? undefined : names(`person:${riser}`));
  const figure = kind === "target" ? yuanShort(value, locale) : count(value);
  return (
    <p className={css["line"]}>
      <span className={css["twoLines"]}>
        {kind === "target"
          ? words("target", { target: yuanShort(of ?? 0, locale) })
          : words(kind === "overtaking" && name !== undefined ? "overtakingBy" : kind, {
              count: figure,
              name: name ?? "",
              link: linkNo ?? 0,
            })}
      </span>
      <b>{figure}</b>
    </p>
  );
}

const sameRows = <T,>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((row, index) => row === b[index]);
