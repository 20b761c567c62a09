import { count, duration, yuanRound } from "../figure-text.ts";
import { clockText } from "../push/times.ts";
import { peakOnline } from "./half-hours.ts";
import { soldWords, titleOf, topSold, totalLine, trafficLine, withTarget, type Telling } from "./half-hour-text.ts";
import type { ReportFacts } from "./report-facts.ts";
import type { SayReport } from "./report-words.ts";

/** 战报 of the show so far, or of all of it once it is over, as lines for a robot; `null`: it has not begun. */
export function reportText(telling: Telling, facts: ReportFacts, now: number): string | null {
  const { say, zone } = telling;
  const { title, rehearsal, startedAt, endedAt } = facts.session;
  if (startedAt === null) return null;
  const until = endedAt ?? now;
  const head = say(endedAt === null ? "head" : "headCut", {
    title: titleOf(telling, { title, rehearsal }),
    time: clockText(until, zone),
    elapsed: duration(until - startedAt),
  });
  const top = topSold(facts);
  const time = clockText(now, zone);
  const lines = [
    head,
    ...moneyLines(telling, facts),
    ...audienceLine(telling, facts, { startedAt, until }),
    ...(top.length > 0 ? [say("top", { time, what: soldWords(say, top) })] : []),
    say("counted", { time }),
  ];
  return lines.join("\n");
}

function moneyLines({ say, zone }: Telling, { figures, session }: ReportFacts): string[] {
  const { headline, refunded, net, buyers, perBuyer, traffic } = figures;
  const target = session.targets.paidFen;
  if (headline.paidFen === null) return [];
  if (headline.source !== "orders") {
    const at =
      headline.at === null
        ? []
        : [totalLine(say, { time: clockText(headline.at, zone), fen: headline.paidFen }, target)];
    return [...at, ...joined([ordersPart(say, headline.orders)])];
  }
  return [
    withTarget(say, say("total", { fen: yuanRound(headline.paidFen) }), headline.paidFen, target),
    ...joined([
      ordersPart(say, headline.orders),
      buyers.total > 0 ? say("buyers", { buyers: count(buyers.total) }) : null,
      perBuyer.value === null ? null : say("perBuyer", { fen: yuanRound(perBuyer.value) }),
    ]),
    ...(refunded.fen > 0 ? [say("net", { refunded: yuanRound(refunded.fen), fen: yuanRound(net.fen) })] : []),
    ...trafficLine(say, traffic.private.paidFen, traffic.public.paidFen),
  ];
}

const ordersPart = (say: SayReport, orders: number | null): string | null =>
  orders === null ? null : say("orders", { orders: count(orders) });

function audienceLine(
  { say, zone }: Telling,
  { audience, series }: ReportFacts,
  { startedAt, until }: { readonly startedAt: number; readonly until: number },
): string[] {
  const onAir = [...series.values()].filter(({ at }) => at > startedAt - 60_000 && at <= until);
  const peak = peakOnline(onAir);
  return joined([
    audience.viewers === null ? null : say("viewers", { viewers: count(audience.viewers.value) }),
    peak === null ? null : say("peak", { online: count(peak.value), time: clockText(peak.at, zone) }),
  ]);
}

function joined(parts: readonly (string | null)[]): string[] {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? [] : [said.join(" · ")];
}
