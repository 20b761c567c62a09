"use client";
import { useTranslations } from "next-intl";
import { clockTime, dayTime } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useSpanWords } from "../when-words.ts";

const DAY_MS = 24 * 3_600_000;

/** What goes out next by itself, and how long until then. */
export function NextUp() {
  const words = useTranslations("push.next");
  const span = useSpanWords();
  const { next, held, underway, unsentStaff } = useSession((show) => show.pushBoard);
  const now = useShowNow(1_000);
  const more = [
    ...(underway > 0
      ? [
          unsentStaff > 0
            ? words("underway", { count: underway, staff: unsentStaff })
            : words("underwayOnly", { count: underway }),
        ]
      : []),
    ...(held > 0 ? [words("held", { count: held })] : []),
  ];
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <p className="truncate text-sm">
        <span className="text-dim">{words("label")}</span>{" "}
        {next === null ? (
          <span className="text-faint">{words("nothing")}</span>
        ) : (
          <>
            <b className="font-semibold">{next.title}</b>{" "}
            <span className="text-act-ink tabular-nums">
              {next.sendAt > now
                ? words("at", {
                    time: next.sendAt - now < DAY_MS / 2 ? clockTime(next.sendAt) : dayTime(next.sendAt),
                    span: span(next.sendAt - now),
                  })
                : words("due")}
            </span>
          </>
        )}
      </p>
      {more.length === 0 ? null : <p className="text-xs text-wait-ink">{more.join(" · ")}</p>}
    </div>
  );
}
