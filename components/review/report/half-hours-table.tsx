"use client";
import { useTranslations } from "next-intl";
import { count, percent, yuanRound } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { notify } from "../../ui/toast.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { halfHourText } from "./half-hour-text.ts";
import type { HalfHour } from "#domain/report/half-hours.ts";
import type { Report } from "./report.shape.ts";

/** The show in half hours, each to be copied as the text that was sent then, without what was true for the moment alone. */
export function HalfHoursTable({ report }: { report: Report }) {
  const words = useTranslations("report");
  const { halfHours, title, rehearsal, paid } = report;
  const copy = async (half: HalfHour) => {
    const text = halfHourText(words, { title, rehearsal, targetFen: paid.target }, half, null);
    if (await copyText(text)) notify({ tone: "sure", title: words("textCopied") });
    else notify({ tone: "wait", title: words("copyByHand"), text });
  };
  return (
    <section>
      <h2 className="border-b pb-1.5 text-sm font-semibold">{words("halfHours")}</h2>
      {halfHours.length === 0 ? (
        <p className="py-2.5 text-sm text-faint">{words("noHalfHours")}</p>
      ) : (
        <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={words("halfHours")}>
          <table className="w-full text-sm tabular-nums sm:min-w-[560px] [&_td]:pl-3 [&_thead_th]:pl-3 [&_thead_th:first-child]:pl-0">
            <thead>
              <tr className="text-xs text-dim [&>th]:py-1.5 [&>th]:text-right [&>th]:font-normal [&>th:first-child]:text-left">
                <th scope="col">{words("column.time")}</th>
                <th scope="col">{words("column.paid")}</th>
                <th scope="col">{words("column.change")}</th>
                <th scope="col" className="max-sm:hidden">
                  {words("column.orders")}
                </th>
                <th scope="col" className="max-sm:hidden">
                  {words("column.buyers")}
                </th>
                <th scope="col">{words("column.total")}</th>
                <th scope="col" className="print:hidden">
                  {words("column.copy")}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line [&_td]:py-1.5 [&_td]:text-right">
              {halfHours.map((half) => (
                <tr key={half.at}>
                  <th scope="row" className="text-left font-normal whitespace-nowrap">
                    {clockTime(half.from)}–{clockTime(half.at)}
                  </th>
                  <td className="font-semibold">{yuanRound(half.paidFen)}</td>
                  <td>
                    <Change share={half.change} />
                  </td>
                  <td className="max-sm:hidden">{count(half.orders)}</td>
                  <td className="max-sm:hidden">{count(half.buyers)}</td>
                  <td className="whitespace-nowrap">
                    {yuanRound(half.totalFen)}
                    {paid.target ? (
                      <span className="text-faint max-sm:block"> {percent(half.totalFen / paid.target)}</span>
                    ) : null}
                  </td>
                  <td className="print:hidden">
                    <Button
                      size="sm"
                      look="ghost"
                      aria-label={`${clockTime(half.at)} ${words("copyText")}`}
                      onClick={() => void copy(half)}
                    >
                      <Icon name="copy" size={13} />
                      <span className="max-sm:hidden">{words("copyText")}</span>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Change({ share }: { share: number | null }) {
  const words = useTranslations("report");
  if (share === null) return <span className="text-faint">{words("unknown")}</span>;
  return (
    <span className={cn(share >= 0 ? "text-sure-ink" : "text-wait-ink")}>
      {share >= 0 ? "▲" : "▼"} {percent(Math.abs(share), 0)}
    </span>
  );
}
