"use client";
import { useTranslations } from "next-intl";
import { useMemo, type ReactNode } from "react";
import { CopyStretchButton } from "../compare/copy-stretch-button.tsx";
import { count, yuan, yuanRound } from "../format/money.ts";
import { clockSeconds, clockTime, duration } from "../format/time.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { slicesOf } from "../session/session-provider.tsx";
import { IconButton, Spinner } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { ReviewAct } from "./act-steps.ts";
import { loadView } from "./load-review.ts";
import { useReview, type AxisStretch } from "./review-context.tsx";
import { ceilSecond } from "./review-span.ts";
import { productGains, stretchSums } from "./stretch-sums.ts";

/** The figures of the stretch that is picked, saying of each how exact it is. */
export function StretchFigures({ acts }: { acts: readonly ReviewAct[] }) {
  const { stretch } = useReview();
  return stretch ? <Figures stretch={stretch} acts={acts} /> : null;
}

function Figures({ stretch, acts }: { stretch: AxisStretch; acts: readonly ReviewAct[] }) {
  const words = useTranslations("review.stretch");
  const { last, setStretch } = useReview();
  const sums = useMemo(() => stretchSums(slicesOf(last), stretch), [last, stretch]);
  // By the second that a step to the act lands on: a stretch that begins there holds the act.
  const stands = ({ at }: ReviewAct) => ceilSecond(at) >= stretch.from && ceilSecond(at) < stretch.to;
  const inside = acts.filter((act) => act.kind !== "show" && stands(act));
  return (
    <section
      aria-label={words("title")}
      className="flex shrink-0 items-start gap-5 overflow-x-auto border-b bg-[#101b2b] px-4 py-2 text-xs max-md:flex-wrap max-md:gap-3 max-md:px-3"
    >
      <div className="shrink-0">
        <p className="text-sm font-semibold whitespace-nowrap tabular-nums">
          {clockSeconds(stretch.from)} – {clockSeconds(stretch.to)}
        </p>
        <p className="text-dim">{words("length", { length: duration(stretch.to - stretch.from) })}</p>
        <p className="whitespace-nowrap text-faint">
          {words("wholeMinutes", { from: clockTime(sums.from), to: clockTime(sums.to), count: sums.minutes })}
        </p>
      </div>
      <dl className="grid shrink-0 gap-x-6 gap-y-1 max-md:w-full max-md:grid-cols-3 md:grid-flow-col md:grid-rows-1">
        <Figure name={words("paid")} value={yuan(sums.paidFen)} />
        <Figure name={words("perMinute")} value={yuanRound(sums.perMinuteFen)} />
        <Figure name={words("orders")} value={count(sums.orders)} />
        <Figure name={words("units")} value={count(sums.units)} />
        <Figure name={words("newBuyers")} value={count(sums.newBuyers)} />
        <Figure
          name={words("online")}
          value={sums.onlineMean === null ? "–" : `${count(sums.onlineMean)} / ${count(sums.onlineMax ?? 0)}`}
        />
        <Figure name={words("clicks")} value={sums.clicks === null ? "–" : count(sums.clicks)} />
      </dl>
      <TopProducts stretch={stretch} />
      <ul className="max-h-16 min-w-48 flex-1 max-md:basis-full overflow-y-auto" aria-label={words("acts")}>
        {inside.length === 0 ? <li className="text-faint">{words("noActs")}</li> : null}
        {inside.slice(0, 40).map((act) => (
          <li key={act.id} className="flex gap-2 whitespace-nowrap">
            <span className="text-faint tabular-nums">{clockSeconds(act.at)}</span>
            <span className="truncate text-dim">{act.text}</span>
          </li>
        ))}
      </ul>
      <CopyStretchButton />
      <IconButton label={words("close")} size="iconSm" onClick={() => setStretch(null)}>
        <Icon name="close" />
      </IconButton>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt className="whitespace-nowrap text-faint">{name}</dt>
      <dd className="text-base font-semibold whitespace-nowrap tabular-nums">{value}</dd>
    </div>
  );
}

/** A stretch that is being pulled is not asked for at every pixel. */
const SETTLED_MS = 250;

function TopProducts({ stretch }: { stretch: AxisStretch }) {
  const words = useTranslations("review.stretch");
  const { sessionId } = useReview();
  const { value, failure, loading } = useLoaded(`${sessionId}:${stretch.from}:${stretch.to}`, async (signal) => {
    await new Promise((resume) => setTimeout(resume, SETTLED_MS));
    signal.throwIfAborted();
    const [before, after] = await Promise.all([
      loadView(sessionId, stretch.from, signal),
      loadView(sessionId, stretch.to, signal),
    ]);
    if (!before.ok) return before;
    if (!after.ok) return after;
    return { ok: true as const, value: productGains(slicesOf(before.value), slicesOf(after.value)) };
  });
  return (
    <div className="shrink-0 max-md:w-full md:w-72" aria-busy={loading}>
      <p className="flex items-center gap-1.5 text-faint" title={words("productsNote")}>
        {words("products")}
        {loading ? <Spinner className="size-2.5" /> : null}
      </p>
      {failure && !value ? <p className="text-wait-ink">{words("productsFailed")}</p> : null}
      {value?.length === 0 ? <p className="text-faint">{words("noProducts")}</p> : null}
      <ol>
        {value?.slice(0, 3).map(({ key, product, paidFen, units }) => (
          <li key={key} className="flex gap-2">
            <span className="min-w-0 flex-1 truncate text-dim" title={product?.name ?? key}>
              {product ? words("product", { linkNo: product.linkNo, name: product.name }) : words("unmatched")}
            </span>
            <span className="tabular-nums">{yuanRound(paidFen)}</span>
            <span className="w-14 text-right text-faint tabular-nums">{words("count", { count: units })}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
