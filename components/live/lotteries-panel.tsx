"use client";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState } from "react";
import { count } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import type { LotteryRow } from "../session/show-slices.ts";
import { useList } from "../ui/use-list.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Card, Panel } from "../ui/panel.tsx";
import { Popover } from "../ui/popover.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { armedLottery, useArmedSeconds, type Armed } from "./armed.ts";
import { HANDS, PLANNERS, takeAgo, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { EvidenceTags } from "./evidence-tag.tsx";
import { numberOf } from "./number-entry.ts";
import { LIST_KEYS, useListLayer } from "./offer-layer.ts";
import { useShowNow } from "./show-clock.tsx";
import { useStoreValue } from "./store.ts";
import { useDeed } from "./use-deed.ts";
import { useWinnerName } from "./winner-name.ts";

/** 福袋 and own draws. `L 1` or `1 L` opens the first, or draws it once it is closed. */
export function LotteriesPanel() {
  const words = useTranslations("offers");
  const lotteries = useSession((show) => show.lotteries);
  const rows = useMemo(() => [...lotteries.values()], [lotteries]);
  const { layer, entry, may } = useDesk();
  const isOpen = useStoreValue(layer, (open) => open === "lotteries");
  const off = !may(HANDS) || rows.length === 0;
  const box = useRef<HTMLDivElement>(null);
  const next = useNextAct();
  const pick = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row) next(row);
      else notify({ tone: "wait", title: words("noSuchLottery", { number: index + 1 }) });
    },
    [rows, next, words],
  );
  const run = () => {
    const number = numberOf(entry.read());
    box.current?.scrollIntoView({ block: "nearest" });
    if (number === null) return layer.write("lotteries");
    entry.write({ ...entry.read(), number: "" });
    pick(number - 1);
  };
  useDeskKey({ code: "KeyL", key: "L", label: words("lotteryLabel"), section: "offers", run, off });
  useListLayer({ layer: "lotteries", isOpen, toggle: "KeyL", pick });
  return (
    <div ref={box}>
      <Panel
        id="lotteries"
        title={words("lotteries")}
        hotkey={off ? undefined : "L"}
        aside={isOpen ? <span className="text-xs text-act-ink">{words("pickNumber")}</span> : null}
        bodyClassName="flex flex-col gap-1.5 px-3"
      >
        {rows.length === 0 ? <p className="px-1 text-xs text-faint">{words("noLotteries")}</p> : null}
        {rows.map((row, index) => (
          <LotteryCard key={row.lotteryId} row={row} number={index + 1} isOpen={isOpen} onNext={next} />
        ))}
      </Panel>
    </div>
  );
}

/** Open it, then draw it: what comes next for a lottery. */
function useNextAct() {
  const deed = useDeed();
  const { entry, dialog } = useDesk();
  return useCallback(
    ({ lotteryId, state, carrier }: LotteryRow) => {
      const key = `lottery:${lotteryId}`;
      if (state === "planned") void deed(key, "lottery.open", { lotteryId, ago: takeAgo(entry) });
      else if (carrier === "platformBag") dialog.write({ kind: "winners", lotteryId });
      else void deed(key, "lottery.draw", { lotteryId });
    },
    [deed, entry, dialog],
  );
}

type CardProps = { row: LotteryRow; number: number; isOpen: boolean; onNext: (row: LotteryRow) => void };

function LotteryCard({ row, number, isOpen, onNext }: CardProps) {
  const words = useTranslations("offers");
  const list = useList();
  const { lotteryId, state, carrier, title, entries, odds } = row;
  const armed = useSession((show) => [...show.armed.values()].find((act) => armedLottery(act) === lotteryId));
  const key = LIST_KEYS[number - 1]?.key;
  const prize = list(row.prizes.map(({ name, count: n }) => `${name} × ${n}`));
  return (
    <Card
      {...(armed ? { tone: "wait" as const } : {})}
      className={state === "planned" || state === "cancelled" ? "py-2" : ""}
    >
      <div className="flex items-center gap-2">
        {key && isOpen ? (
          <Kbd className="border-act-edge text-act-ink">{key}</Kbd>
        ) : (
          <span className="text-xs text-faint tabular-nums">{number}</span>
        )}
        <b className="min-w-0 flex-1 truncate text-sm" title={`${title} · ${prize}`}>
          {title}
        </b>
        <Tag>{words(carrier === "platformBag" ? "platformBag" : "ownDraw")}</Tag>
        {state === "open" ? (
          <ClosesIn closesAt={row.closesAt} />
        ) : (
          <span className="text-xs text-faint">{words(`lotteryState.${state}`)}</span>
        )}
      </div>
      <p className="mt-1 truncate text-xs text-dim" title={row.conditionText || prize}>
        {carrier === "platformBag"
          ? row.conditionText || prize
          : state === "planned"
            ? prize
            : words("entries", { count: count(entries), winners: odds.winners })}
      </p>
      {row.opened && state !== "planned" && carrier === "platformBag" ? (
        <p className="mt-1 flex gap-1">
          <EvidenceTags evidence={row.opened} />
        </p>
      ) : null}
      {row.winners.length > 0 ? <Winners row={row} /> : null}
      <LotteryActs row={row} armed={armed} onNext={onNext} />
    </Card>
  );
}

function ClosesIn({ closesAt }: { closesAt: number | null }) {
  const words = useTranslations("offers");
  const now = useShowNow();
  if (closesAt === null) return null;
  const left = closesAt - now;
  return left > 0 ? (
    <b className="text-lg leading-6 tabular-nums">{duration(left)}</b>
  ) : (
    <Tag tone="wait">{words("timeUp")}</Tag>
  );
}

function LotteryActs({
  row,
  armed,
  onNext,
}: {
  row: LotteryRow;
  armed: Armed | undefined;
  onNext: (row: LotteryRow) => void;
}) {
  const words = useTranslations("offers");
  const { may } = useDesk();
  const busy = useBusy(`lottery:${row.lotteryId}`);
  const { state, carrier } = row;
  if (!may(HANDS) || state === "cancelled") return null;
  if (armed) return <ArmedInCard armed={armed} />;
  const canDraw = carrier === "ownDraw" && state === "closed" && may(PLANNERS);
  const canRecord = carrier === "platformBag" && state !== "planned";
  const label =
    state === "planned" ? words("openLottery") : canDraw ? words("draw") : canRecord ? words("typeWinners") : null;
  const canCancel = may(PLANNERS) && (state === "open" || state === "closed");
  if (!label && !canCancel) return null;
  return (
    <div className="mt-2 flex justify-end gap-1.5">
      {canCancel ? <CancelButton lotteryId={row.lotteryId} /> : null}
      {label ? (
        <Button size="sm" look={canDraw ? "armed" : "plain"} busy={busy} onClick={() => onNext(row)}>
          {label}
        </Button>
      ) : null}
    </div>
  );
}

function ArmedInCard({ armed }: { armed: Armed }) {
  const words = useTranslations("control");
  const seconds = useArmedSeconds(armed);
  return (
    <p className="mt-2 text-right text-sm font-semibold text-wait-ink tabular-nums">{words("firesIn", { seconds })}</p>
  );
}

function CancelButton({ lotteryId }: { lotteryId: string }) {
  const words = useTranslations("offers");
  const deed = useDeed();
  return (
    <ReasonButton
      label={words("cancelLottery")}
      onReason={(reason) => void deed(`lottery:${lotteryId}`, "lottery.cancel", { lotteryId, reason })}
    />
  );
}

/** A button that wants to know why first. */
function ReasonButton({ label, onReason }: { label: string; onReason: (reason: string) => void }) {
  const words = useTranslations("offers");
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={
        <Button size="sm" look="ghost">
          {label}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === "") return;
          setOpen(false);
          onReason(reason.trim());
        }}
      >
        <Input
          autoFocus
          maxLength={200}
          value={reason}
          aria-label={words("reason")}
          placeholder={words("reason")}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" size="sm" look="danger" disabled={reason.trim() === ""}>
          {label}
        </Button>
      </form>
    </Popover>
  );
}

function Winners({ row }: { row: LotteryRow }) {
  const words = useTranslations("offers");
  const nameOf = useWinnerName();
  const deed = useDeed();
  const { may } = useDesk();
  const [all, setAll] = useState(false);
  const shown = all ? row.winners : row.winners.slice(0, 3);
  const { lotteryId } = row;
  return (
    <ol className="mt-2 flex flex-col gap-0.5 text-xs">
      {shown.map((winner) => (
        <li key={winner.place} className="flex items-center gap-2">
          <span className="w-5 text-faint tabular-nums">{winner.place}</span>
          <span className="min-w-0 flex-1 truncate" title={winner.pseudonym ?? undefined}>
            {nameOf(winner)}
            <span className="text-faint"> · {row.prizes.find(({ prizeId }) => prizeId === winner.prizeId)?.name}</span>
          </span>
          {row.carrier === "ownDraw" && winner.n !== null && may(PLANNERS) ? (
            <ReasonButton
              label={words("redraw")}
              onReason={(reason) =>
                void deed(`lottery:${lotteryId}`, "lottery.redraw", {
                  lotteryId,
                  place: winner.place,
                  instead: winner.n ?? 1,
                  reason,
                })
              }
            />
          ) : null}
        </li>
      ))}
      {row.winners.length > 3 ? (
        <li>
          <button type="button" className="text-act-ink" onClick={() => setAll(!all)}>
            {all ? words("fewer") : words("allWinners", { count: row.winners.length })}
          </button>
        </li>
      ) : null}
      {row.samePerson.map(({ places, kept }) => (
        <li key={places.join()} className="flex items-center gap-2 text-wait-ink">
          <span className="min-w-0 flex-1">
            {kept
              ? words("placesKept", { places: places.join(" / "), reason: kept.reason })
              : words("samePerson", { places: places.join(" / ") })}
          </span>
          {!kept && may(PLANNERS) ? (
            <ReasonButton
              label={words("keepPlaces")}
              onReason={(reason) =>
                void deed(`lottery:${lotteryId}`, "lottery.keepPlaces", { lotteryId, places, reason })
              }
            />
          ) : null}
        </li>
      ))}
      {row.redraws.length > 0 ? (
        <li className="text-faint">{words("redraws", { count: row.redraws.length })}</li>
      ) : null}
    </ol>
  );
}
