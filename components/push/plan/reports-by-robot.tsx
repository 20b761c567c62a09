"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useBusy } from "../../live/desk.tsx";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { forReports } from "../../live/pushes/line-data.ts";
import { useSession } from "../../session/session-provider.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { RobotsUnread } from "../robots-unread.tsx";
import { offCommand, REPORT_KINDS, reportPlan, reportRow, type ReportKind } from "./report-rows.shape.ts";

/** Whether 战报 go into internal groups by themselves, and into which: two pushes, planned and taken off by a switch. */
export function ReportsByRobot() {
  const words = useTranslations("push.report");
  const { robots, unread, mayPlan, corpId } = usePushDesk();
  const ended = useSession((show) => show.session.phase === "ended");
  if (!mayPlan || !corpId || ended) return null;
  return (
    <section aria-label={words("title")} className="flex flex-col gap-2 rounded-lg border bg-panel px-4 py-3">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-sm font-semibold">{words("title")}</h2>
        <p className="text-xs text-faint">
          {words("help")} {words("byKey")}
        </p>
      </header>
      {unread ? (
        <RobotsUnread unread={unread} />
      ) : robots.length === 0 ? (
        <p className="text-xs text-dim">
          {words("noRobots")}{" "}
          <Link className="text-act-ink underline" href="/wecom/connection">
            {words("toConnection")}
          </Link>
        </p>
      ) : (
        <Settings />
      )}
    </section>
  );
}

function Settings() {
  const words = useTranslations("push.report");
  const rows = useSession((show) => show.pushes);
  const { robots } = usePushDesk();
  const deed = useDeed();
  const isBusy = useBusy("push:reports");
  const planned = REPORT_KINDS.flatMap((kind) => {
    const row = reportRow(rows.values(), kind);
    return row ? [{ kind, row }] : [];
  });
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const robotIds = planned[0]?.row.audience.robotIds ?? chosen ?? forReports(robots);

  const plan = (kind: ReportKind, to: readonly string[]) =>
    deed("push:reports", "push.plan", reportPlan(kind, words(`${kind}Title`), to));
  const takeOff = async (row: (typeof planned)[number]["row"]) =>
    wasDone(await deed("push:reports", offCommand(row), { pushId: row.pushId }));
  const choose = async (to: readonly string[]) => {
    setChosen(to);
    for (const { kind, row } of planned) {
      if (to.length === 0) await takeOff(row);
      else if (row.rounds === 0) {
        const audience = { ...row.audience, robotIds: [...to] };
        await deed("push:reports", "push.edit", { pushId: row.pushId, to: { audience } });
      } else if (await takeOff(row)) await plan(kind, to);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <MultiSelect
        size="sm"
        className="w-64"
        label={words("robots")}
        placeholder={words("choose")}
        options={robots.map(({ id, name, groupName }) => ({ value: id, label: groupName, hint: name }))}
        value={robotIds}
        onChange={(to) => void choose(to)}
      />
      {REPORT_KINDS.map((kind) => {
        const row = planned.find((one) => one.kind === kind)?.row;
        return (
          <Switch
            key={kind}
            checked={row !== undefined}
            disabled={isBusy || robotIds.length === 0}
            label={words(kind)}
            onChange={(on) => void (on ? plan(kind, robotIds) : row && takeOff(row))}
          />
        );
      })}
    </div>
  );
}
