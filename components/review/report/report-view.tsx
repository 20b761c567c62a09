"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { count, percent, yuan, yuanRound } from "../../format/money.ts";
import { clockTime, day } from "../../format/time.ts";
import { useDiscountWords } from "../../plan/discount-words.ts";
import { Progress } from "../../ui/progress.tsx";
import { Tag } from "../../ui/tag.tsx";
import { HalfHoursTable } from "./half-hours-table.tsx";
import { SplitBar } from "./split-bar.tsx";
import type { Report } from "./report.shape.ts";
import {
  countedWords,
  couponLine,
  entryKey,
  highlightLine,
  lotteryLine,
  paidTargetWords,
  productName,
  productUnits,
  shareText,
  standingWords,
  statsOf,
  trafficKey,
  type Line,
} from "./report-words.ts";

/** The report on one page: two columns on a desk, one on a phone. */
export function ReportView({ report, roomName }: { report: Report; roomName: string }) {
  return (
    <article className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <Head report={report} roomName={roomName} />
        <Stats report={report} />
        <Highlights report={report} />
        <Products report={report} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Traffic report={report} />
        <Buyers report={report} />
        <Audience report={report} />
        <Offers report={report} />
      </div>
      <div className="min-w-0 lg:col-span-2">
        <HalfHoursTable report={report} />
        <Foot report={report} />
      </div>
    </article>
  );
}

function Head({ report, roomName }: { report: Report; roomName: string }) {
  const words = useTranslations("report");
  const { title, startedAt, endedAt, standing, rehearsal, paid } = report;
  return (
    <header>
      <p className="text-sm text-dim">
        {roomName} · {day(startedAt)} {clockTime(startedAt)}–{endedAt === null ? "" : clockTime(endedAt)}
      </p>
      <h1 className="text-xl font-semibold break-words">{title}</h1>
      <p className="mt-1 flex flex-wrap items-center gap-2">
        <span title={words("standingHelp")}>
          <Tag tone={standing.kind === "settled" ? "sure" : standing.kind === "running" ? "air" : "wait"}>
            {standingWords(words, standing)}
          </Tag>
        </span>
        {rehearsal ? <Tag tone="wait">{words("rehearsalNote")}</Tag> : null}
      </p>
      <p className="mt-4 text-sm text-dim">{words("paid")}</p>
      <p className="text-[34px] leading-[44px] font-semibold tabular-nums break-all">
        {paid.value === null ? <span className="text-xl text-dim">{words("noPaid")}</span> : yuan(paid.value)}
      </p>
      {paid.share === null ? null : (
        <Progress
          value={paid.share}
          tone="sure"
          label={words("done", { share: percent(paid.share) })}
          className="my-1.5 h-1.5"
        />
      )}
      <p className="text-sm text-dim">{paidTargetWords(words, paid)}</p>
    </header>
  );
}

function Stats({ report }: { report: Report }) {
  const words = useTranslations("report");
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-t pt-4 sm:grid-cols-4">
      {statsOf(words, report).map(({ key, label, value, sub }) => (
        <div key={key} className="min-w-0">
          <dt className="text-xs text-dim">{label}</dt>
          <dd className="text-lg font-semibold tabular-nums break-words">{value}</dd>
          {sub === "" ? null : <dd className="text-xs text-faint tabular-nums">{sub}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Section({ title, empty, children }: { title: string; empty: string | null; children: ReactNode }) {
  return (
    <section className="break-inside-avoid">
      <h2 className="border-b pb-1.5 text-sm font-semibold">{title}</h2>
      {empty === null ? children : <p className="py-2.5 text-sm text-faint">{empty}</p>}
    </section>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="divide-y divide-line">
      {lines.map(({ time, text, figure }) => (
        <li key={`${time} ${text}`} className="flex gap-3 py-2 text-sm">
          <span className="shrink-0 text-dim tabular-nums">{time}</span>
          <span className="min-w-0 flex-1 break-words">{text}</span>
          <b className="max-w-[45%] shrink-0 text-right font-semibold tabular-nums">{figure}</b>
        </li>
      ))}
    </ul>
  );
}

function Highlights({ report: { highlights } }: { report: Report }) {
  const words = useTranslations("report");
  return (
    <Section title={words("highlights")} empty={highlights.length === 0 ? words("noHighlights") : null}>
      <Lines lines={highlights.map((one) => highlightLine(words, one))} />
    </Section>
  );
}

function Products({ report: { products, otherProducts } }: { report: Report }) {
  const words = useTranslations("report");
  const most = products[0]?.fen ?? 0;
  return (
    <Section title={words("products")} empty={products.length === 0 ? words("noProducts") : null}>
      <ol className="divide-y divide-line">
        {products.map((row, index) => (
          <li key={row.product?.linkNo ?? 0} className="py-2 text-sm">
            <p className="flex gap-3">
              <span className="w-4 shrink-0 text-faint tabular-nums">{index + 1}</span>
              <span className="min-w-0 flex-1 break-words">{productName(words, row)}</span>
              <b className="shrink-0 font-semibold tabular-nums">{yuanRound(row.fen)}</b>
            </p>
            <p className="mt-0.5 flex items-center gap-3 pl-7 text-xs text-faint tabular-nums">
              <span aria-hidden className="h-1 flex-1 rounded-full bg-line">
                <span
                  className="block h-full rounded-full bg-[#4d6a94]"
                  style={{ width: `${most > 0 ? (row.fen / most) * 100 : 0}%` }}
                />
              </span>
              <span>{productUnits(words, row)}</span>
              <span className="w-11 text-right">{shareText(row.share)}</span>
            </p>
          </li>
        ))}
      </ol>
      {otherProducts.count === 0 ? null : (
        <p className="pt-2 text-xs text-faint">
          {words("productsMore", { count: count(otherProducts.count), fen: yuanRound(otherProducts.fen) })}
        </p>
      )}
    </Section>
  );
}

function Traffic({ report: { traffic, entries } }: { report: Report }) {
  const words = useTranslations("report");
  return (
    <Section title={words("traffic")} empty={traffic.length === 0 ? words("noTraffic") : null}>
      <SplitBar
        parts={traffic.map(({ key, fen, share }) => ({
          key,
          share,
          look: trafficKey(key),
          name: words(`trafficKey.${trafficKey(key)}`),
          figure: yuanRound(fen),
        }))}
      />
      {entries.length === 0 ? null : (
        <dl className="grid grid-cols-2 gap-x-6 border-t pt-2 text-xs">
          {entries.map(({ key, fen, share }) => (
            <div key={key} className="flex justify-between gap-3 py-0.5">
              <dt className="text-dim">{words(`entry.${entryKey(key)}`)}</dt>
              <dd className="tabular-nums">
                {yuanRound(fen)} <span className="text-faint">{shareText(share)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

function Buyers({ report: { buyers } }: { report: Report }) {
  const words = useTranslations("report");
  return (
    <Section title={words("buyersSplit")} empty={buyers === null ? words("noBuyers") : null}>
      <SplitBar
        parts={(buyers?.parts ?? []).map(({ key, count: persons, share }) => ({
          key,
          share,
          look: key,
          name: words(`buyer.${key}`),
          figure: words("persons", { count: count(persons) }),
        }))}
      />
    </Section>
  );
}

function Audience({ report: { likes, comments, follows } }: { report: Report }) {
  const words = useTranslations("report");
  const known = (
    [
      ["likes", likes],
      ["comments", comments],
      ["follows", follows],
    ] as const
  ).filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  return (
    <Section title={words("audience")} empty={null}>
      <dl className="grid grid-cols-3 gap-6 py-2 text-sm">
        {known.map(([key, value]) => (
          <div key={key}>
            <dt className="text-xs text-dim">{words(key)}</dt>
            <dd className="font-semibold tabular-nums">{count(value ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Offers({ report: { coupons, lotteries } }: { report: Report }) {
  const words = useTranslations("report");
  const discount = useDiscountWords();
  return (
    <>
      <Section title={words("coupons")} empty={coupons.length === 0 ? words("noCoupons") : null}>
        <Lines lines={coupons.map((one) => couponLine(words, one, discount))} />
      </Section>
      <Section title={words("lotteries")} empty={lotteries.length === 0 ? words("noLotteries") : null}>
        <Lines lines={lotteries.map((one) => lotteryLine(words, one))} />
      </Section>
    </>
  );
}

function Foot({ report }: { report: Report }) {
  const words = useTranslations("report");
  return <p className="pt-4 text-xs text-faint">{countedWords(words, report)}</p>;
}
