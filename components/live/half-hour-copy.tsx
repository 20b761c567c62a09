"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { minuteOf } from "#domain/metrics/pace.ts";
import { standsNow } from "#domain/report/half-hour-text.ts";
import { halfHoursOf } from "#domain/report/half-hours.ts";
import { clockTime } from "../format/time.ts";
import { halfHourText } from "../review/report/half-hour-text.ts";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy-text.ts";
import { Icon } from "../ui/icon.tsx";
import { notify } from "../ui/toast.tsx";
import { useDesk } from "./desk.tsx";
import { slicesNow } from "./product-acts.ts";
import { PUSHERS } from "./pushes/prepared.ts";
import { SendHalfHour } from "./pushes/send-half-hour.tsx";
import { useShowClock } from "./show-clock.tsx";

/** The text as it is at the moment it was opened: what is read is what is copied. */
export function HalfHourCopy({ mark, onCopied }: { mark: number; onCopied: () => void }) {
  const words = useTranslations("report");
  const source = useSessionSource();
  const { may } = useDesk();
  const now = useShowClock();
  const sessionId = useSession((show) => show.session.sessionId);
  const [text] = useState(() => {
    const show = slicesNow(source);
    if (!show) return "";
    const { title, rehearsal, targets, startedAt } = show.session;
    const at = now();
    const stands = standsNow(show, at);
    const sinceStartMs = mark - minuteOf(startedAt ?? mark);
    const half =
      show.figures.headline.source === "orders" ? halfHoursOf(show, at).find((one) => one.at === mark) : undefined;
    return halfHourText(
      words,
      { title, rehearsal, targetFen: targets.paidFen },
      half ?? { at: mark, sinceStartMs, cut: false },
      stands,
    );
  });
  const copy = async () => {
    if (!(await copyText(text))) return notify({ tone: "wait", title: words("copyByHand") });
    notify({ tone: "sure", title: words("textCopied") });
    onCopied();
  };
  return (
    <div className="flex flex-col gap-3">
      <textarea
        readOnly
        aria-label={words("halfPreview", { time: clockTime(mark) })}
        value={text}
        rows={9}
        className="w-full resize-none rounded-md border bg-sunken p-2.5 text-sm leading-6 outline-none"
      />
      {may(PUSHERS) ? <SendHalfHour text={text} mark={mark} onSent={onCopied} /> : null}
      <div className="flex items-center justify-between">
        <Link href={`/shows/${sessionId}/report`} className="text-xs text-act-ink underline">
          {words("openReport")}
        </Link>
        <Button autoFocus look="primary" onClick={() => void copy()}>
          <Icon name="copy" size={14} />
          {words("copyText")}
        </Button>
      </div>
    </div>
  );
}
