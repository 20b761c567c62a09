"use client";
import { useTranslations } from "next-intl";
import type { Reading } from "#domain/reservation/state.ts";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useDeed } from "../../live/use-deed.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";

const SHOWN = 8;

/** The last counts that were told, to mend what was mistyped. */
export function ReadingsButton() {
  const words = useTranslations("warmupBoard.note");
  const readings = useSession((show) => show.reservationReadings);
  if (readings.size === 0) return null;
  const latest = [...readings.values()].toSorted((a, b) => b.happenedAt - a.happenedAt).slice(0, SHOWN);
  return (
    <Popover
      align="end"
      label={words("list")}
      className="w-80"
      trigger={
        <IconButton label={words("list")} size="iconSm" look="plain">
          <Icon name="edit" size={14} />
        </IconButton>
      }
    >
      <h3 className="mb-2 text-sm font-semibold">{words("list")}</h3>
      <ul className="flex flex-col gap-1.5">
        {latest.map((reading) => (
          <ReadingLine key={reading.readingId} reading={reading} />
        ))}
      </ul>
    </Popover>
  );
}

function ReadingLine({ reading }: { reading: Reading }) {
  const words = useTranslations("warmupBoard.note");
  const of = useTranslations("warmupBoard.reservations");
  const deed = useDeed();
  const names = useNames();
  const offerUndo = useOfferUndo();
  const { readingId, happenedAt, source, corrected, by } = reading;
  const correct = async (next: number | null) => {
    if (next === null) return;
    const sent = await deed(`reading:${readingId}`, "reservation.correct", { readingId, count: next });
    if (sent?.status === "ok") offerUndo(sent, words("changed", { count: count(next) }));
  };
  return (
    <li className="flex items-center gap-2 text-xs">
      <span className="shrink-0 text-dim tabular-nums">{dayTime(happenedAt)}</span>
      <span className="min-w-0 flex-1 truncate text-faint">
        {of(source)} {source === "typed" ? names(by) : null}
      </span>
      {corrected ? <Tag>{words("corrected")}</Tag> : null}
      <NumberField
        size="sm"
        className="w-24 shrink-0"
        aria-label={words("edit", { time: dayTime(happenedAt) })}
        value={reading.count}
        onCommit={(next) => void correct(next)}
      />
    </li>
  );
}
