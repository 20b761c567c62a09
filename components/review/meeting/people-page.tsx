"use client";
import { useTranslations } from "next-intl";
import { count, yuanRound } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import { useMemberName } from "../../lessons/carried-row.tsx";
import { slicesOf } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { useReview } from "../review-context.tsx";
import { hostLines } from "../shapes/hosts.shape.ts";
import { shiftLines } from "../shapes/hours.shape.ts";
import { MeetingTable, Part } from "./meeting-table.tsx";

const money = (fen: number | null) => (fen === null ? "–" : yuanRound(fen));

/** 人: who stood where, what their hours brought, and what each host's explaining did. */
export function PeoplePage() {
  const words = useTranslations("meeting");
  const list = useList();
  const { last, to, endedAt } = useReview();
  const slices = slicesOf(last);
  const memberName = useMemberName();
  const names = (ids: readonly string[]) => list(ids.map((id) => memberName(id) ?? words("someone"))) || "–";
  const shifts = shiftLines(slices);
  const hosts = hostLines(slices, endedAt ?? to);
  if (shifts.length === 0) return <p className="text-faint">{words("noShifts")}</p>;
  return (
    <div className="flex flex-col gap-[2em]">
      <Part title={words("shifts")}>
        <MeetingTable
          label={words("shifts")}
          columns={[
            { head: words("shift") },
            { head: words("hosts"), wide: true },
            { head: words("operators") },
            { head: words("paid"), numeric: true },
            { head: words("perHour"), numeric: true },
            { head: words("of.orders"), numeric: true },
          ]}
          rows={shifts.map((line) => ({
            key: line.shiftId,
            cells: [
              <span
                key="time"
                className="whitespace-nowrap tabular-nums"
              >{`${clockTime(line.from)}–${clockTime(line.to)}`}</span>,
              names(line.hosts),
              <span key="operators" className="whitespace-nowrap">
                {names(line.operators)}
              </span>,
              money(line.paidFen),
              money(line.perHourFen),
              line.orders === null ? "–" : count(line.orders),
            ],
          }))}
        />
      </Part>
      {hosts.length === 0 ? null : (
        <Part title={words("hostOutput")} hint={words("hostNote")}>
          <MeetingTable
            label={words("hostOutput")}
            columns={[
              { head: words("host"), wide: true },
              { head: words("onShift"), numeric: true },
              { head: words("explained"), numeric: true },
              { head: words("output"), numeric: true },
              { head: words("perMinute"), numeric: true },
            ]}
            rows={hosts.map((line) => ({
              key: line.hostId,
              cells: [
                names([line.hostId]),
                duration(line.onShiftMs),
                duration(line.explainedMs),
                money(line.paidFen),
                money(line.perExplainMinuteFen),
              ],
            }))}
          />
        </Part>
      )}
    </div>
  );
}
