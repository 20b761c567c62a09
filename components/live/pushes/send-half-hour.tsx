"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { clockTime } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { reportRow } from "../../push/plan/report-rows.shape.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { useBusy } from "../desk.tsx";
import { forReports, loadLineChoices, type Robot } from "./line-data.ts";
import { useSendNow } from "./use-send-now.ts";

type Props = { text: string; mark: number; onSent: () => void };

/** The same words by robot instead of by hand: planned and handed over in one go, stoppable for three seconds. Nothing where no robot is. */
export function SendHalfHour(props: Props) {
  const { show } = usePlan();
  const rehearsal = useSession(({ session }) => session.rehearsal);
  const { value } = useLoaded(`lines ${show.roomId}`, (signal) =>
    loadLineChoices({ roomId: show.roomId, rehearsal }, signal),
  );
  if (!value || value === "notConnected" || value.robots.length === 0) return null;
  return <Choice robots={value.robots} {...props} />;
}

function Choice({ robots, text, mark, onSent }: Props & { robots: readonly Robot[] }) {
  const words = useTranslations("report.send");
  const push = useTranslations("push.report");
  const desk = useTranslations("pushDesk");
  const rows = useSession((show) => show.pushes);
  const sendNow = useSendNow();
  const isSending = useBusy("push:new");
  const isHeld = useSession((show) => show.hold.held);
  const byItself = reportRow(rows.values(), "halfHour");
  const [robotIds, setRobotIds] = useState<readonly string[]>(byItself?.audience.robotIds ?? forReports(robots));
  const send = async () => {
    const sent = await sendNow({
      kind: "robot",
      title: words("halfTitle", { time: clockTime(mark) }),
      copy: { text, link: "report" },
      when: { by: "hand" },
      audience: { robotIds: [...robotIds] },
    });
    if (sent) onSent();
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <MultiSelect
          size="sm"
          className="min-w-0 flex-1"
          label={push("robots")}
          placeholder={push("choose")}
          options={robots.map(({ id, label }) => ({ value: id, label }))}
          value={robotIds}
          onChange={setRobotIds}
        />
        <Button size="sm" busy={isSending} disabled={isHeld || robotIds.length === 0} onClick={() => void send()}>
          {words("button")}
        </Button>
      </div>
      {isHeld ? <p className="text-xs text-wait-ink">{desk("goHeld")}</p> : null}
      {byItself ? <p className="text-xs text-faint">{words("auto")}</p> : null}
    </div>
  );
}
