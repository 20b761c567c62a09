"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { yuan } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import { useTapeWordsOf } from "../../live/tape-words.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { Skeleton } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useReview } from "../review-context.tsx";
import { priceLines } from "../shapes/history.shape.ts";
import { troublesOf, type WaivedLine } from "../shapes/troubles.shape.ts";
import { useHistory } from "./history-context.tsx";
import { Part } from "./meeting-table.tsx";

/** Rows of one kind on the page; the review has them all. */
const ROWS_MAX = 7;

/** 问题: what was held or taken back, what cost more or less than planned, what came late or not at all. */
export function TroublesPage() {
  const words = useTranslations("meeting");
  const { last, to, endedAt } = useReview();
  const troubles = troublesOf(slicesOf(last), endedAt ?? to);
  return (
    <div className="grid gap-x-[2.4em] gap-y-[1.8em] md:grid-cols-2 xl:grid-cols-3">
      <List title={words("interruptions")}>
        {troubles.interruptions.map(({ from, ms }) => (
          <Row key={from} at={from}>
            {words("interruptedFor", { length: duration(ms) })}
          </Row>
        ))}
      </List>
      <Held />
      <Prices />
      <List title={words("lateCues")}>
        {troubles.lateCues.map(({ cueId, title, from, lateMs }) => (
          <Row key={cueId} at={from} aside={words("lateBy", { length: duration(lateMs ?? 0) })}>
            {title}
          </Row>
        ))}
      </List>
      <List title={words("messages")}>
        {troubles.messages.map(({ message, afterMs }) => (
          <Row
            key={message.messageId}
            at={message.at}
            aside={afterMs === null ? words("neverSeen") : words("seenAfter", { length: duration(afterMs) })}
          >
            {message.text}
          </Row>
        ))}
      </List>
      <List title={words("waived")}>
        {[
          ...(troubles.startReason === null
            ? []
            : [
                <Row key="start" at={null} aside={troubles.startReason}>
                  {words("startedOpen")}
                </Row>,
              ]),
          ...troubles.waived.map((line) => (
            <Row key={line.lineId} at={line.at} aside={line.reason}>
              {line.text ?? words(`about.${aboutOf(line)}`)}
            </Row>
          )),
        ]}
      </List>
      {troubles.skipped.length === 0 ? null : (
        <List title={words("skippedCues")}>
          {troubles.skipped.map(({ cueId, title, outcome }) => (
            <Row key={cueId} at={null} aside={words(outcome === "skipped" ? "skipped" : "notReached")}>
              {title}
            </Row>
          ))}
        </List>
      )}
    </div>
  );
}

const ABOUT = ["price", "stock", "screen", "cue", "lottery", "coupon", "lesson"] as const;

function aboutOf({ lineId }: WaivedLine): (typeof ABOUT)[number] | "other" {
  const [kind] = lineId.split(":");
  return ABOUT.find((known) => known === kind) ?? "other";
}

function Held() {
  const words = useTranslations("meeting");
  const { last } = useReview();
  const { value: history, failure } = useHistory();
  const say = useTapeWordsOf(last);
  if (!history) return <Waiting title={words("held")} failed={failure !== null} />;
  return (
    <List title={words("held")}>
      {history.deeds.map(({ seq, at, by, kind, of }) => (
        <Row key={seq} at={at} aside={history.names[by.slice(by.indexOf(":") + 1)]}>
          {words(`deed.${kind}`)}
          {kind === "undone" && of ? `:${say(of)}` : ""}
        </Row>
      ))}
    </List>
  );
}

function Prices() {
  const words = useTranslations("meeting");
  const shelf = useTranslations("shelf");
  const { last, to, endedAt } = useReview();
  const { value: history, failure } = useHistory();
  if (!history) return <Waiting title={words("prices")} failed={failure !== null} />;
  return (
    <List title={words("prices")}>
      {priceLines(history, slicesOf(last), endedAt ?? to).map((line) => (
        <Row
          key={`${line.skuIds[0]}-${line.from}-${line.fen}`}
          at={line.from}
          aside={words("priceRow", {
            price: yuan(line.fen),
            planned: yuan(line.plannedLowFen),
            length: duration(line.lastedMs),
          })}
        >
          {line.linkNo === null ? line.name : shelf("linkAndName", { linkNo: line.linkNo, name: line.name })}{" "}
          {line.isWrong ? <Tag tone="air">{words("wrong")}</Tag> : null}
        </Row>
      ))}
    </List>
  );
}

function Waiting({ title, failed }: { title: string; failed: boolean }) {
  const words = useTranslations("meeting");
  return (
    <Part title={title}>
      {failed ? <p className="text-[0.9em] text-wait-ink">{words("historyFailed")}</p> : <Skeleton className="h-24" />}
    </Part>
  );
}

function List({ title, children }: { title: string; children: readonly ReactNode[] }) {
  const words = useTranslations("meeting");
  return (
    <Part title={`${title} ${children.length > 0 ? children.length : ""}`}>
      {children.length === 0 ? (
        <p className="text-[0.9em] text-faint">{words("none")}</p>
      ) : (
        <ul className="flex flex-col">{children.slice(0, ROWS_MAX)}</ul>
      )}
    </Part>
  );
}

function Row({ at, aside, children }: { at: number | null; aside?: ReactNode; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[3.2em_minmax(0,1fr)] gap-x-[0.6em] border-b py-[0.35em] text-[0.95em]">
      <span className="text-dim tabular-nums">{at === null ? "" : clockTime(at)}</span>
      <span className="min-w-0">
        <span className="block truncate">{children}</span>
        {aside ? <span className="block truncate text-[0.8em] text-dim">{aside}</span> : null}
      </span>
    </li>
  );
}
